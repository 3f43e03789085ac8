"""Where a person stands in the database: every text and JSON column of every table is looked through.

So a column that is added later is covered without anybody thinking of it. Left out is what people configured or made
themselves (targets, publishers, users) and the suppression list, which holds hashes.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection, Enum, String, Table, Text, cast, or_, select, union

from mentions.outreach.erasing import Person
from mentions.store.models import Base, Contact, Draft, Finding, Publisher, Target
from mentions.store.statements import AnyRow
from mentions.store.types import StorableJson, StorableText

_LEFT_OUT: Final = frozenset({"target", "publisher", "user", "session", "suppression"})


def known_names(connection: Connection, address: str) -> set[str | None]:
    """The names with which this address (in any case, with or without a tag) is stored, people's only.

    An office that signs with the publisher's or a target's name is no person to be struck out of everything.
    """
    person = Person.of(address)
    pairs = (
        (Contact.email, Contact.name),
        (Finding.contact_address, Finding.contact_name),
        (Draft.to_address, Draft.to_name),
    )
    pieces = Person(person.address).pieces
    queries = [
        select(column, name).where(name.is_not(None), or_(*(column.icontains(s, autoescape=True) for s in pieces)))
        for column, name in pairs
    ]
    found = {row[1] for row in connection.execute(union(*queries)) if person.is_in(row[0])}
    others = connection.execute(union(select(Publisher.name), select(Target.name))).scalars()
    not_people = {name.casefold() for name in others}
    return {name for name in found if name and name.casefold() not in not_people}


def rows_naming(connection: Connection, person: Person) -> Iterator[tuple[Table, AnyRow, dict[str, Any]]]:
    """Every row that names this person: its table, the whole row, and the columns that do with their values."""
    for table in Base.metadata.sorted_tables:
        columns = texts_of(table)
        if not columns or table.name in _LEFT_OUT:
            continue
        likely = or_(
            *(cast(column, Text).icontains(piece, autoescape=True) for column in columns for piece in person.pieces)
        )
        for row in connection.execute(select(table).where(likely).order_by(table.c.id)).all():
            named = {c.name: row._mapping[c.name] for c in columns if person.is_in(row._mapping[c.name])}
            if named:
                yield table, row, named


def texts_of(table: Table) -> list[Column[Any]]:
    """The columns of a table that may hold free text."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, StorableText | StorableJson | String) and not isinstance(column.type, Enum)
    ]
