"""Findings → store."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.items import PageItem
from mentions.crawling.publisher_spider import bookkeeper_of


class StoreFindings:
    """Hands the page with everything it proved to the ledger, which writes whole pages in batches."""

    def __init__(self, bookkeeper: Bookkeeper) -> None:
        self._bookkeeper = bookkeeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(bookkeeper_of(crawler))

    def process_item(self, item: PageItem) -> PageItem:
        """The same item."""
        if item.analysis is not None:
            self._bookkeeper.judged(item, item.analysis)
        return item
