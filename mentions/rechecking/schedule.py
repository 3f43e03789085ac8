"""When an article is looked at next. Pure: the same knowledge gives the same moment.

Before hand-off daily, because an article may get its link before anybody asks; after asking on the days on which
answers come; a link that stands less and less often. Looks that tell nothing are repeated soon, and then more rarely.
"""

from datetime import datetime, timedelta
from typing import Final

from mentions.rechecking.truth import Watched, contacted_at
from mentions.workflow import OpportunityState, Standing

ASKED_DAYS: Final = (1, 3, 7, 14, 30, 60, 90)  # after the email
# A link that stands, (age in days up to which, days between two looks): daily for a week, weekly to 30 days, monthly to
# half a year, quarterly to a year and a half, then yearly.
STANDING_DAYS: Final = ((7, 1), (30, 7), (182, 30), (548, 91))
YEARLY: Final = timedelta(days=365)
GONE_DAYS: Final = (30, 90, 180, 365)  # after a page counted as gone; some come back
RETRY_DAYS: Final = (1, 1, 2, 4, 7, 7, 7, 7, 14, 30)  # after so many looks in a row that told nothing; then the last
DAY: Final = timedelta(days=1)
EARLY: Final = timedelta(hours=4)  # a look counts for its day although the run starts earlier than last night
LATEST: Final = YEARLY + DAY  # nothing is planned further ahead; what is was planned by a wrong clock

_State = OpportunityState
_BEFORE: Final = frozenset({_State.DRAFTED, _State.APPROVED})
_ASKED: Final = frozenset({_State.HANDED_OFF, _State.SENT, _State.REPLIED, _State.NO_REPLY})
_LEFT: Final = frozenset({_State.DECLINED, _State.IGNORED, _State.SUPPRESSED})


def next_look_at(watched: Watched, standing: Standing, *, now: datetime) -> datetime | None:
    """When the article is looked at next; now or earlier: it is due. None: no more, unless somebody asks for it.

    What ended in `ignored`, `declined` or `suppressed` is left alone. At most a year ahead, whatever clock wrote
    what is known.
    """
    due = _next(watched, standing, now)
    return None if due is None else min(due, now + YEARLY)


def _next(watched: Watched, standing: Standing, now: datetime) -> datetime | None:
    if standing.state in _LEFT:
        return None
    last = min(watched.last_look_at, now) if watched.last_look_at else None
    if watched.gone_at is not None:
        return _on_days(watched.gone_at, GONE_DAYS, last)
    if last is not None and (watched.absent or watched.pending_since):
        return last + DAY - EARLY  # a suspicion is settled on the next nights
    regular = _regular(watched, standing, last, now)
    if regular is None or last is None or not watched.failures:
        return regular
    return last + _retry(watched.failures) - EARLY


def _regular(watched: Watched, standing: Standing, last: datetime | None, now: datetime) -> datetime | None:
    if standing.state is _State.RECLAIMED:
        return _standing_link(standing.state_at, last, now)
    if standing.state in _ASKED:
        # A reply says that something may happen now; the days count from it.
        base = standing.state_at if standing.state is _State.REPLIED else contacted_at(standing) or standing.state_at
        return _on_days(base, ASKED_DAYS, last)
    if watched.improved:  # a link came by itself: watched as one we asked for
        return _standing_link(watched.truth_since or now, last, now)
    if standing.state is _State.NEW and watched.lost_at is not None:
        return _on_days(watched.lost_at, ASKED_DAYS, last)  # it may be back before anybody asks again
    if standing.state in _BEFORE:
        return now if last is None else last + DAY - EARLY
    return None


def _standing_link(since: datetime, last: datetime | None, now: datetime) -> datetime:
    if last is None:
        return now
    age = last - since
    gap = next((timedelta(days=gap) for up_to, gap in STANDING_DAYS if age < timedelta(days=up_to)), YEARLY)
    return last + gap - EARLY


def _on_days(base: datetime, days: tuple[int, ...], last: datetime | None) -> datetime | None:
    """The first of these days after `base` that no look has served; None: they are over.

    One late look serves all days before it, and that of a day to come only if it is hours away.
    """
    if last is None or last < base:
        return base + timedelta(days=days[0]) - EARLY
    moments = (base + timedelta(days=day) - EARLY for day in days)
    return next((moment for moment in moments if moment > last + 2 * EARLY), None)


def _retry(failures: int) -> timedelta:
    return timedelta(days=RETRY_DAYS[min(failures, len(RETRY_DAYS)) - 1])
