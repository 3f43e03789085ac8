"""How many days say it: one look proves that something is there, and none by itself that something went away."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from mentions.pages import PageState
from mentions.rechecking.words import Sight

# "A day apart": a nightly run may start some hours earlier than the last one.
DAY_APART: Final = timedelta(hours=20)
ABSENT_DAYS: Final = 3  # a page counts as gone after looks on so many days that say it is not there

_NOT_FOUND: Final = frozenset({404, 410})
_MISSING: Final = frozenset({PageState.GONE, PageState.SOFT_404})


def is_another_day(last: datetime | None, at: datetime) -> bool:
    """Does a look count beside the one before it? Not where a clock was put back in between."""
    return last is None or at - last >= DAY_APART


def sight_of(state: PageState, http_status: int | None, *, unchanged: bool = False) -> Sight:
    """What a look could see, by what came of it. A page that leads elsewhere is judged there, not here."""
    if state in _MISSING or (state is PageState.ERROR and http_status in _NOT_FOUND):
        return Sight.ABSENT
    if state is PageState.ERROR:
        return Sight.FAILED
    if state is not PageState.LIVE:
        return Sight.HIDDEN
    return Sight.UNCHANGED if unchanged else Sight.READ


def is_gone(looks: Iterable[tuple[datetime, Sight]]) -> bool:
    """Is a page gone, by its looks, the newest first: absent on ABSENT_DAYS days, and not seen since the first?

    Looks that told nothing in between neither count nor break the row.
    """
    days, last = 0, None
    for at, sight in looks:
        if sight.is_good:
            return False
        if sight is Sight.ABSENT and (last is None or is_another_day(at, last)):
            days, last = days + 1, at
            if days >= ABSENT_DAYS:
                return True
    return False
