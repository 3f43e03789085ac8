"""What the targets brought: findings of each by verdict, and week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, case, func, select

from mentions.findings import Verdict
from mentions.store.connecting import Connecting
from mentions.store.models import Finding, Target
from mentions.store.queue import waiting_by_target
from mentions.targets import Kind

WEEKS: Final = 12
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """One target that is or was watched."""

    name: str
    kind: Kind
    url: str
    first_seen_at: datetime
    retired_at: datetime | None  # None: it stands in the configuration
    verdicts: dict[Verdict, int]
    waiting: int  # opportunities that wait for a person
    unlinked_weeks: tuple[int, ...]  # pages first seen to name it without a followed link, the oldest week first
    linked_weeks: tuple[int, ...]  # pages first seen to name it with one


class Watching(Connecting):
    """Part of mentions.store.Store."""

    def targets(self, now: datetime) -> list[TargetFacts]:
        """Every target, those of the configuration first, by name."""
        with self._read() as connection:
            return targets(connection, now)


# Verdicts that name the target without a link that helps.
UNLINKED: Final = (Verdict.UNLINKED, Verdict.BARE_URL, Verdict.OUTSIDE, Verdict.MISDIRECTED, Verdict.QUALIFIED)


def targets(connection: Connection, now: datetime) -> list[TargetFacts]:
    """See Watching.targets."""
    verdicts = _by_verdict(connection)
    waiting = waiting_by_target(connection)
    weeks = _by_week(connection, now)
    query = select(Target.__table__).order_by(Target.retired_at.is_not(None), Target.name)
    return [
        TargetFacts(
            name=row.name,
            kind=row.kind,
            url=row.url,
            first_seen_at=row.first_seen_at,
            retired_at=row.retired_at,
            verdicts=verdicts.get(row.id, {}),
            waiting=waiting.get(row.id, 0),
            unlinked_weeks=_row(weeks, row.id, UNLINKED),
            linked_weeks=_row(weeks, row.id, (Verdict.LINKED,)),
        )
        for row in connection.execute(query)
    ]


def _by_verdict(connection: Connection) -> dict[int, dict[Verdict, int]]:
    query = select(Finding.target_id, Finding.verdict, func.count().label("findings"))
    counts: dict[int, dict[Verdict, int]] = {}
    for row in connection.execute(query.group_by(Finding.target_id, Finding.verdict)):
        counts.setdefault(row.target_id, {})[row.verdict] = row.findings
    return counts


def _by_week(connection: Connection, now: datetime) -> dict[tuple[int, Verdict, int], int]:
    """Findings by target, verdict and week; week 0 is the oldest of WEEKS, the last one ends now."""
    begins = [now - _WEEK * (WEEKS - number) for number in range(WEEKS)]
    later = [(Finding.first_seen_at < begin, number) for number, begin in enumerate(begins[1:])]
    week = case(*later, else_=WEEKS - 1).label("week")
    query = (
        select(Finding.target_id, Finding.verdict, week, func.count().label("findings"))
        .where(Finding.first_seen_at >= begins[0])
        .group_by(Finding.target_id, Finding.verdict, week)
    )
    return {(row.target_id, row.verdict, row.week): row.findings for row in connection.execute(query)}


def _row(weeks: dict[tuple[int, Verdict, int], int], target: int, verdicts: Sequence[Verdict]) -> tuple[int, ...]:
    return tuple(sum(weeks.get((target, verdict, week), 0) for verdict in verdicts) for week in range(WEEKS))
