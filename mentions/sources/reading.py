"""The sources a publisher declares, and what one of them says tonight."""

from dataclasses import dataclass

from mentions.exceptions import SourceError
from mentions.publishers import Publisher, SourceKind
from mentions.sources.announced import Announced
from mentions.sources.feeds import read_feed
from mentions.sources.listings import PageLink, read_links, read_listing
from mentions.sources.sitemaps import SitemapEntry, read_news_sitemap


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a publisher announces pages. `depth` counts the sitemap indexes above it."""

    url: str
    kind: SourceKind
    publisher: str  # Publisher.domain
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says: announced pages, links to follow (crawled sites), sitemaps to read next (indexes)."""

    pages: tuple[Announced, ...] = ()
    links: tuple[PageLink, ...] = ()
    sitemaps: tuple[SitemapEntry, ...] = ()
    cut: bool = False  # it held more than we read

    @property
    def empty(self) -> bool:
        """Does it announce nothing at all?"""
        return not (self.pages or self.links or self.sitemaps)


def sources_of(publisher: Publisher) -> tuple[Source, ...]:
    """Every declared source, each address once, in the order they are read: what announces most for least first."""
    declared = (
        (SourceKind.NEWS_SITEMAP, publisher.news_sitemaps),
        (SourceKind.FEED, publisher.feeds),
        (SourceKind.LISTING, publisher.listings),
        (SourceKind.CRAWL, publisher.crawl),
    )
    sources = [Source(url, kind, publisher.domain) for kind, urls in declared for url in urls]
    return tuple({source.url: source for source in reversed(sources)}.values())[::-1]


def read_source(
    source: Source, body: bytes, url: str, content_type: str | None = None, *, listing_pattern: str | None = None
) -> Reading:
    """What `body`, fetched from `url`, announces. Raises SourceError with a plain reason when it cannot be read."""
    match source.kind:
        case SourceKind.FEED:
            return Reading(pages=tuple(read_feed(body, url, content_type)))
        case SourceKind.NEWS_SITEMAP:
            sitemap = read_news_sitemap(body, url, content_type)
            return Reading(pages=sitemap.pages, sitemaps=sitemap.sitemaps, cut=sitemap.cut)
        case SourceKind.LISTING:
            return Reading(pages=tuple(read_listing(body, url, pattern=listing_pattern)))
        case SourceKind.CRAWL:
            return Reading(links=tuple(read_links(body, url)))
        case _:
            raise SourceError(f"a source of kind {source.kind.value} is not read by a crawl")
