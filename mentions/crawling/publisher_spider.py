"""What the news and the industry spider have in common: sources first, then pages, each to an outcome, no decisions."""

import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain, zip_longest
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from mentions.config import Config
from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.configuration import config_of
from mentions.crawling.failures import trouble_of
from mentions.crawling.frontier import Found
from mentions.crawling.items import PageItem
from mentions.crawling.job import Job, open_job
from mentions.crawling.responses import page_from
from mentions.exceptions import MentionsError, SourceError
from mentions.publishers import Publisher, SourceKind
from mentions.sources import Source, read_source, sources_of
from mentions.sources.listings import read_links
from mentions.store.records import WaitingPage
from mentions.urls import host_of, registrable_domain

# Sources before pages: a news sitemap forgets after two days what nobody fetched, and there are few of them.
SOURCE_PRIORITY = 10


class PublisherSpider(Spider):
    """Base of the spiders that visit publishers. A subclass says which ones (`chosen`) and yields `first_requests`.

    A publisher belongs to exactly one spider of a process: two would ask its hosts twice as fast as it allows.
    """

    job: Job
    bookkeeper: Bookkeeper

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, job: Job | None = None, **kwargs: Any) -> Self:
        """`job` is the run this spider is part of; `scrapy crawl` gives none, and the spider opens its own."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if job is None:
            job = _job_by_hand(crawler, cls.name)
        spider.job = job
        job.spider_opened()
        spider.bookkeeper = Bookkeeper(crawler, job)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        job.visited.update(publisher.domain for publisher in cls.chosen(job.config))
        return spider

    @classmethod
    def chosen(cls, config: Config) -> list[Publisher]:
        """The publishers this spider visits."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy begins here."""
        for request in self.first_requests():
            yield request

    # --- what to ask for ----------------------------------------------------------------------------------------------

    def first_requests(self) -> Iterator[Request]:
        """Every source, and the pages that waited since earlier runs, publisher after publisher in turn.

        In turn, because Scrapy's queue fills up with the first hosts otherwise and the others wait for them.
        """
        publishers = self.chosen(self.job.config)
        yield from in_turn([self._source_request(source) for source in sources_of(p)] for p in publishers)
        yield from in_turn(self._page_requests(p.domain) for p in publishers)

    def _source_request(self, source: Source) -> Request:
        etag, last_modified = self.job.store.source_validators(source.url)
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return Request(
            source.url,
            callback=self.read_source,
            errback=self.source_failed,
            cb_kwargs={"source": source},
            headers={name: value for name, value in headers.items() if value},
            meta={"handle_httpstatus_list": [304]},
            priority=SOURCE_PRIORITY,
            dont_filter=True,
        )

    def _page_requests(self, publisher: str) -> list[Request]:
        """Requests for the publisher's next pages; none as long as enough are under way, or what comes is lost."""
        if self.job.ledger.broken:
            return []
        pages = self.job.frontier.take(publisher)
        self.job.ledger.count("pages/requested", publisher, times=len(pages))
        return [
            Request(
                page.url,
                callback=self.read_page,
                errback=self.page_failed,
                cb_kwargs={"asked": page},
                # A page must end in an outcome even when another address of it was asked for before (F-10).
                dont_filter=True,
            )
            for page in pages
        ]

    def _idle(self) -> None:
        """Nothing is under way any more: what a mistake of ours let fall is picked up, and the rest gets its turn."""
        publishers = [publisher.domain for publisher in self.chosen(self.job.config)]
        for page in chain.from_iterable(map(self.job.frontier.unanswered, publishers)):
            self.bookkeeper.lost(page)
        requests = [request for publisher in publishers for request in self._page_requests(publisher)]
        if requests:
            for request in requests:
                self.crawler.engine.crawl(request)
            raise DontCloseSpider

    # --- what came back -----------------------------------------------------------------------------------------------

    def read_source(self, response: Response, source: Source) -> Iterator[Any]:
        """A feed, sitemap, listing or start page: writes down what it announces, asks for what there is budget for."""
        self.job.ledger.count("requests/answered", source.publisher)
        if response.status == 304:
            self.bookkeeper.source_unchanged(source)
            yield from self._page_requests(source.publisher)
            return
        now, frontier = self.job.clock(), self.job.frontier
        publisher = self.job.publisher(source.publisher)
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        try:
            reading = read_source(
                source, response.body, response.url, content_type, listing_pattern=publisher.listing_pattern
            )
        except SourceError as error:
            self.bookkeeper.source_failed(source, str(error))
            yield from self._page_requests(source.publisher)
            return
        if source.kind is SourceKind.CRAWL:
            found = frontier.linked(source.publisher, reading.links, source_url=source.url, depth=0, now=now)
            if asked := frontier.start_page(source, response.url, now=now):
                self.job.ledger.count("pages/requested", source.publisher)
                yield self._item(response, asked)
        else:
            found = frontier.announced(source, reading.pages, now=now)
        self.bookkeeper.source_read(source, response, reading, found)
        for sitemap in frontier.sitemaps_of(source, reading, now=now):
            yield self._source_request(sitemap)
        yield from self._page_requests(source.publisher)

    def source_failed(self, failure: Failure) -> Iterator[Any]:
        """A source that could not be fetched; pages that waited for this publisher are asked for all the same."""
        source: Source = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]  # Scrapy puts it there
        self.bookkeeper.source_refused(source, trouble_of(failure))
        yield from self._page_requests(source.publisher)

    def read_page(self, response: Response, asked: WaitingPage) -> Iterator[Any]:
        """A page: on to the pipelines. Where the site is crawled, its links are written down."""
        yield self._item(response, asked)
        if self.job.frontier.follows(asked.publisher, asked.depth):
            self._follow(response, asked)
        yield from self._page_requests(asked.publisher)

    def page_failed(self, failure: Failure) -> Iterator[Any]:
        """A page that could not be fetched."""
        asked: WaitingPage = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]  # likewise
        self.bookkeeper.refused(asked, trouble_of(failure))
        yield from self._page_requests(asked.publisher)

    def _item(self, response: Response, asked: WaitingPage) -> PageItem:
        self.job.ledger.count("requests/answered", asked.publisher)
        self.job.ledger.count("pages/fetched", asked.publisher)
        return PageItem(asked, page_from(response, self.job.clock()), self.job.publisher(asked.publisher))

    def _follow(self, response: Response, asked: WaitingPage) -> None:
        if registrable_domain(host_of(response.url)) != registrable_domain(host_of(asked.url)):
            return  # it led to another site: that one is not crawled
        try:
            links = read_links(response.body, response.url)
        except SourceError:
            return  # the pipelines say what is wrong with the page
        found: Found = self.job.frontier.linked(
            asked.publisher, links, source_url=response.url, depth=asked.depth, now=self.job.clock()
        )
        self.bookkeeper.found(asked.publisher, found)


def _job_by_hand(crawler: Crawler, spider: str) -> Job:
    """The run of a spider started by `scrapy crawl`, closed when the crawl ends.

    Scrapy shows a traceback for every exception here; a run that may not start deserves a sentence and its exit code.
    """
    from mentions.cli.common import exit_code_of  # here, because only this face of the crawl is a command of its own

    own = ExitStack()
    try:
        config = config_of(crawler.settings)
        job = own.enter_context(open_job(config, kind=f"scrapy crawl {spider}", clock=lambda: datetime.now(UTC)))
    except MentionsError as error:
        sys.stderr.write(f"mentions: {error}\n")
        raise SystemExit(exit_code_of(error)) from error
    crawler.signals.connect(own.close, signals.engine_stopped, weak=False)
    return job


def job_of(crawler: Crawler) -> Job:
    """The run that this crawler's spider is part of. Raises TypeError for a spider that visits no publishers."""
    if not isinstance(crawler.spider, PublisherSpider):
        raise TypeError(f"{crawler.spidercls.__name__} is no PublisherSpider, so its pages have no outcome")
    return crawler.spider.job


def bookkeeper_of(crawler: Crawler) -> Bookkeeper:
    """Who keeps the books of this crawler. Raises TypeError as `job_of` does."""
    job_of(crawler)
    spider: PublisherSpider = crawler.spider  # type: ignore[assignment]  # job_of has looked
    return spider.bookkeeper


def in_turn(groups: Iterable[list[Request]]) -> Iterator[Request]:
    """The first of each group, then the second of each, …"""
    return (request for request in chain.from_iterable(zip_longest(*groups)) if request is not None)
