"""Forgetting a person, and telling what is held about them (GDPR articles 15 and 17)."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, update

from mentions.exceptions import DecisionRefused
from mentions.outreach.erasing import Person, struck_out
from mentions.outreach.suppression import SuppressionKind, hashed, hashed_name
from mentions.store import suppression, workflow
from mentions.store.holdings import known_names, rows_naming
from mentions.store.key import AddressKey
from mentions.store.models import Contact, ContactPage, Draft, Event, Opportunity
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow
from mentions.workflow import Decision, Move

REASON: Final = "erased at the person's request"

_LONG: Final = frozenset({"text", "sketch"})  # of a page: mostly about others; told in excerpts

# A field that is about one person is emptied, not blacked out: a greeting must not say "Dear ████".
_ABOUT_ONE: Final = frozenset({"author", "name", "email", "contact_name", "contact_address", "to_name", "to_address"})
# By which columns a row is this person's own, and what it then loses: the address of an author's page holds the name.
_THEIRS: Final[Mapping[str, tuple[tuple[str, str], Mapping[str, object]]]] = {
    "contact": (
        ("email", "name"),
        {"email": None, "name": None, "role": None, "form_url": None, "source_url": "", "why": None},
    ),
    "finding": (
        ("contact_address", "contact_name"),
        {"contact_address": None, "contact_name": None, "contact_source_url": None, "contact_why": None},
    ),
    "draft": (("to_address", "to_name"), {"to_address": None, "to_name": None, "contact_source_url": None}),
}
_AROUND: Final = 120  # characters on either side, of texts that are mostly about others


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure changed: rows by table, and the opportunities whose emails went, or were to go, to the person."""

    rows: Mapping[str, int]
    opportunities: tuple[int, ...]
    person: Person  # for looking through files; not to be kept


def erase(connection: Connection, key: AddressKey, address: str, *, by: str, now: datetime) -> Erased:
    """Strikes a person out of every table, and suppresses them so that no crawl brings them back.

    Approvals of emails to them are taken back, what was sent is closed as suppressed. Raises ValueError for a text
    that is not one address, StoreError where the key is missing.
    """
    secret = suppression.key_for_writing(connection, key)
    person = Person.of(address, known_names(connection, address))
    found = list(rows_naming(connection, person))
    opportunities = sorted({row.opportunity_id for table, row, _ in found if _is_theirs(table, row, person, "draft")})
    for opportunity_id in opportunities:
        _stop(connection, key, opportunity_id, by, now)
    for table, row, named in found:
        _strike_out(connection, table, row, named, person, now)
    counted = Counter(table.name for table, _, _ in found)
    entries = [(SuppressionKind.ADDRESS, hashed(person.address, secret))]
    entries += [(SuppressionKind.NAME, hashed_name(name, secret)) for name in sorted(person.names)]
    for kind, value in entries:
        suppression.put(connection, kind, value, key=secret, reason=REASON, by=by, now=now)
    detail = {"rows": dict(counted)}
    event = {"at": now, "kind": "contact erased", "subject": "contact", "actor": by, "detail": detail}
    connection.execute(insert(Event), [event])
    return Erased(dict(counted), tuple(opportunities), person)


def held(connection: Connection, address: str) -> list[dict[str, object]]:
    """Every row that names a person, as JSON values: the table, when and where from, and what it says of them.

    Of texts about others (articles, notes) only what stands around the name. Raises ValueError.
    """
    person = Person.of(address, known_names(connection, address))
    return [_told(table, row, named, person) for table, row, named in rows_naming(connection, person)]


def _is_theirs(table: Table, row: AnyRow, person: Person, name: str | None = None) -> bool:
    """Is the row about this person, rather than a text that names them? `name`: only in this table."""
    if table.name not in _THEIRS or name not in {None, table.name}:
        return False
    return any(person.is_in(row._mapping[column]) for column in _THEIRS[table.name][0])


def _stop(connection: Connection, key: AddressKey, opportunity_id: int, by: str, now: datetime) -> None:
    """No follow-up to somebody who asked to be forgotten, and no hand-off of an email to nobody."""
    standing = workflow.standing(connection, opportunity_id)
    asked = standing.sent_at is not None or standing.state is OpportunityState.HANDED_OFF
    if asked:
        decision = Decision(Move.SUPPRESS, reason=REASON)
    elif standing.state is OpportunityState.APPROVED:
        decision = Decision(Move.UNAPPROVE)
    else:
        return
    with suppress(DecisionRefused):  # it is closed already
        workflow.decide(connection, opportunity_id, decision, by=by, now=now, rev=None, key=key, strict=True)


def _strike_out(
    connection: Connection, table: Table, row: AnyRow, named: Mapping[str, Any], person: Person, now: datetime
) -> None:
    this = table.c.id == row.id
    if table is ContactPage.__table__ and "name" in named:
        connection.execute(delete(table).where(this))
        return
    theirs = _is_theirs(table, row, person)
    pattern, columns = person.pattern, dict(named)
    if theirs and table is Draft.__table__:
        pattern = person.pattern_in_letters
        columns |= {name: row._mapping[name] for name in ("subject", "body", "problems")}
    values: dict[str, Any] = {
        name: None if name in _ABOUT_ONE and table.c[name].nullable else struck_out(value, pattern)
        for name, value in columns.items()
    }
    if theirs:
        values |= _THEIRS[table.name][1]
    if theirs and table is Contact.__table__:
        values["erased_at"] = now
        chose = update(Opportunity).where(Opportunity.contact_id == row.id)
        connection.execute(chose.values(contact_id=None))
    connection.execute(update(table).where(this).values(values))


def _told(table: Table, row: AnyRow, named: Mapping[str, Any], person: Person) -> dict[str, object]:
    values: dict[str, Any] = {
        column.name: row._mapping[column.name] for column in table.columns if column.name not in _LONG
    }
    if not _is_theirs(table, row, person):
        values |= {name: _around(value, person) for name, value in named.items()}
    told = {name: _plain(value) for name, value in values.items() if value is not None}
    return {"table": table.name, **told}


def _around(value: Any, person: Person) -> Any:
    if not isinstance(value, str) or len(value) <= 4 * _AROUND:
        return value
    found = person.pattern.finditer(value)
    return [value[max(0, match.start() - _AROUND) : match.end() + _AROUND] for match in found]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
