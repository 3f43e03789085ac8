"""Runs and events: what happened, and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from mentions.phases import Phase, as_json, from_json
from mentions.store.models import Event, Run
from mentions.store.records import RunState, RunSummary

LOOKS_ONLY: Final = frozenset({"recheck", "pages"})  # kinds of runs that look for no new pages


def start(connection: Connection, kind: str, now: datetime) -> int:
    """A new run. One that still says it is running has died: only one can run at a time (store/lock.py)."""
    connection.execute(update(Run).where(Run.state == RunState.RUNNING).values(state=RunState.DIED))
    row = {"kind": kind, "started_at": now, "state": RunState.RUNNING, "counts": {}, "publishers": {}, "warnings": []}
    return int(connection.execute(insert(Run).returning(Run.id), row).scalar_one())


def save_counts(
    connection: Connection, run_id: int, counts: Mapping[str, int], publishers: Mapping[str, Mapping[str, int]]
) -> None:
    """The counts so far, so that a run that dies leaves them behind."""
    values = {"counts": dict(counts), "publishers": _plain(publishers)}
    connection.execute(update(Run).where(Run.id == run_id).values(**values))


def save_phases(connection: Connection, run_id: int, phases: Iterable[Phase]) -> None:
    """The phases so far, so that a run that dies tells where it was."""
    connection.execute(update(Run).where(Run.id == run_id).values(phases=as_json(phases)))


def finish(
    connection: Connection,
    run_id: int,
    state: RunState,
    now: datetime,
    counts: Mapping[str, int],
    publishers: Mapping[str, Mapping[str, int]],
    warnings: Sequence[str],
) -> None:
    """The last word of a run."""
    connection.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(state=state, ended_at=now, counts=dict(counts), publishers=_plain(publishers), warnings=list(warnings))
    )


def find(connection: Connection, run_id: int | None) -> RunSummary | None:
    """The run of that id, or the last one; None where there is none."""
    query = select(Run.__table__).order_by(Run.id.desc()).limit(1)
    row = connection.execute(query if run_id is None else query.where(Run.id == run_id)).first()
    return None if row is None else _summary(row)


def last_search(connection: Connection) -> RunSummary | None:
    """The last run that looked for new pages; None where there was none."""
    query = select(Run.__table__).where(Run.kind.not_in(LOOKS_ONLY)).order_by(Run.id.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _summary(row)


def _summary(row: Row[Any]) -> RunSummary:
    return RunSummary(
        id=row.id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        state=row.state,
        counts=row.counts,
        publishers=row.publishers,
        warnings=tuple(row.warnings),
        kind=row.kind,
        phases=from_json(row.phases),
    )


def recent(connection: Connection, before: int, limit: int) -> list[RunSummary]:
    """The runs before that one, newest first."""
    query = select(Run.__table__).where(Run.id < before).order_by(Run.id.desc()).limit(limit)
    return [_summary(row) for row in connection.execute(query)]


def record_event(
    connection: Connection, kind: str, subject: str, detail: Mapping[str, Any], now: datetime, actor: str | None = None
) -> None:
    """Appends to the history."""
    row = {"at": now, "kind": kind, "subject": subject, "actor": actor, "detail": dict(detail)}
    connection.execute(insert(Event), [row])


def _plain(publishers: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {domain: dict(counts) for domain, counts in publishers.items()}
