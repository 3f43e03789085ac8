"""Decisions: the forms of a find and of many at once, undoing them, and the list of what was decided today."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.exceptions import DecisionRefused, StaleRevision, StoreError
from mentions.review.conflicts import changed_meanwhile
from mentions.review.deciding import Done, Given, perform
from mentions.review.desk import Desk
from mentions.review.flashes import Tone
from mentions.review.forms import BadForm, Form, action, demand, view
from mentions.review.offers import FINISHING, IN_BULK, Word, role_for
from mentions.review.pages.drafting import write_file
from mentions.review.queue_links import QUEUE, find_again, next_after
from mentions.review.reading import seen_of
from mentions.review.responses import desk_of, flash, is_local, page, see_other, undo_until, visitor_of
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.store.records import StoredFinding
from mentions.undoing import BLOCKED, NO_CONTACT, told
from mentions.workflow import OpportunityState

LONGEST_REASON: Final = 500  # characters; what is longer belongs into the note
_MOST: Final = 500  # of one stroke; a page of the queue has fewer
_MOST_DAYS: Final = 366
_FOR_APPROVERS: Final = frozenset({BLOCKED, NO_CONTACT})  # undoing them takes somebody off the suppression list

_APPROVED: Final = frozenset({OpportunityState.APPROVED, OpportunityState.HANDED_OFF})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of several: done, or why not."""

    number: int
    text: str
    refused: bool


def decide(request: Request, form: Form, word: Word) -> Response:
    """One decision about one find; then the next one of the queue, or the same page again."""
    number = int(request.path_params["id"])
    finding = desk_of(request).store.finding_of(number)
    if finding is None:
        raise HTTPException(404)
    given = replace(_given(form), rev=form.rev())
    try:
        done = perform(desk_of(request), visitor_of(request), number, word, given)
    except StaleRevision as stale:
        return changed_meanwhile(request, form, word, given, stale)
    flash(request, _sentence(request, done, finding), undo=_undo_url([done]))
    for warning in done.warnings:
        flash(request, f"{warning}.", tone=Tone.WARNING)
    return see_other(_way_on(request, form, number, word))


def decide_many(request: Request, form: Form) -> Response:
    """One decision about many finds. One that is refused stops no other, and is listed with the reason."""
    word = form.choice("move", Word)
    if word not in IN_BULK:
        raise BadForm(f"move: {word.value} is decided one by one")
    numbers = form.numbers("number")
    if not numbers:
        flash(request, "Nothing is ticked, so nothing was changed.", tone=Tone.WARNING)
        return see_other(_next(form))
    if len(numbers) > _MOST:
        raise BadForm(f"number: at most {_MOST} at once")
    given, shown_at = _given(form), seen_of(form)
    done: list[Done] = []
    outcomes = []
    for number in numbers:
        try:
            seen = replace(given, rev=_unchanged_since(desk_of(request), number, shown_at))
            done.append(perform(desk_of(request), visitor_of(request), number, word, seen))
            outcomes.append(Outcome(number, done[-1].text, refused=False))
        except (DecisionRefused, StoreError) as error:
            outcomes.append(Outcome(number, str(error), refused=True))
    refused = [outcome for outcome in outcomes if outcome.refused]
    if done:
        flash(request, f"{done[0].text}: {len(done)} of {len(numbers)}. {undo_until(request)}", undo=_undo_url(done))
    if not refused:
        return see_other(_next(form))
    status = 409 if len(refused) == len(outcomes) else 200
    return page(request, "decided.html", status=status, outcomes=outcomes, refused=refused, next=_next(form))


def _unchanged_since(desk: Desk, number: int, shown_at: datetime) -> int:
    """The version of a find that nobody decided about after the list was shown (C-17). Raises DecisionRefused."""
    rev = desk.store.standing(number).rev  # read first: whoever decides after this makes it another version
    newest = next(iter(desk.store.recent_changes(now=desk.now, opportunity_id=number, limit=1)), None)
    if newest is not None and newest.change.at > shown_at:
        what = told(newest.change.kind).lower()
        raise DecisionRefused(f"draft {number}: {newest.change.by} changed it since you saw the list ({what})")
    return rev


def undo(request: Request, form: Form) -> Response:
    """Takes back one decision, or all of one stroke; each that cannot be says why."""
    desk, visitor = desk_of(request), visitor_of(request)
    changes = _numbers(str(request.path_params["changes"]))
    if any(_is_for_approvers(desk, change, visitor) for change in changes):
        demand(request, Role.APPROVER)  # before anything is done: a stroke is not taken back by half
    undone = []
    for change in changes:
        try:
            undone.append(desk.store.undo(change, by=visitor.name, now=desk.now))
        except (DecisionRefused, StoreError) as error:
            flash(request, f"{error}.", tone=Tone.PROBLEM)
    for left in dict.fromkeys(left for each in undone for left in each.left):
        flash(request, f"{left}.", tone=Tone.WARNING)
    for each in undone:
        text = desk.store.draft_of(each.change.opportunity_id) if each.text else None
        if text is not None:
            write_file(request, text)
    if undone:
        what = told(undone[0].change.kind).lower()
        many = f" ({len(undone)} finds)" if len(undone) > 1 else ""
        flash(request, f"Taken back: {what}{many}.")
    if len(undone) == 1:
        return see_other(f"{QUEUE}/{undone[0].change.opportunity_id}")
    return see_other(_next(form))


def _is_for_approvers(desk: Desk, number: int, visitor: Visitor) -> bool:
    """Would undoing it do what only approvers may: let people be written to again, or approve an email?

    One's own slip is no approval: it stands again as an approver left it. What is gone cannot be undone by anybody.
    """
    try:
        change = desk.store.change(number)
    except StoreError:
        return False
    approves = change.before.state in _APPROVED and change.state not in _APPROVED
    return change.kind in _FOR_APPROVERS or (approves and change.by != visitor.name)


def recent(request: Request) -> Response:
    """What was decided today, by everybody or by the visitor."""
    desk, visitor = desk_of(request), visitor_of(request)
    mine = request.query_params.get("by") == "me"
    found = desk.store.recent_changes(now=desk.now, by=visitor.name if mine else None, limit=200)
    approvals = [each for each in desk.store.open_approvals() if not mine or each.asked.by == visitor.name]
    return page(request, "decisions.html", changes=found, approvals=approvals, mine=mine, told=told)


def help_page(request: Request) -> Response:
    """The keys, for whoever has no scripts or wants to read them in peace."""
    return page(request, "help.html")


def _given(form: Form) -> Given:
    """What stands in the form: typed, or on the button that was pressed."""
    days = form.optional_number("other_days") or form.optional_number("days") or 7
    if not 1 <= days <= _MOST_DAYS:
        raise BadForm(f"days: give 1 to {_MOST_DAYS}")
    return Given(
        reason=form.optional("reason", longest=LONGEST_REASON) or form.optional("why", longest=LONGEST_REASON),
        note=form.lines("note", longest=5000).strip() or None,
        days=days,
        to=form.optional("to", longest=100),
    )


def _numbers(text: str) -> list[int]:
    """ "12,13": the numbers of an address. Raises HTTPException (404) for anything else."""
    parts = text.split(",")
    if len(parts) > _MOST or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise HTTPException(404)
    return list(dict.fromkeys(map(int, parts)))


def _sentence(request: Request, done: Done, finding: StoredFinding) -> str:
    title = finding.page_title or finding.page_url
    short = f"{title[:79]}…" if len(title) > 80 else title
    return f"{done.text}: “{short}”. {undo_until(request) if done.change else ''}".strip()


def _undo_url(done: list[Done]) -> str | None:
    changes = ",".join(str(each.change) for each in done if each.change is not None)
    return f"/decisions/{changes}/undo" if changes else None


def _way_on(request: Request, form: Form, number: int, word: Word) -> str:
    """The next find of the queue after a decision that finishes this one; where the form says; else the same find."""
    if form.text("next"):
        return _next(form)
    query = form.text("queue")
    if word not in FINISHING or not query:
        return find_again(number, query)
    following = next_after(desk_of(request), visitor_of(request), query, number)
    if following is None:
        flash(request, "That was the last find of this list.")
        return QUEUE
    return following


def _next(form: Form) -> str:
    url = form.text("next")
    return url if is_local(url) else QUEUE


routes = [
    view("/decisions", recent),
    view("/help", help_page, name="help"),
    action("/decisions/{changes}/undo", undo),
    action("/opportunities/decide", decide_many, role=Role.REVIEWER),
    *(
        action(
            f"/opportunities/{{id:int}}/{word.value}", partial(decide, word=word), role=role_for(word), name=word.value
        )
        for word in Word
    ),
]
