"""Hand-offs: which drafts are approved, where those that were handed off lie, and as what they were sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from mentions.outreach.handoff.records import Approved, HandedOff, Place
from mentions.outreach.suppression import blocking
from mentions.store import drafts, suppression, workflow
from mentions.store.connecting import Connecting
from mentions.store.key import AddressKey
from mentions.store.models import HandOff, Opportunity
from mentions.store.records import OpportunityState, StoredDraft
from mentions.store.statements import AnyRow, chunks
from mentions.store.workflow import OpportunityChange
from mentions.workflow import Decision, Move


class HandingOff(Connecting):
    """Part of mentions.store.Store."""

    def to_hand_off(self, numbers: Sequence[int] | None = None) -> list[Approved]:
        """Every approved draft, or those of these numbers, sorted by publisher, page and id."""
        with self._read() as connection:
            return to_hand_off(connection, self._key, numbers)

    def handed_off(self) -> list[HandedOff]:
        """Drafts that were handed off and not marked as sent, sorted by publisher, page and id."""
        with self._read() as connection:
            return handed_off(connection)

    def mark_handed_off(
        self, approved: Approved, *, via: str, place: Place | None, by: str | None, now: datetime
    ) -> OpportunityChange:
        """Writes down that a draft lies in the mail program. Raises DecisionRefused, StaleRevision."""
        with self._write() as connection:
            return mark_handed_off(connection, self._key, approved, via=via, place=place, by=by, now=now)

    def mark_found_sent(
        self, found: HandedOff, *, at: datetime, message_id: str | None, by: str | None, now: datetime
    ) -> OpportunityChange:
        """Writes down when a draft was sent, and as which email. Raises DecisionRefused, StaleRevision."""
        with self._write() as connection:
            return mark_found_sent(connection, self._key, found, at=at, message_id=message_id, by=by, now=now)

    def sent_message_id(self, opportunity_id: int) -> str | None:
        """The Message-ID of the last email that was seen in the Sent folder: what a follow-up answers to."""
        with self._read() as connection:
            return sent_message_id(connection, opportunity_id)


def to_hand_off(connection: Connection, key: AddressKey, numbers: Sequence[int] | None) -> list[Approved]:
    """See HandingOff.to_hand_off."""
    found = drafts.find(connection, state=OpportunityState.APPROVED, of=numbers)
    rows = _rows(connection, found)
    listed = suppression.whole(connection, key)
    return [
        Approved(
            draft,
            rev=row.rev,
            approved_at=row.approved_at or row.state_at,
            suppressed=blocking(draft.draft.to_address, draft.finding.publisher, listed),
            snoozed_until=row.snoozed_until,
        )
        for draft in found
        for row in [rows[draft.draft.opportunity_id]]
    ]


def handed_off(connection: Connection) -> list[HandedOff]:
    """See HandingOff.handed_off."""
    found = drafts.find(connection, state=OpportunityState.HANDED_OFF)
    rows = _rows(connection, found)
    records = []
    for draft in found:
        row = rows[draft.draft.opportunity_id]
        since = row.handed_off_at or row.state_at
        records.append(
            HandedOff(
                draft,
                rev=row.rev,
                approved_at=row.approved_at or since,
                handed_off_at=since,
                via=row.handed_off_via or "",
                place=_place(connection, draft),
            )
        )
    return records


def mark_handed_off(
    connection: Connection,
    key: AddressKey,
    approved: Approved,
    *,
    via: str,
    place: Place | None,
    by: str | None,
    now: datetime,
) -> OpportunityChange:
    """See HandingOff.mark_handed_off."""
    change = workflow.decide(
        connection,
        approved.number,
        Decision(Move.HAND_OFF, via=via),
        by=by,
        now=now,
        rev=approved.rev,
        key=key,
        strict=True,
    )
    row = {
        "opportunity_id": approved.number,
        "draft_id": approved.draft.id,
        "via": via,
        "handed_off_at": now,
        "handed_off_by": by,
        "mailbox": place.mailbox if place else None,
        "folder": place.folder if place else None,
        "uid_validity": place.uid_validity if place else None,
        "uid": place.uid if place else None,
    }
    connection.execute(insert(HandOff), [row])
    return change


def mark_found_sent(
    connection: Connection,
    key: AddressKey,
    found: HandedOff,
    *,
    at: datetime,
    message_id: str | None,
    by: str | None,
    now: datetime,
) -> OpportunityChange:
    """See HandingOff.mark_found_sent. An email dated later than `now`, by another clock, was sent at `now`."""
    change = workflow.decide(
        connection,
        found.number,
        Decision(Move.SENT, at=min(at, now)),
        by=by,
        now=now,
        rev=found.rev,
        key=key,
        strict=True,
    )
    newest = _newest(connection, found.number)
    if newest is not None and message_id is not None:
        connection.execute(update(HandOff).where(HandOff.id == newest.id).values(sent_message_id=message_id))
    return change


def sent_message_id(connection: Connection, opportunity_id: int) -> str | None:
    """See HandingOff.sent_message_id."""
    query = (
        select(HandOff.sent_message_id)
        .where(HandOff.opportunity_id == opportunity_id, HandOff.sent_message_id.is_not(None))
        .order_by(HandOff.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def _rows(connection: Connection, found: Sequence[StoredDraft]) -> dict[int, AnyRow]:
    columns = ("id", "rev", "state_at", "approved_at", "handed_off_at", "handed_off_via", "snoozed_until")
    rows: dict[int, AnyRow] = {}
    for part in chunks([draft.draft.opportunity_id for draft in found]):
        query = select(*(getattr(Opportunity, name) for name in columns)).where(Opportunity.id.in_(part))
        rows |= {row.id: row for row in connection.execute(query)}
    return rows


def _place(connection: Connection, draft: StoredDraft) -> Place | None:
    newest = _newest(connection, draft.draft.opportunity_id)
    if newest is None or newest.mailbox is None:
        return None
    return Place(newest.mailbox, newest.folder or "", newest.uid_validity, newest.uid)


def _newest(connection: Connection, opportunity_id: int) -> AnyRow | None:
    query = select(HandOff.__table__).where(HandOff.opportunity_id == opportunity_id).order_by(HandOff.id.desc())
    return connection.execute(query.limit(1)).one_or_none()
