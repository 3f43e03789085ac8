"""Drafts: which findings need one, and their revisions."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from mentions.exceptions import NothingThere, StoreError
from mentions.opportunities import Level
from mentions.store import queries
from mentions.store.judgements import ASKED
from mentions.store.models import Draft, Event, Finding, Opportunity, Page, Publisher, Recheck, Target
from mentions.store.records import NewDraft, OpportunityState, StoredDraft, StoredFinding
from mentions.store.statements import AnyRow, bytewise, chunks
from mentions.urls import host_of

# States in which the program may write another revision; from approval on a person's word stands.
_OPEN_TO_US: Final = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})
_TEXT: Final = (
    "template",
    "subject",
    "body",
    "to_name",
    "to_address",
    "contact_source_url",
    "suggested_url",
    "suggested_anchor",
    "suggested_html",
    "problems",
)


def to_draft(connection: Connection, *, min_priority: int) -> list[StoredFinding]:
    """Findings to be written to an editor about that have no draft yet, the most worth asking first.

    A draft from before its link stood and was lost again is none.
    """
    # Two selects deep: without being told so, the subquery would ask about every opportunity there is.
    of_this = select(Recheck.lost_at).where(Recheck.opportunity_id == Opportunity.id).correlate(Opportunity)
    lost_at = of_this.scalar_subquery()
    counts = or_(lost_at.is_(None), Draft.rendered_at >= lost_at)
    drafted = select(Draft.id).where(Draft.opportunity_id == Opportunity.id, counts).exists()
    query = (
        queries.finding_query(with_opportunity=True)
        .where(
            Opportunity.state == OpportunityState.NEW,
            Finding.level.in_([Level.ASK_NOW, Level.ASK_AFTER_FIX]),
            Finding.verdict.in_(list(ASKED)),
            Finding.missing_since.is_(None),
            Finding.priority >= min_priority,
            Target.retired_at.is_(None),
            ~drafted,
        )
        .order_by(
            Finding.priority.desc(), bytewise(connection, Publisher.domain), bytewise(connection, Page.key), Finding.id
        )
    )
    return list(queries.stored_findings(connection, query))


def save(connection: Connection, drafts: Sequence[NewDraft]) -> list[StoredDraft]:
    """Stores each draft as the next revision of its opportunity's, and returns the newest of each, in order.

    A text that is the newest one already, was written by a person, or was approved, is not followed by another.
    """
    wanted = {draft.opportunity_id: draft for draft in drafts}
    states = {
        row.id: row
        for row in connection.execute(
            select(Opportunity.id, Opportunity.state, Target.url, Recheck.lost_at)
            .join(Finding, Finding.id == Opportunity.finding_id)
            .join(Target, Target.id == Finding.target_id)
            .join(Recheck, Recheck.opportunity_id == Opportunity.id, isouter=True)
            .where(Opportunity.id.in_(list(wanted)))
        )
    }
    missing = set(wanted) - set(states)
    if missing:
        raise NothingThere(f"there is no opportunity {min(missing)} to draft for")
    newest = {row.opportunity_id: row for row in connection.execute(_newest(Draft.opportunity_id.in_(list(wanted))))}
    again = {number for number, row in states.items() if _asks_again(row, newest.get(number))}
    rows = [
        _row(draft, newest.get(number), states[number].url, new_email=number in again)
        for number, draft in wanted.items()
        if _may_write(draft, states[number].state)
        and (_differs(draft, newest.get(number)) or (number in again and not draft.follow_up))
    ]
    if rows:
        connection.execute(insert(Draft), rows)
        _move_to_drafted(connection, rows)
    found = {draft.draft.opportunity_id: draft for draft in find(connection, of=list(wanted))}
    return [found[opportunity_id] for opportunity_id in wanted if opportunity_id in found]


def find(
    connection: Connection,
    *,
    state: OpportunityState | None = None,
    target: str | None = None,
    of: Sequence[int] | None = None,
) -> list[StoredDraft]:
    """The newest revision of each draft, sorted by publisher, page and id."""
    query = queries.finding_query(with_opportunity=True).where(
        select(Draft.id).where(Draft.opportunity_id == Opportunity.id).exists()
    )
    if state is not None:
        query = query.where(Opportunity.state == state)
    if target is not None:
        query = query.where(Target.name == target)
    if of is not None:
        query = query.where(Opportunity.id.in_(of))
    query = query.order_by(bytewise(connection, Publisher.domain), bytewise(connection, Page.key), Finding.id)
    found = [finding for finding in queries.stored_findings(connection, query) if finding.opportunity_id is not None]
    newest: dict[int, AnyRow] = {}
    for part in chunks([finding.opportunity_id for finding in found]):
        newest |= {row.opportunity_id: row for row in connection.execute(_newest(Draft.opportunity_id.in_(part)))}
    return [stored(newest[finding.opportunity_id], finding) for finding in found if finding.opportunity_id]


def of(connection: Connection, opportunity_id: int) -> StoredDraft | None:
    """The newest revision of one opportunity's email; None where none was written."""
    return next(iter(find(connection, of=[opportunity_id])), None)


def revision(connection: Connection, opportunity_id: int, number: int) -> dict[str, Any]:
    """The columns of one revision. Raises StoreError where there is none of that number."""
    query = select(Draft.__table__).where(Draft.opportunity_id == opportunity_id, Draft.revision == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"draft {opportunity_id} has no revision {number}")
    return dict(row._mapping)


def follow(connection: Connection, newest: AnyRow, draft: NewDraft, *, written_by: str | None) -> None:
    """Stores a text as the revision after `newest`, of the same email; nobody's state changes by that."""
    row = _row(draft, newest, "") | {"written_by": written_by, "message_id": newest.message_id}
    connection.execute(insert(Draft), [row])


def _newest(condition: Any) -> Any:
    later = Draft.__table__.alias("later")
    superseded = select(later.c.id).where(
        later.c.opportunity_id == Draft.opportunity_id, later.c.revision > Draft.revision
    )
    return select(Draft.__table__).where(condition, ~superseded.exists())


def _may_write(draft: NewDraft, state: OpportunityState) -> bool:
    return state is OpportunityState.SENT if draft.follow_up else state in _OPEN_TO_US


def _differs(draft: NewDraft, newest: AnyRow | None) -> bool:
    if newest is None:
        return draft.follow_up == 0
    if draft.follow_up != newest.follow_up:
        return bool(draft.follow_up == newest.follow_up + 1)
    if newest.written_by is not None:
        return False
    return any(_plain(getattr(draft, name)) != _plain(getattr(newest, name)) for name in _TEXT)


def _asks_again(row: AnyRow, newest: AnyRow | None) -> bool:
    """Did the link go away since the newest email was written, so that a new one asks for it again?"""
    lost = row.lost_at is not None and newest is not None and newest.rendered_at < row.lost_at
    return bool(lost and row.state is OpportunityState.NEW)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _row(draft: NewDraft, newest: AnyRow | None, target_url: str, *, new_email: bool = False) -> dict[str, Any]:
    same_email = newest is not None and newest.follow_up == draft.follow_up and not new_email
    return {
        "opportunity_id": draft.opportunity_id,
        "revision": newest.revision + 1 if newest else 1,
        "follow_up": draft.follow_up,
        "in_reply_to": draft.in_reply_to,
        **{name: _plain(getattr(draft, name)) for name in _TEXT},
        "message_id": newest.message_id if newest and same_email else _message_id(target_url),
        "rendered_at": draft.rendered_at,
    }


def _message_id(target_url: str) -> str:
    """A Message-ID of our own (RFC 5322 section 3.6.4): unique, on the right a host that is ours."""
    return f"<mentions-{uuid4().hex}@{host_of(target_url) or 'localhost'}>"


def _move_to_drafted(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(
        update(Opportunity)
        .where(Opportunity.id == bindparam("of"), Opportunity.state == OpportunityState.NEW)
        .values(state=OpportunityState.DRAFTED, state_at=bindparam("at"), state_by=None),
        [{"of": row["opportunity_id"], "at": row["rendered_at"]} for row in rows],
    )
    connection.execute(
        insert(Event),
        [
            {
                "at": row["rendered_at"],
                "kind": "follow-up rendered" if row["follow_up"] else "draft rendered",
                "subject": f"opportunity/{row['opportunity_id']}",
                "detail": {"revision": row["revision"], "template": row["template"]},
            }
            for row in rows
        ],
    )


def stored(row: AnyRow, finding: StoredFinding) -> StoredDraft:
    """A row of the table draft, with the finding it is about, as a record."""
    return StoredDraft(
        id=row.id,
        revision=row.revision,
        draft=NewDraft(
            opportunity_id=row.opportunity_id,
            template=row.template,
            subject=row.subject,
            body=row.body,
            to_name=row.to_name,
            to_address=row.to_address,
            contact_source_url=row.contact_source_url,
            suggested_url=row.suggested_url,
            suggested_anchor=row.suggested_anchor,
            suggested_html=row.suggested_html,
            rendered_at=row.rendered_at,
            problems=tuple(row.problems),
            follow_up=row.follow_up,
            in_reply_to=row.in_reply_to,
        ),
        finding=finding,
        message_id=row.message_id,
        written_by=row.written_by,
    )
