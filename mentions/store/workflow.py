"""What people decide: read where an opportunity stands, ask mentions.workflow, write the answer and one event.

A person's decision also leaves a record by which it can be taken back (mentions.store.changes).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from mentions.exceptions import DecisionRefused, NothingThere, StaleRevision
from mentions.outreach.approval import may_approve
from mentions.store import changes, drafts, earlier, suppression
from mentions.store.key import AddressKey
from mentions.store.models import Draft, Event, Opportunity
from mentions.store.records import HistoryEntry, NewDraft, StoredDraft
from mentions.store.statements import AnyRow
from mentions.workflow import Decision, Move, Refusal, Standing, after

# What of a standing is read from the drafts; the rest are columns of their own.
_OF_DRAFTS: Final = frozenset({"has_draft", "follow_up_waits", "asks_again"})
_COLUMNS: Final = tuple(field.name for field in fields(Standing) if field.name not in _OF_DRAFTS)
_ADDRESS: Final = re.compile(r"[^\s<>()]+@[^\s<>()]+")
# What of a draft stays from revision to revision, unless the template gives it anew; and what a template gives.
_STAYS: Final = (
    "follow_up",
    "in_reply_to",
    "template",
    "suggested_url",
    "suggested_anchor",
    "suggested_html",
    "message_id",
)
_TEMPLATE_GIVES: Final = (
    "template",
    "subject",
    "body",
    "to_name",
    "to_address",
    "contact_source_url",
    "suggested_url",
    "suggested_anchor",
    "suggested_html",
    "rendered_at",
)


@dataclass(frozen=True, slots=True)
class OpportunityChange:
    """What a decision changed, and what the person who made it should know."""

    opportunity_id: int
    before: Standing
    after: Standing
    warnings: tuple[str, ...] = ()
    id: int | None = None  # of the record by which it is taken back; None: the program's change


def standing(connection: Connection, opportunity_id: int) -> Standing:
    """Where an opportunity stands. Raises StoreError where there is none of that number."""
    row = connection.execute(
        select(*(getattr(Opportunity, name) for name in _COLUMNS)).where(Opportunity.id == opportunity_id)
    ).one_or_none()
    if row is None:
        raise NothingThere(f"there is no opportunity {opportunity_id}")
    newest = newest_draft(connection, opportunity_id)
    unsent = newest is not None and (row.sent_at is None or newest.rendered_at > row.sent_at)
    follows = newest is not None and newest.follow_up > 0
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Standing(
        **values,
        has_draft=newest is not None,
        follow_up_waits=unsent and follows,
        asks_again=unsent and not follows and row.sent_at is not None,
    )


def decide(
    connection: Connection,
    opportunity_id: int,
    decision: Decision,
    *,
    by: str | None,
    now: datetime,
    rev: int | None,
    key: AddressKey,
    strict: bool,
    kind: str | None = None,
    made: Mapping[str, Any] | None = None,
) -> OpportunityChange:
    """Makes a decision. Raises StaleRevision when the opportunity is not at `rev` any more, DecisionRefused.

    `kind`: what a person calls it where the move alone does not say; `made`: what comes of it besides, and is taken
    back with it (mentions.store.undo).
    """
    before = checked(connection, opportunity_id, rev)
    outcome = after(before, decision, by=by, now=now)
    if isinstance(outcome, Refusal):
        raise DecisionRefused(f"draft {opportunity_id}: {outcome.why}")
    warnings = _asked_of_draft(connection, opportunity_id, decision, key=key, now=now, strict=strict)
    write(connection, opportunity_id, before, outcome)
    detail: dict[str, Any] = {
        "from": before.state.value,
        "to": outcome.state.value,
        "reason": decision.reason,
        "via": decision.via,
    }
    if decision.until is not None:
        detail["until"] = decision.until.isoformat()
    if decision.move is Move.ASSIGN:
        detail |= {"from": before.assigned_to, "to": outcome.assigned_to}
    move = decision.move.value.replace("_", " ")
    append(connection, opportunity_id, move, by, now, detail)
    if by is None:
        return OpportunityChange(opportunity_id, before, outcome, warnings)
    number = changes.record(connection, opportunity_id, kind or move, before, outcome, by=by, now=now, made=made)
    return OpportunityChange(opportunity_id, before, outcome, warnings, number)


def _asked_of_draft(
    connection: Connection,
    opportunity_id: int,
    decision: Decision,
    *,
    key: AddressKey,
    now: datetime,
    strict: bool,
) -> tuple[str, ...]:
    """The warnings of an approval or a hand-off. Raises DecisionRefused where the draft itself forbids it."""
    if decision.move not in {Move.APPROVE, Move.HAND_OFF}:
        return ()
    (draft,) = drafts.find(connection, of=[opportunity_id])
    forbidden = suppression.suppressed(connection, key, draft.draft.to_address, draft.finding.publisher)
    if decision.move is Move.HAND_OFF:
        if forbidden:
            raise DecisionRefused(f"draft {opportunity_id}: the recipient must not be written to: {forbidden}")
        return ()
    answer = may_approve(draft, suppressed=forbidden, now=now, strict=strict)
    if answer.refusals:
        raise DecisionRefused(f"draft {opportunity_id} cannot be approved: {'; '.join(answer.refusals)}")
    asked = earlier.under_way_to(connection, draft.draft.to_address or "", other_than=opportunity_id)
    if not asked:
        return answer.warnings
    numbers = ", ".join(map(str, asked))
    return (*answer.warnings, f"the same person gets draft {numbers}: send one, and put the other off")


def edit_draft(
    connection: Connection,
    opportunity_id: int,
    *,
    subject: str,
    body: str,
    to_address: str | None,
    to_name: str | None,
    contact_source_url: str | None,
    problems: Sequence[str],
    by: str,
    now: datetime,
    rev: int | None,
    key: AddressKey,
) -> StoredDraft:
    """Stores a person's text as the next revision, and takes back an approval of the old one."""
    text = {
        "written_by": by,
        "subject": subject,
        "body": body,
        "to_name": to_name,
        "to_address": to_address,
        "contact_source_url": contact_source_url,
        "problems": list(problems),
        "rendered_at": now,
    }
    return _revised(connection, opportunity_id, "edit", text, by=by, now=now, rev=rev, key=key)


def redraft(
    connection: Connection, new: NewDraft, *, by: str, now: datetime, rev: int | None, key: AddressKey
) -> StoredDraft:
    """Stores a text of ours that a person asked for as the next revision, after whatever stood there before."""
    text = {name: getattr(new, name) for name in _TEMPLATE_GIVES} | {"problems": list(new.problems), "written_by": None}
    return _revised(connection, new.opportunity_id, "written anew", text, by=by, now=now, rev=rev, key=key)


def _revised(
    connection: Connection,
    opportunity_id: int,
    kind: str,
    text: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
    rev: int | None,
    key: AddressKey,
) -> StoredDraft:
    """The draft with the next revision: `text`, and the rest as it was. An approval of the old one is taken back."""
    before = checked(connection, opportunity_id, rev)
    outcome = after(before, Decision(Move.EDIT), by=by, now=now)
    newest = newest_draft(connection, opportunity_id)
    if isinstance(outcome, Refusal) or newest is None:
        why = outcome.why if isinstance(outcome, Refusal) else "there is no draft to edit yet"
        raise DecisionRefused(f"draft {opportunity_id}: {why}")
    kept = {name: getattr(newest, name) for name in _STAYS}
    row = {**kept, **text, "opportunity_id": opportunity_id, "revision": newest.revision + 1}
    connection.execute(insert(Draft), [row])
    write(connection, opportunity_id, before, outcome)
    append(connection, opportunity_id, kind, by, now, {"revision": newest.revision + 1})
    made = {"revision": newest.revision}
    changes.record(connection, opportunity_id, kind, before, outcome, by=by, now=now, made=made)
    (stored,) = drafts.find(connection, of=[opportunity_id])
    to_address = stored.draft.to_address
    forbidden = suppression.suppressed(connection, key, to_address, stored.finding.publisher) if to_address else None
    if forbidden:  # and nothing is stored: the address of somebody who was erased least of all
        raise DecisionRefused(f"draft {opportunity_id}: the recipient must not be written to: {forbidden}")
    return stored


def history(connection: Connection, opportunity_id: int) -> list[HistoryEntry]:
    """What happened to an opportunity, oldest first."""
    query = (
        select(Event.at, Event.kind, Event.actor, Event.detail)
        .where(Event.subject == f"opportunity/{opportunity_id}")
        .order_by(Event.at, Event.id)
    )
    return [HistoryEntry(row.at, row.kind, row.actor, row.detail) for row in connection.execute(query)]


def checked(connection: Connection, opportunity_id: int, rev: int | None) -> Standing:
    """Where an opportunity stands. Raises StaleRevision when it is not at `rev` any more; None: at whichever it is."""
    found = standing(connection, opportunity_id)
    if rev is not None and rev != found.rev:
        raise StaleRevision(opportunity_id, seen=rev, found=found.rev, by=found.state_by)
    return found


def write(connection: Connection, opportunity_id: int, before: Standing, outcome: Standing) -> None:
    """One update of what changed, that finds the row as it was read; PostgreSQL lets another transaction in between."""
    changed = {name: value for name in _COLUMNS if (value := getattr(outcome, name)) != getattr(before, name)}
    written = connection.execute(
        update(Opportunity)
        .where(Opportunity.id == opportunity_id, Opportunity.rev == before.rev, Opportunity.state == before.state)
        .values(changed | {"rev": outcome.rev})
    )
    if written.rowcount != 1:
        found = standing(connection, opportunity_id)
        raise StaleRevision(opportunity_id, seen=before.rev, found=found.rev, by=found.state_by)


def append(
    connection: Connection, opportunity_id: int, kind: str, by: str | None, now: datetime, detail: Mapping[str, Any]
) -> None:
    """One event of an opportunity's history, without what is None and without addresses."""
    kept = {name: _without_addresses(value) for name, value in detail.items() if value is not None}
    row = {"at": now, "kind": kind, "subject": f"opportunity/{opportunity_id}", "actor": by, "detail": kept}
    connection.execute(insert(Event), [row])


def _without_addresses(value: Any) -> Any:
    """The history outlives an erased contact: an address in a person's words is not kept in it."""
    return _ADDRESS.sub("(address)", value) if isinstance(value, str) else value


def newest_draft(connection: Connection, opportunity_id: int) -> AnyRow | None:
    """The newest revision of an opportunity's email; None where none was written."""
    query = select(Draft.__table__).where(Draft.opportunity_id == opportunity_id).order_by(Draft.revision.desc())
    return connection.execute(query.limit(1)).one_or_none()
