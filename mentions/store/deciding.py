"""What people decide that is more than a move: each with all that comes of it in one transaction, and undoing it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from mentions.exceptions import DecisionRefused
from mentions.matching.feedback import Answer as Said
from mentions.outreach.readdressing import Readdressed
from mentions.store import answers, changes, contacts, drafts, queries, suppression, workflow
from mentions.store.changes import RecentChange
from mentions.store.connecting import Connecting
from mentions.store.key import AddressKey
from mentions.store.keys import page_key, sentence_key
from mentions.store.models import Answer, Mention, Opportunity
from mentions.store.records import OpportunityState, StoredDraft, StoredFinding
from mentions.store.undo import Undone, undo
from mentions.store.workflow import OpportunityChange
from mentions.undoing import BLOCKED, NO_CONTACT, NOT_US, WRONG_PERSON, Change
from mentions.urls import canonical_url
from mentions.workflow import Decision, Move


class Deciding(Connecting):
    """Part of mentions.store.Store. Every decision raises DecisionRefused and StaleRevision as Store.decide does."""

    def finding_of(self, opportunity_id: int) -> StoredFinding | None:
        """The finding that an opportunity is about; None where there is no such opportunity."""
        with self._read() as connection:
            query = queries.finding_query(with_opportunity=True).where(Opportunity.id == opportunity_id)
            return next(queries.stored_findings(connection, query), None)

    def draft_of(self, opportunity_id: int) -> StoredDraft | None:
        """The newest revision of an opportunity's email; None where none was written."""
        with self._read() as connection:
            return drafts.of(connection, opportunity_id)

    def change(self, change_id: int) -> Change:
        """A decision of the last day. Raises StoreError where there is none of that number (any more)."""
        with self._read() as connection:
            return changes.find(connection, change_id)[0]

    def undo(self, change_id: int, *, by: str, now: datetime) -> Undone:
        """Takes a change back, with everything that came of it; see mentions.undoing.undone."""
        with self._write() as connection:
            return undo(connection, change_id, by=by, now=now)

    def undo_last(self, opportunity_id: int, *, by: str, now: datetime) -> Undone:
        """Takes back what was decided last about an opportunity."""
        with self._write() as connection:
            return undo(connection, changes.newest_of(connection, opportunity_id), by=by, now=now)

    def join_change(self, change_id: int) -> None:
        """What was decided right after a change is taken back with it from now on; see changes.join."""
        with self._write() as connection:
            changes.join(connection, change_id)

    def recent_changes(
        self, *, now: datetime, by: str | None = None, opportunity_id: int | None = None, limit: int = 50
    ) -> list[RecentChange]:
        """What was decided within a day and holds, the newest first; see changes.recent."""
        with self._read() as connection:
            return changes.recent(connection, now=now, by=by, opportunity_id=opportunity_id, limit=limit)

    def not_us(
        self,
        opportunity_id: int,
        answer: Said | None,
        *,
        by: str,
        now: datetime,
        rev: int | None = None,
        note: str | None = None,
    ) -> OpportunityChange:
        """The mentions mean something else: the opportunity is closed, and later pages are judged with the answer.

        `answer` None: the page's text is no longer kept, so that nothing can be learnt from it.
        """
        with self._write() as connection:
            made = {"answer": _said_before(connection, opportunity_id, answer)} if answer else {}
            decision = Decision(Move.IGNORE, reason=answers.NOT_US, note=note)
            change = _decide(connection, self._key, opportunity_id, decision, NOT_US, made, by=by, now=now, rev=rev)
            if answer:
                answers.save(connection, [answer])
            return change

    def block_publisher(
        self, opportunity_id: int, *, reason: str, by: str, now: datetime, rev: int | None = None
    ) -> OpportunityChange:
        """Nobody writes to this publisher any more: its domain goes on the suppression list."""
        with self._write() as connection:
            text = contacts.article_of(connection, opportunity_id)[1]
            return _suppress(connection, self._key, opportunity_id, text, reason, BLOCKED, by=by, now=now, rev=rev)

    def do_not_contact(
        self, opportunity_id: int, *, reason: str, by: str, now: datetime, rev: int | None = None
    ) -> OpportunityChange:
        """Nobody writes to this draft's recipient any more: the address goes on the suppression list, as a hash."""
        with self._write() as connection:
            draft = drafts.of(connection, opportunity_id)
            address = draft.draft.to_address if draft else None
            if address is None:
                raise DecisionRefused(
                    f"draft {opportunity_id}: it goes to nobody, so there is nobody to put on the list"
                )
            return _suppress(
                connection, self._key, opportunity_id, address, reason, NO_CONTACT, by=by, now=now, rev=rev
            )

    def readdress(self, opportunity_id: int, to: Readdressed, *, by: str, now: datetime, rev: int | None = None) -> int:
        """Somebody else instead of the wrong person, with the text to them; returns the number of the change."""
        with self._write() as connection:
            return _readdress(connection, self._key, opportunity_id, to, by=by, now=now, rev=rev)

    def wrong_people(self, opportunity_id: int) -> frozenset[int]:
        """The numbers of the contacts that somebody called the wrong person for this opportunity."""
        with self._read() as connection:
            told = workflow.history(connection, opportunity_id)
            found = (entry.detail.get("contact") for entry in told if entry.kind == WRONG_PERSON)
            return frozenset(number for number in found if isinstance(number, int))


def _decide(
    connection: Connection,
    key: AddressKey,
    opportunity_id: int,
    decision: Decision,
    kind: str,
    made: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
    rev: int | None,
) -> OpportunityChange:
    return workflow.decide(
        connection, opportunity_id, decision, by=by, now=now, rev=rev, key=key, strict=True, kind=kind, made=made
    )


def _suppress(
    connection: Connection,
    key: AddressKey,
    opportunity_id: int,
    text: str,
    reason: str,
    kind: str,
    *,
    by: str,
    now: datetime,
    rev: int | None,
) -> OpportunityChange:
    """Closes the opportunity and puts its publisher or person on the list; undoing takes off only what is new there."""
    try:
        entry = suppression.entry_added(connection, key, text, reason=reason, by=by, now=now)
    except ValueError as error:
        raise DecisionRefused(f"draft {opportunity_id}: {error}") from error
    made = {"suppression": list(entry)} if entry else {}
    decision = Decision(Move.SUPPRESS, reason=reason)
    return _decide(connection, key, opportunity_id, decision, kind, made, by=by, now=now, rev=rev)


def _said_before(connection: Connection, opportunity_id: int, answer: Said) -> dict[str, Any]:
    """What stood in the place of an answer, so that it can be put back."""
    key = {
        "target": answer.target,
        "page_key": page_key(canonical_url(answer.page_url) or answer.page_url),
        "sentence_key": sentence_key(answer.sentence),
    }
    known = connection.execute(
        select(Answer.__table__).where(*(getattr(Answer, name) == value for name, value in key.items()))
    ).one_or_none()
    before = None
    if known is not None:
        before = {name: value for name, value in known._mapping.items() if name not in {"id", *key}}
        before["said_at"] = known.said_at.isoformat()
    finding = select(Opportunity.finding_id).where(Opportunity.id == opportunity_id).scalar_subquery()
    senses = connection.execute(
        select(Mention.id, Mention.person_sense, Mention.person_sense_by, Mention.person_sense_at)
        .where(Mention.finding_id == finding)
        .order_by(Mention.id)
    )
    said = [
        {
            "id": row.id,
            "sense": row.person_sense.value if row.person_sense else None,
            "by": row.person_sense_by,
            "at": row.person_sense_at.isoformat() if row.person_sense_at else None,
        }
        for row in senses
    ]
    return {"key": key, "before": before, "senses": said}


def _readdress(
    connection: Connection,
    key: AddressKey,
    opportunity_id: int,
    to: Readdressed,
    *,
    by: str,
    now: datetime,
    rev: int | None,
) -> int:
    before = workflow.checked(connection, opportunity_id, rev)
    if before.state not in {OpportunityState.NEW, OpportunityState.DRAFTED}:
        state = before.state.value.replace("_", " ")
        raise DecisionRefused(f"draft {opportunity_id}: it is {state}; its recipient does not change any more")
    chosen = contacts.chosen(connection, opportunity_id)
    contacts.choose(connection, key, opportunity_id, to.contact, by=by, now=now)
    newest = workflow.newest_draft(connection, opportunity_id)
    made: dict[str, Any] = {"contact": {"id": chosen}}
    if to.draft is not None and newest is not None:
        made["revision"] = newest.revision
        drafts.follow(connection, newest, to.draft, written_by=to.written_by)
    outcome = replace(before, rev=before.rev + 1)
    workflow.append(connection, opportunity_id, WRONG_PERSON, by, now, {"contact": to.wrong, "now": to.contact})
    return changes.record(connection, opportunity_id, WRONG_PERSON, before, outcome, by=by, now=now, made=made)
