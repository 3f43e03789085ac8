"""The whole history: who did what to what, newest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from mentions.store.models import Event

PROGRAM: Final = "(program)"  # what stands for the actor of what no person did


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events are wanted; None: all."""

    subject: str | None = None  # "opportunity/12", or its beginning: "opportunity/"
    actor: str | None = None  # a name, or PROGRAM
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event. `actor` None: this program."""

    id: int
    at: datetime
    kind: str
    subject: str
    actor: str | None
    detail: Mapping[str, object]


def find(
    connection: Connection, wanted: AuditFilter, *, before: tuple[datetime, int] | None, limit: int
) -> list[AuditEntry]:
    """At most `limit` events, newest first, that happened `before` the event of that time and id."""
    query = select(Event.__table__).where(*_conditions(wanted)).order_by(Event.at.desc(), Event.id.desc()).limit(limit)
    if before is not None:
        at, event_id = before
        query = query.where(Event.at <= at, or_(Event.at < at, and_(Event.at == at, Event.id < event_id)))
    return [
        AuditEntry(row.id, row.at, row.kind, row.subject, row.actor, row.detail) for row in connection.execute(query)
    ]


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject is not None and wanted.subject.endswith("/"):
        # A range, which both databases read from the index; LIKE would depend on collations.
        conditions += [Event.subject >= wanted.subject, Event.subject < wanted.subject[:-1] + chr(ord("/") + 1)]
    elif wanted.subject is not None:
        conditions.append(Event.subject == wanted.subject)
    if wanted.actor is not None:
        conditions.append(Event.actor.is_(None) if wanted.actor == PROGRAM else Event.actor == wanted.actor)
    if wanted.kind is not None:
        conditions.append(Event.kind == wanted.kind)
    return conditions
