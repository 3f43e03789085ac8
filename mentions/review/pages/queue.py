"""The queue: every find that fits the filters of the address, a page at a time; and the views people keep of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from mentions.pages import UNSEEN, PageState
from mentions.queueing import Cursor, FilterError, QueueFilters, Shown, read_filters
from mentions.review import queue_words
from mentions.review.desk import Desk
from mentions.review.filters import capitalize_first
from mentions.review.flashes import Tone
from mentions.review.forms import BadForm, Form, action, view
from mentions.review.marking import Marked, marked, spoken
from mentions.review.queue_links import find_url, queue_url
from mentions.review.refusals import refusal
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role
from mentions.store.queue import QueueEntry

_CHOICES_HOLD: Final = timedelta(seconds=60)  # what filters can be set to changes once a night
# Filters whose fields are folded away while none of them is set.
_MORE: Final = frozenset({"level", "publisher", "language", "age", "assigned", "contact", "snoozed"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, ready to be shown."""

    entry: QueueEntry
    url: str
    sentence: Marked
    language: str | None
    snoozed: bool
    level: str | None  # what to do other than to ask now, in words; None: ask now
    unseen: str | None  # why the verdict is an older one than it looks; None: it is not


@dataclass(frozen=True, slots=True)
class Choices:
    """What filters can be set to."""

    targets: list[str]
    languages: list[str]
    people: list[str]
    known_at: datetime


def queue(request: Request) -> Response:
    """The list that the address asks for."""
    desk, visitor = desk_of(request), visitor_of(request)
    now = desk.now
    try:
        filters = read_filters(request.query_params)
        after, before = (_place(request, name, filters) for name in ("after", "before"))
    except FilterError as error:
        return refusal(request, 400, f"{capitalize_first(str(error))}.", back="/opportunities")
    counts = desk.store.queue_counts(filters, viewer=visitor.name, now=now)
    found = desk.store.queue_page(filters, viewer=visitor.name, now=now, after=after, before=before, fits=counts.total)
    choices = _choices(request, desk, now)
    plain = not any(name != "sort" for name, _ in filters.as_pairs())
    return page(
        request,
        "queue.html",
        filters=filters,
        counts=counts,
        heading=_heading(filters, counts.total, plain=plain),
        lines=[_line(entry, filters, now) for entry in found.entries],
        here=queue_url(filters, after=_text(after), before=_text(before)),
        target_field=queue_words.target_field(filters, choices.targets),
        sort_field=queue_words.sort_field(filters),
        more_fields=queue_words.more_fields(filters, choices.languages, choices.people),
        more_open=any(name in _MORE for name, _ in filters.as_pairs()),
        people=choices.people,
        order=queue_words.SORTS[filters.sort],
        chips=queue_words.chips(filters),
        states=queue_words.states(filters, counts),
        verdicts=queue_words.verdicts(filters, counts),
        views=desk.store.saved_views(visitor.name),
        query=filters.as_query(),
        plain=plain,
        last_run=desk.store.last_search() if not found.entries else None,
        earlier=queue_url(filters, before=str(found.before)) if found.before else None,
        later=queue_url(filters, after=str(found.after)) if found.after else None,
    )


def save_view(request: Request, form: Form) -> Response:
    """Keeps the filters of the page under a name."""
    query, name = form.text("query"), form.text("name")
    try:
        filters = read_filters(_pairs(query))
        for_all = form.flag("shared")
        desk_of(request).store.save_view(
            name, filters.as_query(), by=visitor_of(request).name, shared=for_all, now=desk_of(request).now
        )
    except (FilterError, ValueError) as error:
        raise BadForm(f"{capitalize_first(str(error))}.") from error
    flash(request, f"Saved the view “{name}”{' for everybody' if for_all else ''}.")
    return see_other(queue_url(filters))


def remove_view(request: Request, _form: Form) -> Response:
    """Forgets a saved view."""
    visitor = visitor_of(request)
    number = int(request.path_params["id"])
    gone = desk_of(request).store.remove_view(number, by=visitor.name, any_owner=visitor.may(Role.APPROVER))
    if gone:
        flash(request, "Removed the view.")
    else:
        flash(request, "That view is gone already, or somebody else's.", tone=Tone.WARNING)
    return see_other("/opportunities")


def _place(request: Request, name: str, filters: QueueFilters) -> Cursor | None:
    text = request.query_params.get(name)
    return Cursor.parse(text, filters.sort) if text else None


def _text(place: Cursor | None) -> str | None:
    return None if place is None else str(place)


def _line(entry: QueueEntry, filters: QueueFilters, now: datetime) -> Line:
    finding = entry.finding
    return Line(
        entry=entry,
        url=find_url(entry.id, filters, entry.cursor),
        sentence=marked(finding.sentence, finding.matched),
        language=spoken(finding.language),
        snoozed=finding.snoozed_until is not None and finding.snoozed_until > now,
        level=queue_words.level_words(finding.level),
        unseen=UNSEEN.get(finding.page_state or PageState.LIVE),
    )


def _heading(filters: QueueFilters, total: int, *, plain: bool) -> str:
    """What the page is about, with the count, as the browser's tab shows it."""
    if not total:
        return "Nothing waits for you" if plain else "No find fits"
    finds = f"{total:,} find{'' if total == 1 else 's'}"
    if filters.state is Shown.WAITING:
        return f"{finds} waiting for you"
    if filters.state is Shown.ANY:
        return finds
    return f"{finds} {queue_words.state_words(filters.state)}"


def _choices(request: Request, desk: Desk, now: datetime) -> Choices:
    """What the store says, remembered for a minute: asking for it walks along a whole index."""
    state = request.app.state
    known: Choices | None = getattr(state, "queue_choices", None)
    if known is None or not timedelta(0) <= now - known.known_at < _CHOICES_HOLD:
        targets, languages, people = desk.store.queue_choices()
        known = state.queue_choices = Choices(targets, languages, people, now)
    return known


def _pairs(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, max_num_fields=50))


routes = [
    view("/opportunities", queue),
    action("/views", save_view),
    action("/views/{id:int}/remove", remove_view),
]
