"""Contacts of publishers, and the looks at pages that publish them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from mentions.exceptions import DecisionRefused, NothingThere
from mentions.outreach.contacts.looking import LOOKS_A_MONTH, MONTH
from mentions.outreach.contacts.model import Confidence, FoundContact, Lead, LeadKind, Role
from mentions.outreach.contacts.ranking import Subject, rank_of, ranked
from mentions.outreach.names import person_name
from mentions.store import suppression
from mentions.store.frontier import publisher_ids
from mentions.store.key import AddressKey
from mentions.store.models import Contact, ContactPage, Event, Finding, Opportunity, Page, Publisher
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow, upsert
from mentions.undoing import CONTACT_CHOICE_BACK, CONTACT_CHOSEN

# In these states no person has approved a text to anybody yet.
_OPEN: Final = (OpportunityState.NEW, OpportunityState.DRAFTED)


@dataclass(frozen=True, slots=True)
class StoredContact:
    """A contact as it lies in the store, with when it was seen where it is published."""

    id: int
    publisher: str  # domain
    contact: FoundContact
    first_seen_at: datetime
    last_seen_at: datetime
    chosen: bool = False  # a person chose it for the opportunity that was asked about


def save(
    connection: Connection, key: AddressKey, publisher: str, contacts: Iterable[FoundContact], now: datetime
) -> int:
    """Writes down who a page publishes; returns how many are new. Who must not be written to is not kept.

    A contact that is known keeps its surer provenance; that it was seen again is noted. Drafts to be written take
    the best of them.
    """
    publisher_id = publisher_ids(connection, [publisher], now)[publisher]
    contacts = list(contacts)
    allowed = suppression.allowed(connection, key, [c.address for c in contacts if c.address], publisher)
    erased = suppression.erased_names(connection, key, [c.name for c in contacts if c.name])
    known = {_key(row.email, row.form_url, row.name): row for row in _rows(connection, publisher_id)}
    new = 0
    for contact in contacts:
        if (contact.address is not None and contact.address not in allowed) or contact.name in erased:
            continue
        place = _key(contact.address, contact.form_url, contact.name)
        row = known.get(place)
        if row is None:
            values = _values(contact, now) | {"publisher_id": publisher_id, "email": contact.address}
            connection.execute(insert(Contact), [values | {"first_seen_at": now}])
            new += 1
        else:
            seen_at = max(now, row.last_seen_at)
            values = _values(contact, seen_at) if _is_surer(contact, row) else {"last_seen_at": seen_at}
            connection.execute(update(Contact).where(Contact.id == row.id).values(**values))
    _give_to_open_findings(connection, publisher_id)
    return new


def of_publisher(connection: Connection, publisher: str) -> tuple[StoredContact, ...]:
    """Everybody known at a publisher, by role and address."""
    publisher_id = connection.execute(select(Publisher.id).where(Publisher.domain == publisher)).scalar()
    found = [_stored(row, publisher) for row in _rows(connection, publisher_id)] if publisher_id else []
    roles = list(Role)
    return tuple(sorted(found, key=lambda c: (roles.index(c.contact.role), c.contact.address or "~", c.id)))


def publishers_with_contacts(connection: Connection) -> tuple[str, ...]:
    """The domains of the publishers of which somebody is known, in order."""
    query = select(Publisher.domain).join(Contact, Contact.publisher_id == Publisher.id)
    rows = connection.execute(query.where(Contact.erased_at.is_(None)).distinct())
    return tuple(sorted(row.domain for row in rows))


def article_of(connection: Connection, opportunity_id: int) -> tuple[str, str]:
    """The address of the article that an opportunity is about, and its publisher's domain. Raises StoreError."""
    row = _opportunity(connection, opportunity_id)
    return row.page_url, row.publisher


def for_opportunity(connection: Connection, opportunity_id: int) -> tuple[StoredContact, ...]:
    """Who may be asked about an article, a person's choice first, then the best. Raises StoreError: no such number."""
    row = _opportunity(connection, opportunity_id)
    found = {stored.contact: stored for stored in map(_with(row.publisher), _rows(connection, row.publisher_id))}
    subject = _subject(row.page_url, row.author)
    order = [found[contact] for contact in ranked(found, subject)]
    chosen = [stored for stored in found.values() if stored.id == row.contact_id]
    rest = [stored for stored in order if stored.id != row.contact_id]
    return (*(_chosen(stored) for stored in chosen), *rest)


def choose(
    connection: Connection,
    key: AddressKey,
    opportunity_id: int,
    contact_id: int | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """A person's choice for an opportunity; None takes it back, and the best counts again.

    Raises DecisionRefused for one who must not be written to, and for a draft that was approved; NothingThere for a
    contact of another publisher.
    """
    row = _opportunity(connection, opportunity_id)
    if row.state not in _OPEN:
        state = row.state.value.replace("_", " ")
        raise DecisionRefused(f"draft {opportunity_id}: it is {state}; its recipient does not change any more")
    if contact_id is not None:
        wanted = next((c for c in _rows(connection, row.publisher_id) if c.id == contact_id), None)
        if wanted is None:
            raise NothingThere(f"there is no contact {contact_id} at {row.publisher}, which published the article")
        why = suppression.suppressed(connection, key, wanted.email, row.publisher) if wanted.email else None
        if why:
            raise DecisionRefused(f"draft {opportunity_id}: contact {contact_id} must not be written to: {why}")
    connection.execute(
        update(Opportunity)
        .where(Opportunity.id == opportunity_id)
        .values(contact_id=contact_id, rev=Opportunity.rev + 1)
    )
    kind = CONTACT_CHOSEN if contact_id is not None else CONTACT_CHOICE_BACK
    event = {"at": now, "kind": kind, "subject": f"opportunity/{opportunity_id}", "actor": by}
    connection.execute(insert(Event), [event | {"detail": {"contact": contact_id}}])


def chosen(connection: Connection, opportunity_id: int) -> int | None:
    """The number of the contact that a person chose; None: nobody did."""
    query = select(Opportunity.contact_id).where(Opportunity.id == opportunity_id)
    return connection.execute(query).scalar_one()


def save_leads(connection: Connection, key: AddressKey, publisher: str, leads: Sequence[Lead], now: datetime) -> None:
    """Writes down pages that may publish contacts; a known one stays as it is. None about somebody who was erased."""
    erased = suppression.erased_names(connection, key, [lead.name for lead in leads if lead.name])
    publisher_id = publisher_ids(connection, [publisher], now)[publisher]
    rows = [
        {
            "publisher_id": publisher_id,
            "url": lead.url,
            "kind": lead.kind,
            "name": lead.name,
            "found_on": lead.found_on,
            "found_at": now,
        }
        for lead in {lead.url: lead for lead in leads}.values()
        if lead.name not in erased
    ]
    if rows:
        connection.execute(upsert(connection, ContactPage, ["publisher_id", "url"]), rows)


def leads_left(connection: Connection, publisher: str, now: datetime) -> tuple[Lead, ...]:
    """The pages of a publisher to look at: not looked at within a month, and none once its monthly budget is spent."""
    query = (
        select(ContactPage.__table__)
        .join(Publisher, Publisher.id == ContactPage.publisher_id)
        .where(Publisher.domain == publisher)
        .order_by(ContactPage.id)
    )
    rows = connection.execute(query).all()
    lately = [row.id for row in rows if row.looked_at is not None and row.looked_at > now - MONTH]
    if len(lately) >= LOOKS_A_MONTH:
        return ()
    return tuple(Lead(LeadKind(row.kind), row.url, row.found_on, row.name) for row in rows if row.id not in lately)


def save_look(
    connection: Connection, publisher: str, url: str, *, now: datetime, problem: str | None, contacts: int | None
) -> None:
    """A page was looked at for contacts. `problem` None: it was read, and published `contacts` of them."""
    publisher_id = select(Publisher.id).where(Publisher.domain == publisher).scalar_subquery()
    connection.execute(
        update(ContactPage)
        .where(ContactPage.publisher_id == publisher_id, ContactPage.url == url)
        .values(looked_at=now, problem=problem, contacts=contacts)
    )


def looks_since(connection: Connection, publisher: str, since: datetime) -> int:
    """How many pages of a publisher were looked at for contacts since then."""
    return connection.execute(
        select(func.count())
        .select_from(ContactPage)
        .join(Publisher, Publisher.id == ContactPage.publisher_id)
        .where(Publisher.domain == publisher, ContactPage.looked_at > since)
    ).scalar_one()


def _give_to_open_findings(connection: Connection, publisher_id: int) -> None:
    """What is asked about and not approved yet gets the best contact that is known now, where it had none or worse."""
    query = (
        select(
            Finding.id,
            Finding.contact_address,
            func.coalesce(Page.final_url, Page.url).label("page_url"),
            Page.author,
        )
        .join(Page, Page.id == Finding.page_id)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .where(Page.publisher_id == publisher_id, Opportunity.state.in_(_OPEN))
    )
    known = [_found(row) for row in _rows(connection, publisher_id)]
    with_address = [contact for contact in known if contact.address]
    for row in connection.execute(query).all() if with_address else ():
        subject = _subject(row.page_url, row.author)
        best = next(iter(ranked(with_address, subject)), None)
        present = next((contact for contact in with_address if contact.address == row.contact_address), None)
        if best and best != present and _beats(best, present, subject, had_one=row.contact_address is not None):
            connection.execute(
                update(Finding)
                .where(Finding.id == row.id)
                .values(
                    contact_address=best.address,
                    contact_name=best.name,
                    contact_source_url=best.source_url,
                    contact_why=best.why,
                )
            )


def _beats(best: FoundContact, present: FoundContact | None, subject: Subject, *, had_one: bool) -> bool:
    """Is it a gain to write to `best` instead? The look at the page itself knew more of it: its section."""
    if present is None:
        return not had_one
    if present.role is Role.SECTION_EDITOR:
        return rank_of(best, subject) == 0
    return True


def _rows(connection: Connection, publisher_id: int) -> Sequence[AnyRow]:
    """The contacts of a publisher that were not erased."""
    query = select(Contact.__table__).where(Contact.publisher_id == publisher_id, Contact.erased_at.is_(None))
    return connection.execute(query.order_by(Contact.id)).all()


def _opportunity(connection: Connection, opportunity_id: int) -> AnyRow:
    query = (
        select(
            Opportunity.state,
            Opportunity.contact_id,
            func.coalesce(Page.final_url, Page.url).label("page_url"),
            Page.author,
            Page.publisher_id,
            Publisher.domain.label("publisher"),
        )
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .where(Opportunity.id == opportunity_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NothingThere(f"there is no opportunity {opportunity_id}")
    return row


def _subject(page_url: str, author: str | None) -> Subject:
    return Subject(page_url, person_name(author))


def _key(email: str | None, form_url: str | None, name: str | None) -> str:
    """What makes two sightings one contact: of hidden addresses one a publisher, and one for each author."""
    return email or form_url or f"hidden: {name or ''}"


def _is_surer(contact: FoundContact, row: AnyRow) -> bool:
    """Does this sighting say as much as what is known, or more? A later one of the same weight is the fresher one."""
    before = _found(row)
    order, roles = list(Confidence), list(Role)
    return (order.index(contact.confidence), roles.index(contact.role)) <= (
        order.index(before.confidence),
        roles.index(before.role),
    )


def _values(contact: FoundContact, now: datetime) -> dict[str, Any]:
    return {
        "name": contact.name,
        "role": contact.role.value,
        "confidence": contact.confidence.value,
        "source_url": contact.source_url,
        "form_url": contact.form_url,
        "why": contact.why,
        "section": contact.section,
        "obfuscated": contact.obfuscated,
        "last_seen_at": now,
    }


def _with(publisher: str) -> Any:
    return lambda row: _stored(row, publisher)


def _stored(row: AnyRow, publisher: str) -> StoredContact:
    return StoredContact(row.id, publisher, _found(row), row.first_seen_at, row.last_seen_at)


def _chosen(stored: StoredContact) -> StoredContact:
    return StoredContact(
        stored.id, stored.publisher, stored.contact, stored.first_seen_at, stored.last_seen_at, chosen=True
    )


def _found(row: AnyRow) -> FoundContact:
    return FoundContact(
        role=Role(row.role) if row.role else Role.GENERAL,
        confidence=Confidence(row.confidence) if row.confidence else Confidence.LOW,
        source_url=row.source_url,
        why=row.why or "",
        address=row.email,
        name=row.name,
        section=row.section,
        form_url=row.form_url,
        obfuscated=row.obfuscated,
    )
