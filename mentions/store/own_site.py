"""Our own site as its last crawl found it, and which reclaimed links end where."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from mentions.own_pages.site import LinkingPage, OwnSite, SiteCrawl, SitePage
from mentions.store.connecting import Connecting
from mentions.store.models import Opportunity, Recheck
from mentions.store.models import SiteCrawl as CrawlRow
from mentions.store.models import SitePage as PageRow
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow, bytewise

_COLUMNS: Final = tuple(column for column in PageRow.__table__.columns if column.name != "id")


class OwnSites(Connecting):
    """Part of mentions.store.Store."""

    def save_own_site(self, crawl: SiteCrawl, pages: Sequence[SitePage]) -> None:
        """Writes down a crawl of our own site, in place of what the one before found."""
        with self._write() as connection:
            save_own_site(connection, crawl, pages)

    def own_site(self) -> OwnSite | None:
        """What the last crawl of our own site found; None where there was none."""
        with self._read() as connection:
            return own_site(connection)

    def own_site_crawled(self) -> SiteCrawl | None:
        """The last crawl of our own site, without its pages; None: there was none."""
        with self._read() as connection:
            return last_crawl(connection)

    def reclaimed_by_page(self) -> dict[str, int]:
        """How many reclaimed links stand that lead to each page of ours, by address as linked."""
        with self._read() as connection:
            return reclaimed_by_page(connection)


def save_own_site(connection: Connection, crawl: SiteCrawl, pages: Sequence[SitePage]) -> None:
    """See OwnSites.save_own_site."""
    connection.execute(insert(CrawlRow), [{"ended_at": crawl.ended_at, "pages": crawl.pages, "left": crawl.left}])
    connection.execute(delete(PageRow))
    if pages:
        connection.execute(insert(PageRow), [asdict(page) for page in pages])


def own_site(connection: Connection) -> OwnSite | None:
    """See OwnSites.own_site."""
    crawl = last_crawl(connection)
    if crawl is None:
        return None
    rows = connection.execute(select(*_COLUMNS).order_by(bytewise(connection, PageRow.url)))
    return OwnSite(crawl, {row.url: _page(row) for row in rows})


def last_crawl(connection: Connection) -> SiteCrawl | None:
    """See OwnSites.own_site_crawled."""
    query = select(CrawlRow.ended_at, CrawlRow.pages, CrawlRow.left).order_by(CrawlRow.id.desc()).limit(1)
    row = connection.execute(query).first()
    return SiteCrawl(row.ended_at, row.pages, row.left) if row else None


def reclaimed_by_page(connection: Connection) -> dict[str, int]:
    """See OwnSites.reclaimed_by_page."""
    query = (
        select(Recheck.link_url, func.count().label("links"))
        .join(Opportunity, Opportunity.id == Recheck.opportunity_id)
        .where(
            Opportunity.state == OpportunityState.RECLAIMED, Recheck.lost_at.is_(None), Recheck.link_url.is_not(None)
        )
        .group_by(Recheck.link_url)
    )
    return {row.link_url: row.links for row in connection.execute(query)}


def _page(row: AnyRow) -> SitePage:
    linking = tuple(LinkingPage(**link) for link in row.linked_from)
    return SitePage(**{**row._asdict(), "linked_from": linking})
