"""Page → findings: what may name us is read, matched and judged by `analysis.analyse`, as in a scan."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.analysis import leaves_early
from mentions.crawling.items import LeftEarly, PageItem
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import job_of


class JudgePage:
    """Hands pages that may name us to the analysts; all others leave here, before any parsing."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        """The item with its analysis. Raises LeftEarly."""
        if leaves_early(item.page, self._job.watchlist):
            raise LeftEarly("holds no name of ours")
        item.analysis = await self._job.analysts.analyse(item.page, item.publisher, now=self._job.clock())
        return item
