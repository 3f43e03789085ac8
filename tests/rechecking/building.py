"""Looks for tests: short to write."""

from datetime import UTC, datetime, timedelta

from mentions.extraction.article import Zone
from mentions.pages import PageState
from mentions.rechecking.looks import Look, SeenLink
from mentions.rechecking.truth import Followed, Watched, after
from mentions.rechecking.words import Sight, Truth
from mentions.workflow import Decision, OpportunityState, Standing
from mentions.workflow import after as decided

START = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PAGE = "https://acme.example/report"


def at(day: float) -> datetime:
    return START + day * DAY


def link(url: str = PAGE, *rel: str) -> SeenLink:
    return SeenLink(url, rel, "Acme", Zone.BODY, 200)


def saw(truth: Truth, day: float, seen: SeenLink | None = None, *, rewritten: bool = False) -> Look:
    """A good look."""
    shown = seen or (link() if truth.has_link else None)
    return Look(at(day), Sight.READ, PageState.LIVE, 200, truth=truth, link=shown, rewritten=rewritten)


def unchanged(truth: Truth, day: float) -> Look:
    shown = link() if truth.has_link else None
    return Look(at(day), Sight.UNCHANGED, PageState.LIVE, 304, truth=truth, link=shown)


def absent(day: float, status: int = 404) -> Look:
    return Look(at(day), Sight.ABSENT, PageState.ERROR, status, "not found (HTTP 404)")


def hidden(day: float, state: PageState = PageState.BLOCKED) -> Look:
    return Look(at(day), Sight.HIDDEN, state, 403, "the site refuses us (HTTP 403)")


def failed(day: float) -> Look:
    return Look(at(day), Sight.FAILED, PageState.ERROR, 503, "the site has a problem (HTTP 503)")


def standing(state: OpportunityState = OpportunityState.SENT, day: float = 0.5, *, sent: bool = True) -> Standing:
    """Sent at half past day 0, unless it was not."""
    return Standing(state, at(day), sent_at=at(0.5) if sent else None)


def followed(*looks: Look, by: Standing | None = None) -> list[Followed]:
    """What follows from each look, the first one being that at which the opportunity was found; its state follows."""
    watched, stands, results = Watched(), by or standing(), []
    for look in looks:
        result = after(watched, look, stands)
        watched = result.watched
        if result.move is not None:
            moved = decided(stands, Decision(result.move), by=None, now=look.at)
            assert isinstance(moved, Standing), moved
            stands = moved
        results.append(result)
    return results


def kinds(results: list[Followed]) -> list[list[str]]:
    """The kinds of what happened, look by look."""
    return [[happened.kind.value for happened in result.happened] for result in results]
