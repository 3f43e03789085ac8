"""Pages found and not fetched yet, and what is watched. The page row is the frontier of the crawl."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, case, or_, select, update

from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.publishers import Publisher as PublisherSettings
from mentions.store.keys import page_key
from mentions.store.models import Finding, Page, Publisher, Target
from mentions.store.records import FoundPage, KnownPage, WaitingPage
from mentions.store.statements import chunks, upsert
from mentions.targets import Target as TargetSettings

# Verdicts of pages that do not name a target, or of which nobody knows whether they do.
_NOT_NAMED: Final = (Verdict.NOT_MENTIONED, Verdict.UNKNOWN, Verdict.OWN_PAGE)
MAX_ATTEMPTS: Final = 3  # looks in a row that end in an error before a page is left alone


def register(
    connection: Connection, targets: Iterable[TargetSettings], publishers: Iterable[PublisherSettings], now: datetime
) -> None:
    """Writes down what the configuration watches; a target that is no longer in it is retired, never deleted."""
    rows = [
        {
            "name": t.name,
            "kind": t.kind,
            "url": t.link_url,
            "pages": [page.url for page in t.pages] or None,
            "first_seen_at": now,
            "retired_at": None,
        }
        for t in targets
    ]
    if rows:
        connection.execute(upsert(connection, Target, ["name"], ["kind", "url", "pages", "retired_at"]), rows)
    names = {row["name"] for row in rows}
    known = connection.execute(select(Target.id, Target.name).where(Target.retired_at.is_(None))).all()
    retired = [row.id for row in known if row.name not in names]
    if retired:
        connection.execute(update(Target).where(Target.id.in_(retired)).values(retired_at=now))
    sites = [
        {"domain": p.domain, "name": p.name, "language": p.language, "caveat": p.caveat, "first_seen_at": now}
        for p in publishers
    ]
    if sites:
        connection.execute(upsert(connection, Publisher, ["domain"], ["name", "language", "caveat"]), sites)


def publisher_ids(connection: Connection, domains: Iterable[str], now: datetime) -> dict[str, int]:
    """The row of each publisher by its domain; one that nobody declared is written down under its domain."""
    wanted = sorted(set(domains))
    find = select(Publisher.domain, Publisher.id)
    found = {
        row.domain: row.id
        for part in chunks(wanted)
        for row in connection.execute(find.where(Publisher.domain.in_(part)))
    }
    missing = [domain for domain in wanted if domain not in found]
    if missing:
        rows = [{"domain": domain, "name": domain, "first_seen_at": now} for domain in missing]
        connection.execute(upsert(connection, Publisher, ["domain"]), rows)
        found |= {
            row.domain: row.id
            for part in chunks(missing)
            for row in connection.execute(find.where(Publisher.domain.in_(part)))
        }
    return found


def add_found(connection: Connection, pages: Sequence[FoundPage]) -> int:
    """Writes down pages that were not known; returns how many. A known page stays exactly as it is."""
    first: dict[str, FoundPage] = {}
    for page in pages:
        first.setdefault(page_key(page.key), page)
    publishers = publisher_ids(connection, (p.publisher for p in first.values()), min(p.found_at for p in pages))
    rows = [
        {
            "key": key,
            "url": page.url,
            "publisher_id": publishers[page.publisher],
            "found_at": page.found_at,
            "source_url": page.source_url,
            "source_kind": page.source_kind,
            "source_query": page.query,
            "announced_title": page.title,
            "announced_at": page.published,
            "depth": page.depth,
        }
        for key, page in first.items()
    ]
    added = connection.execute(upsert(connection, Page, ["key"]).returning(Page.id), rows)
    return len(added.all())


def known(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys under which a page is already written down."""
    given = {page_key(key): key for key in keys}
    return {
        given[row.key]
        for part in chunks(list(given))
        for row in connection.execute(select(Page.key).where(Page.key.in_(part)))
    }


def last_good_looks(connection: Connection, keys: Iterable[str]) -> dict[str, datetime]:
    """When the pages of these keys were last looked at well; those that never were are left out."""
    given = {page_key(key): key for key in keys}
    return {
        given[row.key]: row.last_good_at
        for part in chunks(list(given))
        for row in connection.execute(
            select(Page.key, Page.last_good_at).where(Page.key.in_(part), Page.last_good_at.is_not(None))
        )
    }


def known_page(connection: Connection, key: str) -> KnownPage | None:
    """What is known of the page of that key; None where it was never found."""
    query = select(Page.id, Page.state, Page.last_looked_at, Page.attempts, Page.http_status, Page.final_url)
    row = connection.execute(query.where(Page.key == page_key(key))).one_or_none()
    if row is None:
        return None
    named = (
        select(Target.name)
        .join(Finding, Finding.target_id == Target.id)
        .where(Finding.page_id == row.id, Finding.verdict.not_in(_NOT_NAMED), Finding.missing_since.is_(None))
    )
    targets = frozenset(connection.execute(named).scalars())
    looked_at = row.last_looked_at is not None
    return KnownPage(row.state, looked_at, row.attempts, row.http_status, row.final_url, targets)


def make_due(connection: Connection, keys: Iterable[str], now: datetime) -> None:
    """Another look at these pages is due, until one was made."""
    for part in chunks([page_key(key) for key in keys]):
        connection.execute(update(Page).where(Page.key.in_(part), Page.due_at.is_(None)).values(due_at=now))


def waiting(connection: Connection, publisher: str, limit: int, now: datetime) -> list[WaitingPage]:
    """A publisher's pages to look at: never fetched, failed fewer than MAX_ATTEMPTS times, or due for another look.

    Oldest found first, of those the newest published; last those that are due. A page looked at at `now` or later is
    left out: called with the start of a run, this never gives a page that failed in the same run.
    """
    publisher_id = connection.execute(select(Publisher.id).where(Publisher.domain == publisher)).scalar()
    if publisher_id is None:
        return []
    # The publisher stands in both halves: so each is one search in ix_page_frontier, not a walk over all its pages.
    here = Page.publisher_id == publisher_id
    never = and_(here, Page.attempts == 0, Page.last_looked_at.is_(None))
    failed = and_(here, Page.attempts.in_(range(1, MAX_ATTEMPTS)), Page.last_looked_at < now)
    due = and_(here, Page.due_at.is_not(None), Page.attempts == 0, Page.last_looked_at < now)
    query = (
        select(
            Page.key,
            Page.url,
            Page.depth,
            Page.attempts,
            Page.etag,
            Page.last_modified,
            Page.announced_title.label("title"),
            Page.due_at.is_not(None).label("due"),
            # Only where the last look read the page: after "blocked", the same bytes are news.
            case((Page.state == PageState.LIVE, Page.content_hash)).label("content_hash"),
        )
        .where(or_(never, failed, due))
        .order_by(Page.due_at.is_not(None), Page.found_at, Page.announced_at.desc().nulls_last(), Page.id)
        .limit(limit)
    )
    return [
        WaitingPage(
            row.key,
            row.url,
            publisher,
            row.depth,
            row.attempts,
            row.etag,
            row.last_modified,
            row.title,
            bool(row.due),
            row.content_hash,
        )
        for row in connection.execute(query)
    ]
