"""A site looked over once, politely: its front page, its robots.txt, its feeds and sitemaps."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.failures import trouble_of
from mentions.crawling.robots import Robots, RobotsTxt
from mentions.declaring import FoundSite, FoundSource
from mentions.exceptions import FetchError, SourceError
from mentions.publishers import SourceKind
from mentions.sources import Reading, Source, read_source
from mentions.sources.discovery import USUAL_FEEDS, USUAL_SITEMAPS, FrontPage, read_front_page
from mentions.sources.recognising import recognise
from mentions.urls import host_of, registrable_domain

# Nothing is stored, logged or rendered: the caller shows what came of it. No spider but ours is loaded.
QUIET: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "SPIDER_MODULES": [],
    "BACKOFF_LONGEST_S": 0.0,  # someone is waiting: a site that says "not now" is the answer
    "RENDERING": "off",
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}
MAX_SITEMAPS = 6  # of those that robots.txt names: large sites name one for every year
MAX_CHILDREN = 3  # sitemaps of one index that are looked into
_ANNOUNCING = frozenset({SourceKind.FEED, SourceKind.NEWS_SITEMAP, SourceKind.SITEMAP})


class _Nothing(Exception):
    """There is nothing at an address. Raised and caught here only; its text says why."""


class Explorer(Spider):
    """Looks a site over, one request after the other, and leaves what came of it in `found`."""

    name = "explorer"

    def __init__(self, url: str, found: "Found") -> None:
        super().__init__()
        self._url, self._found = url, found
        self._problems: list[str] = []
        self._sources: dict[str, FoundSource] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy begins here; everything is asked for in place, so no request is handed over."""
        try:
            front = await self._get(self._url)
            self._found.site = await self._explored(front)
        except _Nothing as error:
            self._found.problem = str(error)
        return
        yield  # makes this an asynchronous generator, as Scrapy wants it

    async def _explored(self, front: Response) -> FoundSite:
        said = self._front_page(front)
        robots = await self._robots(front.url)
        sitemaps = robots.rules.sitemaps if robots.rules else ()
        for address in said.feeds:
            await self._look_at(address)
        if not self._has(SourceKind.FEED):
            await self._look_at_usual(front.url, USUAL_FEEDS, SourceKind.FEED)
        for address in sorted(sitemaps, key=lambda a: "news" not in a.lower())[:MAX_SITEMAPS]:
            await self._look_at(urljoin(front.url, address), named_sitemap=True)
        if not sitemaps:
            await self._look_at_usual(front.url, USUAL_SITEMAPS, SourceKind.NEWS_SITEMAP)
        if not self._sources:
            self._look_at_front(front)
        return FoundSite(
            domain=registrable_domain(host_of(front.url)),
            front_url=front.url,
            name=said.name,
            language=said.language,
            crawl_delay_s=robots.crawl_delay_s,
            named_us=bool(robots.rules and robots.rules.named_us),
            sources=tuple(self._sources.values()),
            problems=tuple(self._problems),
        )

    def _front_page(self, front: Response) -> FrontPage:
        try:
            return read_front_page(front.body, front.url)
        except SourceError as error:
            raise _Nothing(f"{front.url}: {error}") from error

    async def _robots(self, url: str) -> Robots:
        middleware = self.crawler.get_downloader_middleware(RobotsTxt)
        if middleware is None:
            raise _Nothing("robots.txt is not asked, so nothing else may be")  # no switch turns it off
        return await middleware.rules_of(url)

    async def _look_at_usual(self, front_url: str, paths: tuple[str, ...], wanted: SourceKind) -> None:
        """Asks at the usual places, one after the other, until something is there. Misses say nothing."""
        for path in paths:
            problems = len(self._problems)
            await self._look_at(urljoin(front_url, path))
            del self._problems[problems:]
            if self._has(wanted):
                return

    async def _look_at(self, address: str, *, in_index: bool = False, named_sitemap: bool = False) -> None:
        """Reads one possible source; notes why where it is none."""
        if address in self._sources:
            return
        try:
            response = await self._get(address)
            kind = recognise(response.body, response.url, _content_type(response))
            if named_sitemap and kind is SourceKind.LIST:
                kind = SourceKind.SITEMAP  # one address a line: the protocol allows it
            if kind not in _ANNOUNCING:
                raise _Nothing(f"{address}: neither a feed nor a sitemap")
            reading = read_source(Source(address, kind), response.body, response.url, _content_type(response))
        except (_Nothing, SourceError) as error:
            words = str(error)
            self._problems.append(words if words.startswith(address) else f"{address}: {words}")
            return
        if reading.sitemaps and not reading.pages:
            await self._look_into(address, reading, in_index=in_index)
        else:
            self._sources[address] = FoundSource(kind, address, reading.pages)

    async def _look_into(self, address: str, index: Reading, *, in_index: bool) -> None:
        """An index: its news sitemaps are what a night wants; one without is a source as a whole."""
        news = [entry.url for entry in index.sitemaps if "news" in entry.url.lower()]
        if not in_index:
            for child in news[:MAX_CHILDREN]:
                await self._look_at(child, in_index=True)
        if not any(child in self._sources for child in news):
            self._sources[address] = FoundSource(SourceKind.SITEMAP, address, (), len(index.sitemaps))

    def _look_at_front(self, front: Response) -> None:
        try:
            reading = read_source(Source(front.url, SourceKind.LISTING), front.body, front.url)
        except SourceError:
            return
        if reading.pages:
            self._sources[front.url] = FoundSource(SourceKind.LISTING, front.url, reading.pages)

    def _has(self, kind: SourceKind) -> bool:
        return any(source.kind is kind for source in self._sources.values())

    async def _get(self, url: str) -> Response:
        try:
            request = Request(url, callback=NO_CALLBACK, dont_filter=True)
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever kept it from us has a plain word in trouble_of
            raise _Nothing(f"{url}: {trouble_of(error).reason}") from error
        if not 200 <= response.status < 300:
            raise _Nothing(f"{url}: the site answered {response.status}")
        return response


class Found:
    """Where the explorer leaves what it found: exactly one of the two, unless somebody stopped it."""

    site: FoundSite | None = None
    problem: str | None = None

    def site_or_error(self, url: str) -> FoundSite:
        """Raises FetchError with a plain reason where there is no site."""
        if self.site:
            return self.site
        raise FetchError(self.problem or f"{url}: stopped before the page came")


def explore(url: str, config: Config) -> FoundSite:
    """The site at `url`, looked over within its robots.txt. Once a process: Twisted's reactor cannot be started again.

    Raises FetchError with a plain reason when its front page cannot be read.
    """
    found = Found()
    process = AsyncCrawlerProcess(crawl_settings(config, QUIET))
    process.crawl(Explorer, url=url, found=found)
    process.start()
    return found.site_or_error(url)


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
