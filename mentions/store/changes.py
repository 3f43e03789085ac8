"""What people decided lately: written with each decision, read for undoing and for the list of recent decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from mentions.exceptions import NothingThere, StoreError
from mentions.store.models import Change as Row
from mentions.store.models import Finding, Opportunity, Page, Publisher, Target
from mentions.store.statements import AnyRow, AnySelect
from mentions.undoing import Change
from mentions.workflow import OpportunityState, Standing

KEPT: Final = timedelta(days=1)  # a record holds notes and reasons; the history keeps the decision without them

_MOMENTS: Final = frozenset({"state_at", "approved_at", "handed_off_at", "sent_at", "snoozed_until"})
_NAMES: Final = tuple(field.name for field in fields(Standing))


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A change as lists show it."""

    change: Change
    undoable: bool  # nothing happened since, and its time is not over
    target: str
    publisher: str  # domain
    page_title: str | None


def record(
    connection: Connection,
    opportunity_id: int,
    kind: str,
    before: Standing,
    outcome: Standing,
    *,
    by: str,
    now: datetime,
    made: Mapping[str, Any] | None = None,
) -> int:
    """Writes down a decision; returns the number by which it is taken back. Forgets those of earlier days."""
    connection.execute(delete(Row).where(Row.at < now - KEPT))
    row = {
        "opportunity_id": opportunity_id,
        "at": now,
        "by": by,
        "kind": kind,
        "rev": outcome.rev,
        "state": outcome.state,
        "before": _as_json(before),
        "made": dict(made or {}),
    }
    return connection.execute(insert(Row).returning(Row.id), row).scalar_one()


def join(connection: Connection, change_id: int) -> None:
    """Makes the decision that came right after a change, of the same person about the same find, a part of it.

    So one undo takes back a choice and the text that was written for it. Where nothing came after it, nothing happens.
    """
    change, made = find(connection, change_id)
    came_after = (
        Row.opportunity_id == change.opportunity_id,
        Row.rev == change.rev + 1,
        Row.by == change.by,
        Row.undone_at.is_(None),
    )
    row = connection.execute(select(Row.__table__).where(*came_after)).one_or_none()
    if row is None:
        return
    connection.execute(delete(Row).where(Row.id == row.id))
    values = {"rev": row.rev, "state": row.state, "made": {**row.made, **made}}
    connection.execute(update(Row).where(Row.id == change_id).values(values))


def find(connection: Connection, change_id: int) -> tuple[Change, Mapping[str, Any]]:
    """A change, and what else came of it. Raises StoreError where there is none of that number (any more)."""
    row = connection.execute(select(Row.__table__).where(Row.id == change_id)).one_or_none()
    if row is None:
        raise NothingThere(f"there is no decision {change_id} to take back (any more)")
    return _change(row), row.made


def newest_of(connection: Connection, opportunity_id: int) -> int:
    """The number of the last change of an opportunity that holds. Raises StoreError where there is none."""
    found = connection.execute(
        select(func.max(Row.id)).where(Row.opportunity_id == opportunity_id, Row.undone_at.is_(None))
    ).scalar()
    if found is None:
        raise StoreError(f"nobody decided about draft {opportunity_id} lately, so there is nothing to take back")
    return int(found)


def recent(
    connection: Connection, *, now: datetime, by: str | None = None, opportunity_id: int | None = None, limit: int
) -> list[RecentChange]:
    """The last changes that were not taken back, the newest first; of one person or one opportunity."""
    query = _shown().where(Row.undone_at.is_(None)).order_by(Row.at.desc(), Row.id.desc()).limit(limit)
    if by is not None:
        query = query.where(Row.by == by)
    if opportunity_id is not None:
        query = query.where(Row.opportunity_id == opportunity_id)
    return [_recent(row, now) for row in connection.execute(query)]


def _shown() -> AnySelect:
    query: AnySelect = (
        select(
            *Row.__table__.columns,
            Opportunity.rev.label("rev_now"),
            Opportunity.state.label("state_now"),
            Target.name.label("target"),
            Publisher.domain.label("publisher"),
            Page.title.label("page_title"),
        )
        .join(Opportunity, Opportunity.id == Row.opportunity_id)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Target, Target.id == Finding.target_id)
    )
    return query


def _recent(row: AnyRow, now: datetime) -> RecentChange:
    change = _change(row)
    undoable = row.rev_now == change.rev and row.state_now is change.state and now <= change.until
    return RecentChange(change, undoable, row.target, row.publisher, row.page_title)


def _change(row: AnyRow) -> Change:
    return Change(
        row.id, row.opportunity_id, row.kind, row.by, row.at, row.rev, row.state, _standing(row.before), row.undone_at
    )


def _as_json(standing: Standing) -> dict[str, Any]:
    values = {name: getattr(standing, name) for name in _NAMES}
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in values.items() if v is not None}


def _standing(values: Mapping[str, Any]) -> Standing:
    """What `_as_json` wrote; what a later version of this program wrote besides is passed over."""
    read: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name in _MOMENTS else value
        for name, value in values.items()
        if name in _NAMES
    }
    return Standing(**read | {"state": OpportunityState(read["state"])})
