"""Sources: what is needed to ask them again politely, and what came of the last look."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from mentions.store.frontier import publisher_ids
from mentions.store.models import Page, Source
from mentions.store.records import SourceLook, SourceNews
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


def save(connection: Connection, look: SourceLook) -> None:
    """Writes down a look. One that failed keeps what the last good look said."""
    publisher = look.publisher
    publisher_id = publisher_ids(connection, [publisher], look.looked_at)[publisher] if publisher else None
    kept_when_bad = [] if look.problem else ["etag", "last_modified", "found"]
    statement = upsert(
        connection,
        Source,
        ["url"],
        ["publisher_id", "kind", "target", "query", "last_looked_at", "problem", *kept_when_bad],
        lambda new: {"last_good_at": func.coalesce(new.excluded.last_good_at, Source.last_good_at)},
    )
    row = {
        "url": look.url,
        "publisher_id": publisher_id,
        "kind": look.kind,
        "target": look.target,
        "query": look.query,
        "etag": look.etag,
        "last_modified": look.last_modified,
        "last_looked_at": look.looked_at,
        "last_good_at": None if look.problem else look.looked_at,
        "found": look.found,
        "problem": look.problem,
    }
    connection.execute(statement, [row])
