"""Contacts that nobody used are forgotten: what is not needed any more is not kept (GDPR article 5(1)(c) and (e))."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update

from mentions.outreach.erasing import Person, struck_out
from mentions.store.models import Contact, Draft, Event, Finding, Opportunity
from mentions.store.statements import AnyRow, chunks
from mentions.workflow import CLOSED

KEPT_DAYS: Final = 30  # the time within which GDPR article 14(3)(a) wants a person told that data about them is held


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many contacts, addresses on findings, and addressed drafts went."""

    contacts: int = 0
    findings: int = 0
    drafts: int = 0

    @property
    def all(self) -> int:
        """How many rows altogether."""
        return self.contacts + self.findings + self.drafts


def forget_unused(connection: Connection, now: datetime, days: int = KEPT_DAYS) -> Forgotten:
    """Forgets contacts last seen more than `days` ago to whom nobody wrote, or is about to.

    In use is whoever was chosen or is addressed for an opportunity that is open, and whoever an email was handed off
    to: not asking them twice needs their address.
    """
    before = now - timedelta(days=days)
    forgotten = Forgotten(
        drafts=_forget_drafts(connection, before),
        findings=_forget_on_findings(connection, before),
        contacts=_forget_contacts(connection, before),
    )
    if forgotten.all:
        detail = {"contacts": forgotten.contacts, "findings": forgotten.findings, "drafts": forgotten.drafts}
        connection.execute(
            insert(Event), [{"at": now, "kind": "contacts forgotten", "subject": "contact", "detail": detail}]
        )
    return forgotten


def _in_use() -> ColumnElement[bool]:
    """Of an opportunity: a person may still write to its contact, or did."""
    return or_(Opportunity.state.not_in(list(CLOSED)), _written_to())


def _written_to() -> ColumnElement[bool]:
    return or_(Opportunity.sent_at.is_not(None), Opportunity.handed_off_at.is_not(None))


def _forget_drafts(connection: Connection, before: datetime) -> int:
    """Drafts that were never handed off and belong to something closed long ago lose their addressee."""
    query = (
        select(Draft.id, Draft.to_address, Draft.to_name, Draft.subject, Draft.body)
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .where(Draft.to_address.is_not(None), Opportunity.state_at < before, ~_in_use())
    )
    rows = [_without_addressee(row) for row in connection.execute(query)]
    if rows:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("subject", "body")}
        connection.execute(
            update(Draft)
            .where(Draft.id == bindparam("of"))
            .values(to_address=None, to_name=None, contact_source_url=None, **values),
            rows,
        )
    return len(rows)


def _without_addressee(row: AnyRow) -> dict[str, object]:
    try:
        pattern = Person.of(row.to_address, [row.to_name]).pattern_in_letters
    except ValueError:  # a person's slip of the pen: there is no such address to find in the text
        return {"of": row.id, "new_subject": row.subject, "new_body": row.body}
    return {
        "of": row.id,
        "new_subject": struck_out(row.subject, pattern),
        "new_body": struck_out(row.body, pattern),
    }


def _forget_on_findings(connection: Connection, before: datetime) -> int:
    used = select(Opportunity.id).where(Opportunity.finding_id == Finding.id, _in_use()).exists()
    changed = connection.execute(
        update(Finding)
        .where(Finding.contact_address.is_not(None), Finding.last_checked_at < before, ~used)
        .values(contact_address=None, contact_name=None, contact_source_url=None, contact_why=None)
    )
    return changed.rowcount


def _forget_contacts(connection: Connection, before: datetime) -> int:
    """Whole rows. What was erased stays as a row without a person in it, for the events that name its number."""
    chosen = select(Opportunity.id).where(Opportunity.contact_id == Contact.id).where(_in_use())
    # Joined as a table of its own: asked for each contact, every draft's address would be read for each of them.
    addressed = (
        select(func.lower(Draft.to_address).label("address"))
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .where(Draft.to_address.is_not(None), _in_use())
        .distinct()
        .subquery()
    )
    unused = (
        select(Contact.id)
        .join(addressed, addressed.c.address == func.lower(Contact.email), isouter=True)
        .where(
            Contact.last_seen_at < before,
            or_(Contact.email.is_not(None), Contact.name.is_not(None)),
            ~chosen.exists(),
            addressed.c.address.is_(None),
        )
    )
    numbers = list(connection.execute(unused).scalars())
    for part in chunks(numbers):
        chose = update(Opportunity).where(Opportunity.contact_id.in_(part))
        connection.execute(chose.values(contact_id=None))
        connection.execute(delete(Contact).where(Contact.id.in_(part)))
    return len(numbers)
