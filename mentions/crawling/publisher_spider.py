"""What all spiders have in common: sources first, then pages, each to an outcome, no decisions."""

from collections.abc import AsyncIterator, Iterable, Iterator
from http import HTTPStatus
from itertools import chain, zip_longest
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from mentions.analysis import leaves_early
from mentions.config import Config
from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.by_hand import job_by_hand
from mentions.crawling.failures import trouble_of
from mentions.crawling.frontier import Found
from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.crawling.outcomes import content_hash
from mentions.crawling.page_rules import NOFOLLOW
from mentions.crawling.responses import page_from
from mentions.crawling.source_reader import SourceReader
from mentions.exceptions import SourceError
from mentions.publishers import Publisher
from mentions.sources import Source, sources_of
from mentions.sources.listings import read_links
from mentions.store.keys import page_key
from mentions.store.records import WaitingPage
from mentions.urls import canonical_url, host_of, registrable_domain

# Sources before pages: a news sitemap forgets after two days what nobody fetched, and there are few of them.
SOURCE_PRIORITY = 10


class PublisherSpider(Spider):
    """Base of the spiders. A subclass says which publishers it visits (`chosen`), and what else it looks at.

    A publisher belongs to exactly one spider of a process: two would ask its hosts twice as fast as it allows.
    """

    job: Job
    bookkeeper: Bookkeeper
    reader: SourceReader

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visits: dict[str, None] = {}  # domains of the publishers whose pages this spider asks for, in order

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, job: Job | None = None, **kwargs: Any) -> Self:
        """`job` is the run this spider is part of; `scrapy crawl` gives none, and the spider opens its own."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if job is None:
            job = job_by_hand(crawler, cls.name)
        spider.job = job
        job.spider_opened()
        spider.bookkeeper = Bookkeeper(crawler, job)
        spider.bookkeeper.on_settled = spider._ask_for_more
        spider.reader = SourceReader(job, spider.bookkeeper)
        crawler.signals.connect(spider._idle, signals.spider_idle)
        spider.visits.update(dict.fromkeys(publisher.domain for publisher in cls.chosen(job.config)))
        job.visited.update(spider.visits)
        return spider

    @classmethod
    def chosen(cls, config: Config) -> list[Publisher]:
        """The declared publishers this spider visits: none, where a subclass does not say otherwise."""
        del config  # whatever it declares
        return []

    @classmethod
    def has_work(cls, config: Config) -> bool:
        """Does this configuration give the spider anything to do?"""
        return bool(cls.chosen(config))

    def visit(self, publishers: Iterable[str]) -> None:
        """Pages were found at these: those that no spider of this run visits, and for which there is room, are ours.

        Only the lists spider has such publishers; what the others' sources announce stands on their publishers' sites.
        """
        job = self.job
        for domain in publishers:
            if domain not in self.visits and domain not in job.visited:
                if len(self.visits) >= job.config.elsewhere.max_sites:
                    job.ledger.count("sites/left_for_another_night")
                    continue
                job.frontier.admit(job.publisher(domain))
                self.visits[domain] = None
                job.visited.add(domain)

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
        yield from in_turn([self.source_request(source) for source in sources_of(p)] for p in publishers)
        yield from in_turn(self.page_requests(p.domain) for p in publishers)

    def source_request(self, source: Source) -> Request:
        """Asks for a source, saying what is known of it already."""
        etag, last_modified = self.job.store.source_validators(source.url)
        return Request(
            source.address,
            callback=self.read_source,
            errback=self.source_failed,
            cb_kwargs={"source": source},
            headers=_conditions(etag, last_modified),
            meta={"handle_httpstatus_list": [304]},
            priority=SOURCE_PRIORITY,
            dont_filter=True,
        )

    def page_requests(self, publisher: str) -> list[Request]:
        """Requests for the publisher's next pages; none as long as enough are under way, or what comes is lost."""
        if self.job.ledger.broken or publisher not in self.visits:
            return []
        pages = self.taken(publisher)
        self.job.ledger.count("pages/requested", publisher, times=len(pages))
        return [
            Request(
                page.url,
                callback=self.read_page,
                errback=self.page_failed,
                cb_kwargs={"asked": page},
                headers=_conditions(page.etag, page.last_modified),
                meta={"handle_httpstatus_list": [304]} if page.etag or page.last_modified else {},
                # A page must end in an outcome even when another address of it was asked for before (F-10).
                dont_filter=True,
            )
            for page in pages
        ]

    def taken(self, publisher: str) -> list[WaitingPage]:
        """The publisher's next pages, taken from the frontier: those that were found and not fetched."""
        return self.job.frontier.take(publisher, now=self.job.clock())

    def more_requests(self) -> list[Request]:
        """What is left to ask for when nothing is under way."""
        return [request for publisher in self.visits for request in self.page_requests(publisher)]

    def _ask_for_more(self, publisher: str) -> None:
        """A page of the publisher has its outcome, which may be long after its answer came: the next ones may go."""
        if self.crawler.engine is not None and self.crawler.engine.running:
            for request in self.page_requests(publisher):
                self.crawler.engine.crawl(request)

    def _idle(self) -> None:
        """Nothing is under way any more: what a mistake of ours let fall is picked up, and the rest gets its turn."""
        for page in chain.from_iterable(map(self.job.frontier.unanswered, self.visits)):
            self.bookkeeper.lost(page)
        requests = self.more_requests()
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests or (self.job.unread and self.visits):
            # Searches that are still being read may find pages of these publishers; Scrapy asks again in 5 s.
            raise DontCloseSpider

    # --- what came back -----------------------------------------------------------------------------------------------

    def read_source(self, response: Response, source: Source) -> Iterator[Any]:
        """A feed, sitemap, listing, search or start page: what it announces is written down, and asked for in turn."""
        self.job.ledger.count("requests/answered", source.publisher)
        told = self.reader.answered(source, response)
        self.job.unread.discard(source.url)
        self.visit(told.publishers)
        for more in told.sources:
            yield self.source_request(more)
        for publisher in told.publishers:
            yield from self.page_requests(publisher)
        if told.start:  # last: Scrapy goes on with what follows once a page is through the pipelines
            self.job.ledger.count("pages/requested", source.publisher)
            yield self._item(response, told.start)

    def source_failed(self, failure: Failure) -> Iterator[Any]:
        """A source that could not be fetched; pages that waited for this publisher are asked for all the same."""
        source: Source = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]  # Scrapy puts it there
        self.bookkeeper.source_refused(source, trouble_of(failure))
        self.job.unread.discard(source.url)
        yield from self.page_requests(source.publisher)

    def read_page(self, response: Response, asked: WaitingPage) -> Iterable[PageItem]:
        """A page: on to the pipelines, unless it surely holds nothing of ours. Links of crawled sites are written down.

        Most pages end here, and cost no pipeline, and no task that Scrapy starts for what a callback yields.
        """
        if response.status == HTTPStatus.NOT_MODIFIED:
            self.bookkeeper.unchanged(asked, response.status)
            return ()
        self.job.frontier.received(asked.publisher, len(response.body))
        if (
            asked.content_hash
            and response.status == HTTPStatus.OK
            and asked.content_hash == content_hash(response.body)
            and asked.key == page_key(canonical_url(response.url))  # else it has moved
        ):
            self.job.ledger.count("pages/fetched", asked.publisher)
            self.bookkeeper.unchanged(asked, response.status)
            return ()
        item = self._item(response, asked)
        # Looked at again, a page is read whole, whether it still names us or not; its links were followed before.
        item.early = not asked.expected and leaves_early(item.page, self.job.watchlist)
        if item.early:
            self.bookkeeper.early(item)
        items = () if item.early else (item,)
        if not asked.expected and self.job.frontier.follows(asked.publisher, asked.depth):
            return self._and_followed(items, response, asked)
        return items

    def _and_followed(self, items: tuple[PageItem, ...], response: Response, asked: WaitingPage) -> Iterator[PageItem]:
        """The items first: a mistake of ours in reading links must not cost the page."""
        yield from items
        self._follow(response, asked)

    def page_failed(self, failure: Failure) -> None:
        """A page that could not be fetched."""
        asked: WaitingPage = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]  # likewise
        self.bookkeeper.refused(asked, trouble_of(failure))

    def _item(self, response: Response, asked: WaitingPage) -> PageItem:
        self.job.ledger.count("requests/answered", asked.publisher)
        self.job.ledger.count("pages/fetched", asked.publisher)
        return PageItem(asked, page_from(response, self.job.clock()), self.job.publisher(asked.publisher))

    def _follow(self, response: Response, asked: WaitingPage) -> None:
        if registrable_domain(host_of(response.url)) != registrable_domain(host_of(asked.url)):
            return  # it led to another site: that one is not crawled
        if NOFOLLOW in response.flags:
            return  # the page asks robots to follow none of its links
        try:
            links = read_links(response.body, response.url)
        except SourceError:
            return  # the pipelines say what is wrong with the page
        found: Found = self.job.frontier.linked(
            asked.publisher, links, source_url=response.url, depth=asked.depth, now=self.job.clock()
        )
        self.bookkeeper.found(asked.publisher, found)


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that ask for a page only if it is not what we know."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


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
