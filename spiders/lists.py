"""The lists spider: pages that searches, GDELT and lists of addresses name, on whatever site they stand."""

from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from mentions.config import Config
from mentions.crawling.list_files import read_lists
from mentions.crawling.politeness import slow_down
from mentions.crawling.publisher_spider import PublisherSpider, in_turn
from mentions.crawling.searches import searches, waiting_elsewhere
from mentions.publishers import SourceKind
from mentions.sources import Source


class ListsSpider(PublisherSpider):
    """Visits sites that nobody declared; declared ones are left to the spiders of this run that visit them."""

    name = "lists"
    searches: list[Source]

    @classmethod
    def has_work(cls, config: Config) -> bool:
        """Are there searches, GDELT queries or lists?"""
        return config.looks_elsewhere

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Also says which searches are still to be read, so that the other spiders wait for what they find."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.searches = searches(spider.job)
        spider.job.unread.update(source.url for source in spider.searches)
        return spider

    def first_requests(self) -> Iterator[Request]:
        """The searches; the pages of lists; and what waited since earlier runs."""
        yield from map(self.source_request, self.searches)
        self.visit(read_lists(self.job, self.reader, self.bookkeeper))
        self.visit(waiting_elsewhere(self.job))
        yield from in_turn(self.page_requests(publisher) for publisher in self.visits)

    def source_request(self, source: Source) -> Request:
        """As usual; GDELT at its own pace."""
        request = super().source_request(source)
        if source.kind is SourceKind.GDELT:
            downloader = self.crawler.engine.downloader
            slow_down(downloader, downloader.get_slot_key(request), self.job.config.gdelt.delay_s)
        return request

    def _idle(self) -> None:
        """Nothing is under way: no search is still being read, whatever became of it, and nobody needs to wait."""
        self.job.unread.clear()
        super()._idle()
