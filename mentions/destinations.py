"""Where an address was seen to lead and what answered there: shorteners, and our own pages behind links. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mentions.budgets import Looks
from mentions.urls import canonical_url

_GONE: Final = frozenset({404, 410})
# The site does not let us in; what a reader would see, nobody knows.
_NOT_FOR_US: Final = frozenset({401, 402, 403, 407, 429, 451})
DEAD_AFTER_LOOKS: Final = 3  # in a row without a good one …
DEAD_AFTER: Final = timedelta(days=2)  # … over at least so long: three nights, as for publishers' pages
TRY_AGAIN_AFTER: Final = timedelta(hours=20)  # the next night, whenever it starts


Hop = tuple[int, str]  # the status of a redirect, and the address it leads to


@dataclass(frozen=True, slots=True)
class Destination:
    """One address, as the last look found it.

    `final_url` is where it led; None: nobody knows. `http_status` None: no answer, or we did not ask for the last page.
    `problem` is why the look was no good; None: it was.
    """

    url: str
    ours: bool
    looked_at: datetime
    final_url: str | None = None
    http_status: int | None = None
    problem: str | None = None
    failures: int = 0  # looks in a row that were no good
    failing_since: datetime | None = None  # None: the last look was good
    hops: tuple[Hop, ...] = ()  # of a page of ours: the redirects on the way to `final_url`, in order

    @property
    def is_dead(self) -> bool:
        """Is it a page that is not there? 404 and 410 say so; a timeout or a 5xx only when it happens again and again.

        A site that refuses us says nothing of what its readers see.
        """
        if self.http_status in _GONE:
            return True
        if self.http_status in _NOT_FOR_US or self.failing_since is None:
            return False
        return self.failures >= DEAD_AFTER_LOOKS and self.looked_at - self.failing_since >= DEAD_AFTER

    def is_due(self, now: datetime, looks: Looks) -> bool:
        """Is it time to look again?"""
        age = now - self.looked_at
        if self.ours:
            return age >= (TRY_AGAIN_AFTER if self.problem else looks.own_pages_every)
        # A shortener that leads nowhere is asked again less often than it is met.
        return age >= (looks.own_pages_every if self.final_url is None else looks.resolved_for)


def after(before: Destination | None, now: Destination, *, asked: bool = True) -> Destination:
    """The look `now`, counting on from the one `before` it. What was once resolved stays so when a look fails.

    `asked` False: we did not ask, by our own rules or the site's (robots.txt, ports); that says nothing of the page.
    """
    if now.problem is None:
        return Destination(now.url, now.ours, now.looked_at, now.final_url, now.http_status, hops=now.hops)
    failures = before.failures if before else 0
    since = (before.failing_since if before else None) or now.looked_at
    known = before.final_url if before and not now.ours else None
    return Destination(
        url=now.url,
        ours=now.ours,
        looked_at=now.looked_at,
        final_url=now.final_url or known,
        http_status=now.http_status,
        problem=now.problem,
        failures=failures + int(asked),
        failing_since=since if asked or failures else None,
        hops=now.hops,
    )


def problem_of_status(status: int) -> str | None:
    """Why a page of ours that answered so is no good look; None where it is one, a refusal included."""
    if status < 400 or status in _NOT_FOR_US:
        return None
    return f"{'not found' if status in _GONE else 'no page'} (HTTP {status})"


def dead_pages(destinations: Iterable[Destination]) -> frozenset[str]:
    """The canonical URLs of those pages of ours that are gone, as `verdicts.judge` wants them."""
    return frozenset(canonical_url(found.url) for found in destinations if found.ours and found.is_dead)


def resolved(destinations: Iterable[Destination]) -> dict[str, str]:
    """Where shorteners lead, by their URL, for those of which it is known."""
    return {found.url: found.final_url for found in destinations if not found.ours and found.final_url}
