"""Mentions × Links → findings."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import job_of


class JudgeLinks:
    """Has decided for every target what the page's links do for its mentions, and whether it is worth asking about."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        """The item with its analysis."""
        if item.reading is not None:
            item.analysis = await self._job.analysts.judge(item.reading, item.publisher, now=self._job.clock())
        return item
