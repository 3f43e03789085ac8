"""A source, and what it says tonight. Bytes in, announced pages out."""

from dataclasses import dataclass

from mentions.exceptions import SourceError
from mentions.publishers import SourceKind
from mentions.sources.announced import Announced
from mentions.sources.feeds import read_feed
from mentions.sources.gdelt import read_gdelt
from mentions.sources.listings import PageLink, read_links, read_listing
from mentions.sources.lists import read_list
from mentions.sources.paging import next_page
from mentions.sources.searches import read_search
from mentions.sources.sitemaps import Sitemap, SitemapEntry, read_news_sitemap, read_sitemap


@dataclass(frozen=True, slots=True)
class Source:
    """One place where pages are announced."""

    url: str  # what it is known by; a file's path for lists and archives
    kind: SourceKind
    publisher: str = ""  # Publisher.domain; "": it announces pages of any site
    depth: int = 0  # sitemap indexes above it
    turned: int = 0  # pages of a listing before this one
    target: str | None = None  # Target.name, where it was asked for one target
    query: str | None = None  # what it was asked for
    request_url: str | None = None  # what is fetched, where that differs from night to night

    @property
    def address(self) -> str:
        """What is fetched."""
        return self.request_url or self.url


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says: announced pages, links to follow (crawled sites), sitemaps to read next (indexes)."""

    pages: tuple[Announced, ...] = ()
    links: tuple[PageLink, ...] = ()
    sitemaps: tuple[SitemapEntry, ...] = ()
    cut: bool = False  # it held more than we read
    next_page: str | None = None  # where a listing goes on
    problems: tuple[str, ...] = ()  # parts that could not be read, in plain words; the rest was

    @property
    def empty(self) -> bool:
        """Does it announce nothing at all?"""
        return not (self.pages or self.links or self.sitemaps)


def read_source(
    source: Source, body: bytes, url: str, content_type: str | None = None, *, listing_pattern: str | None = None
) -> Reading:
    """What `body`, fetched from `url`, announces. Raises SourceError with a plain reason when it cannot be read."""
    match source.kind:
        case SourceKind.FEED:
            return Reading(pages=tuple(read_feed(body, url, content_type)))
        case SourceKind.SEARCH:
            return Reading(pages=tuple(read_search(body, url, content_type)))
        case SourceKind.NEWS_SITEMAP:
            return _of_sitemap(read_news_sitemap(body, url, content_type))
        case SourceKind.SITEMAP:
            return _of_sitemap(read_sitemap(body, url, content_type))
        case SourceKind.LISTING:
            pages = read_listing(body, url, pattern=listing_pattern)
            return Reading(pages=tuple(pages), next_page=next_page(body, url))
        case SourceKind.CRAWL:
            return Reading(links=tuple(read_links(body, url)))
        case SourceKind.GDELT:
            pages, cut = read_gdelt(body)
            return Reading(pages=tuple(pages), cut=cut)
        case SourceKind.LIST:
            found = read_list(body, url)
            return Reading(pages=found.pages, cut=found.cut, problems=found.problems)
        case _:
            raise SourceError(f"a source of kind {source.kind.value} is not read from bytes")


def _of_sitemap(sitemap: Sitemap) -> Reading:
    return Reading(pages=sitemap.pages, sitemaps=sitemap.sitemaps, cut=sitemap.cut)
