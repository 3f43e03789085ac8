"""Sources: what is needed to ask them again politely, and what came of the last look."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from mentions.publishers import SourceKind
from mentions.store.frontier import publisher_ids
from mentions.store.models import Page, Source
from mentions.store.records import SourceNews
from mentions.store.statements import upsert


def validators(connection: Connection, url: str) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of the source's last good answer."""
    row = connection.execute(select(Source.etag, Source.last_modified).where(Source.url == url)).first()
    return (row.etag, row.last_modified) if row else (None, None)


def last_good_at(connection: Connection, url: str) -> datetime | None:
    """When the source was last read without a problem; None: never."""
    return connection.execute(select(Source.last_good_at).where(Source.url == url)).scalar()


def news(connection: Connection, since: datetime) -> list[SourceNews]:
    """What each source brought since then; sources that brought nothing are not among them."""
    day = func.date(Page.found_at)
    query = (
        select(
            Page.source_url,
            func.count(day.distinct()).label("days"),
            func.min(Page.found_at).label("first"),
            func.max(Page.found_at).label("last"),
        )
        .where(Page.found_at >= since, Page.source_url.in_(select(Source.url)))
        .group_by(Page.source_url)
        .order_by(Page.source_url)
    )
    return [
        SourceNews(row.source_url, row.days, (row.last.date() - row.first.date()).days + 1, row.last)
        for row in connection.execute(query)
    ]


def save(
    connection: Connection,
    url: str,
    publisher: str | None,
    kind: SourceKind,
    *,
    target: str | None = None,
    query: str | None = None,
    etag: str | None,
    last_modified: str | None,
    looked_at: datetime,
    found: int,
    problem: str | None,
) -> None:
    """Writes down a look. One that failed keeps what the last good look said. `publisher` None: it is nobody's own."""
    publisher_id = publisher_ids(connection, [publisher], looked_at)[publisher] if publisher else None
    kept_when_bad = [] if problem else ["etag", "last_modified", "found"]
    statement = upsert(
        connection,
        Source,
        ["url"],
        ["publisher_id", "kind", "target", "query", "last_looked_at", "problem", *kept_when_bad],
        lambda new: {"last_good_at": func.coalesce(new.excluded.last_good_at, Source.last_good_at)},
    )
    row = {
        "url": url,
        "publisher_id": publisher_id,
        "kind": kind,
        "target": target,
        "query": query,
        "etag": etag,
        "last_modified": last_modified,
        "last_looked_at": looked_at,
        "last_good_at": None if problem else looked_at,
        "found": found,
        "problem": problem,
    }
    connection.execute(statement, [row])
