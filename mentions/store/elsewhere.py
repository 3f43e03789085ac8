"""Pages of sites that nobody declared as publishers: found by searches, lists and archives, waiting or seen already."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from mentions.store.frontier import MAX_ATTEMPTS
from mentions.store.keys import page_key
from mentions.store.models import Page, Publisher
from mentions.store.statements import chunks


def publishers_waiting(connection: Connection, now: datetime) -> list[str]:
    """The domains of every publisher that has pages to look at (as frontier.waiting counts them), sorted."""
    waits = or_(
        and_(Page.attempts == 0, Page.last_looked_at.is_(None)),
        and_(Page.attempts.in_(range(1, MAX_ATTEMPTS)), Page.last_looked_at < now),
    )
    of_publisher = select(Page.id).where(Page.publisher_id == Publisher.id, waits).exists()
    return list(connection.execute(select(Publisher.domain).where(of_publisher).order_by(Publisher.domain)).scalars())


def looked_at(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the page keys that were fetched at least once, whatever came of it."""
    given = {page_key(key): key for key in keys}
    return {
        given[row.key]
        for part in chunks(list(given))
        for row in connection.execute(select(Page.key).where(Page.key.in_(part), Page.last_looked_at.is_not(None)))
    }
