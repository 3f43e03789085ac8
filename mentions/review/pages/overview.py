"""The first page: what waits, what is new, how the last runs went, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mentions.queueing import QueueFilters
from mentions.reporting.facts import By, Facts
from mentions.reporting.parts import Section
from mentions.reporting.periods import period
from mentions.reporting.report import Report
from mentions.reporting.report import report as report_of
from mentions.reporting.sections import sections
from mentions.review import run_words
from mentions.review.desk import Desk
from mentions.review.forms import view
from mentions.review.pages.runs import names_of
from mentions.review.responses import desk_of, page, visitor_of
from mentions.store.records import RunSummary
from mentions.workflow import OpportunityState

_RUNS: Final = 7  # a week of nights
_PAST: Final = timedelta(days=366)  # as far as the plot goes back
_NEWEST: Final = 2**31 - 1
_MONTHS: Final = "Month by month"  # the section of a report whose plot and table stand here too


@dataclass(frozen=True, slots=True)
class Tile:
    """One number to begin with, and where it leads."""

    words: str
    number: int
    url: str
    hint: str


def overview(request: Request) -> Response:
    """Everything a person wants to know before they begin."""
    desk = desk_of(request)
    runs = desk.store.runs_before(_NEWEST, _RUNS)
    search = desk.store.last_search()
    month = _this_month(request, desk)
    return page(
        request,
        "overview.html",
        tiles=_tiles(request, desk, search),
        dropped=[each for each in desk.store.open_approvals() if each.asked.problem],
        month=month.total.happened,
        month_name=f"{desk.now:%B %Y}",
        by_month=_by_month(month),
        runs=[run_words.line_of(run, now=desk.now) for run in runs],
        troubled=run_words.troubled(search, names_of(desk)) if search else [],
        warnings=runs[0].warnings if runs else (),
        watched=len(desk.config.publishers),
    )


def _tiles(request: Request, desk: Desk, search: RunSummary | None) -> list[Tile]:
    counted = desk.store.queue_counts(QueueFilters(), viewer=visitor_of(request).name, now=desk.now)
    counts = counted.by_state
    new = desk.store.worth_asking_since(search.started_at) if search else 0
    gone = _gone(desk)
    return [
        Tile("wait for you", counted.waiting, "/opportunities", "finds to read and decide about"),
        Tile("new in the last run", new, "/opportunities?sort=newest", "finds worth asking about"),
        Tile("approved", counts.get(OpportunityState.APPROVED, 0), "/hand-off", "not handed off yet"),
        Tile(
            "in your mail program",
            counts.get(OpportunityState.HANDED_OFF, 0),
            "/opportunities?state=handed_off",
            "send them, then mark them as sent",
        ),
        Tile("answered", counts.get(OpportunityState.REPLIED, 0), "/opportunities?state=replied", "and not closed yet"),
        Tile(f"page{'s' * (gone != 1)} of yours gone", gone, "/pages", "see who links there"),
    ]


def _gone(desk: Desk) -> int:
    """Pages of ours that were not there when somebody looked where links lead."""
    return sum(page.is_dead for page in desk.store.own_pages())


def _this_month(request: Request, desk: Desk) -> Report:
    """What happened this month, and the months before it for the plot; pages are not counted for that.

    Made anew only when something happened since: years of emails take a second to add up.
    """
    key = (desk.store.last_event(), f"{desk.now:%Y-%m-%d}")
    kept: tuple[object, Report] | None = getattr(request.app.state, "overview_month", None)
    if kept is not None and kept[0] == key:
        return kept[1]
    subjects, happenings = desk.store.report_stories(desk.now - _PAST)
    facts = Facts((), (), subjects, happenings, (), ())
    made = report_of(facts, period("month", None, now=desk.now), By.TARGET, now=desk.now)
    request.app.state.overview_month = (key, made)
    return made


def _by_month(report: Report) -> Section | None:
    """None where nothing happened so far."""
    return next((section for section in sections(report) if section.title == _MONTHS), None)


routes = [view("/", overview)]
