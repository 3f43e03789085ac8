"""Everybody who may be written to, as one list, with where they were found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, or_, select

from mentions.store.connecting import Connecting
from mentions.store.models import Contact, Publisher
from mentions.store.statements import AnyRow, AnySelect, holds

PAGE_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Addressee:
    """One contact that was not erased. `address` None: only a form is published, or the page hides the address."""

    id: int
    publisher: str  # domain
    publisher_name: str
    address: str | None
    name: str | None
    role: str | None
    section: str | None
    confidence: str | None
    source_url: str
    form_url: str | None
    why: str | None
    first_seen_at: datetime
    last_seen_at: datetime


class Addressing(Connecting):
    """Part of mentions.store.Store."""

    def addressees(
        self, *, text: str = "", after: int | None = None, before: int | None = None, rows: int = PAGE_ROWS
    ) -> tuple[list[Addressee], bool]:
        """A page of the contacts, the last found first, behind or before a number; and whether there are more there.

        `text`: only those in whose address, name or publisher it stands.
        """
        with self._read() as connection:
            return lines(connection, text=text, after=after, before=before, rows=rows)

    def addressee(self, contact_id: int) -> Addressee | None:
        """One contact; None: there is none of that number, or it was erased."""
        with self._read() as connection:
            row = connection.execute(_query().where(Contact.id == contact_id)).one_or_none()
            return None if row is None else _addressee(row)


def lines(
    connection: Connection, *, text: str, after: int | None, before: int | None, rows: int
) -> tuple[list[Addressee], bool]:
    """See Addressing.addressees."""
    query = _query()
    if text:
        columns = (Contact.email, Contact.name, Publisher.domain, Publisher.name)
        query = query.where(or_(*(holds(column, text.strip()) for column in columns)))
    if after is not None:
        query = query.where(Contact.id < after)
    if before is not None:
        query = query.where(Contact.id > before)
    order = Contact.id.asc() if before is not None else Contact.id.desc()
    found = connection.execute(query.order_by(order).limit(rows + 1)).all()
    shown = found[:rows][::-1] if before is not None else found[:rows]
    return [_addressee(row) for row in shown], len(found) > rows


def _query() -> AnySelect:
    return (
        select(
            Contact.id,
            Publisher.domain.label("publisher"),
            Publisher.name.label("publisher_name"),
            Contact.email.label("address"),
            Contact.name,
            Contact.role,
            Contact.section,
            Contact.confidence,
            Contact.source_url,
            Contact.form_url,
            Contact.why,
            Contact.first_seen_at,
            Contact.last_seen_at,
        )
        .join(Publisher, Publisher.id == Contact.publisher_id)
        .where(Contact.erased_at.is_(None))
    )


def _addressee(row: AnyRow) -> Addressee:
    return Addressee(*row)
