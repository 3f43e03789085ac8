"""Page → Article."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.analysis import leaves_early
from mentions.crawling.items import LeftEarly, PageItem
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import job_of


class ExtractArticle:
    """Has the article read of pages that may name us; all others leave here, before any parsing."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        """The item with its reading. Raises LeftEarly."""
        if item.early is None:
            item.early = leaves_early(item.page, self._job.watchlist)
        if item.early:
            raise LeftEarly("holds no name of ours")
        item.reading = await self._job.analysts.read(item.page, expected=item.asked.expected)
        return item
