"""Mentions × Links → findings."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.analysis import concluded
from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import job_of


class JudgeLinks:
    """Decides for every target what the page's links do for its mentions, and whether it is worth asking about."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler))

    def process_item(self, item: PageItem) -> PageItem:
        """The item with its analysis."""
        item.analysis = concluded(
            item.page,
            item.article,
            item.matches,
            self._job.watchlist,
            state=item.state,
            reason=item.reason,
            now=self._job.clock(),
            publisher=item.publisher,
        )
        return item
