"""The archives spider: pages saved in WARC files. It asks the network for nothing."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from mentions.config import Config
from mentions.crawling.archived import archived_items
from mentions.crawling.publisher_spider import PublisherSpider

PAGES_AT_ONCE = 32  # on their way through the pipelines; each is up to 10 MB


class ArchivesSpider(PublisherSpider):
    """Hands saved pages to the pipelines, a few at a time."""

    name = "archives"
    room: asyncio.Semaphore

    @classmethod
    def has_work(cls, config: Config) -> bool:
        """Are there archives?"""
        return bool(config.archives)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Also listens for pages that are through the pipelines."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.room = asyncio.Semaphore(PAGES_AT_ONCE)
        for through in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.page_is_through, through)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The saved pages."""
        for item in archived_items(self.job, self.bookkeeper):
            await self.room.acquire()
            yield item
            await asyncio.sleep(0)  # the other spiders of the run get their turn

    def page_is_through(self) -> None:
        """One more page may be read."""
        self.room.release()
