"""Findings → drafts."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import job_of


class RenderDrafts:
    """Says when its spider's last page went through; the last spider of a run brings the drafts."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler))

    def process_item(self, item: PageItem) -> PageItem:
        """The same item."""
        return item

    def close_spider(self) -> None:
        """Called by Scrapy once the spider's last page went through."""
        self._job.spider_done()
