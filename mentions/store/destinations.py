"""Where addresses lead, kept from night to night."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, select

from mentions.destinations import Destination
from mentions.store.models import Destination as Row
from mentions.store.statements import AnyRow, bytewise, chunks, upsert

_COLUMNS: Final = (
    Row.url,
    Row.ours,
    Row.looked_at,
    Row.final_url,
    Row.http_status,
    Row.problem,
    Row.failures,
    Row.failing_since,
    Row.hops,
)


def find(connection: Connection, urls: Iterable[str]) -> dict[str, Destination]:
    """What is known of these addresses, by address."""
    query = select(*_COLUMNS)
    return {
        row.url: _record(row)
        for part in chunks(sorted(set(urls)))
        for row in connection.execute(query.where(Row.url.in_(part)))
    }


def own_pages(connection: Connection) -> list[Destination]:
    """Every page of ours that was looked at, sorted by address."""
    query = select(*_COLUMNS).where(Row.ours).order_by(bytewise(connection, Row.url))
    return [_record(row) for row in connection.execute(query)]


def save(connection: Connection, destinations: Sequence[Destination]) -> None:
    """Writes looks; the last one of each address counts."""
    rows = list({found.url: asdict(found) for found in destinations}.values())
    if rows:
        changed = [name for name in rows[0] if name != "url"]
        connection.execute(upsert(connection, Row, ["url"], changed), rows)


def _record(row: AnyRow) -> Destination:
    hops = tuple((status, url) for status, url in row.hops or ())
    return Destination(**{**row._asdict(), "hops": hops})
