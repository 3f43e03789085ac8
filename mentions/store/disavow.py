"""Domains that a person marked for the disavow file."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from mentions.exports.disavow import Disavowed
from mentions.store.models import DisavowedDomain
from mentions.store.runs import record_event
from mentions.store.statements import insert


def add(connection: Connection, domain: str, *, reason: str | None, by: str, now: datetime) -> bool:
    """Marks a domain; returns whether it is new. One that is marked stays as it was first marked."""
    statement = insert(connection, DisavowedDomain).on_conflict_do_nothing(index_elements=["domain"])
    values = {"domain": domain, "reason": reason, "marked_by": by, "marked_at": now}
    new = bool(connection.execute(statement.values(values)).rowcount)
    if new:
        record_event(connection, "domain disavowed", f"domain/{domain}", {"reason": reason}, now, by)
    return new


def remove(connection: Connection, domain: str, *, by: str, now: datetime) -> bool:
    """Takes the mark away; returns whether there was one."""
    found = bool(connection.execute(delete(DisavowedDomain).where(DisavowedDomain.domain == domain)).rowcount)
    if found:
        record_event(connection, "domain no longer disavowed", f"domain/{domain}", {}, now, by)
    return found


def find(connection: Connection) -> list[Disavowed]:
    """Every marked domain, sorted."""
    rows = connection.execute(select(DisavowedDomain.__table__))
    found = [Disavowed(row.domain, row.reason, row.marked_by, row.marked_at) for row in rows]
    return sorted(found, key=lambda entry: entry.domain)
