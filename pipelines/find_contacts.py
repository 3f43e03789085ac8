"""Findings worth asking about → who may be asked."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.contact_looks import JobContacts
from mentions.crawling.items import PageItem
from mentions.crawling.publisher_spider import job_of


class FindContacts:
    """Has contacts found for articles worth asking about, on their pages and a few others of their sites."""

    def __init__(self, contacts: JobContacts) -> None:
        self._contacts = contacts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(JobContacts(job_of(crawler), crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        """The item; its findings worth asking about have the best contact that is known."""
        if item.analysis is not None and item.analysis.worth_asking:
            item.analysis = await self._contacts.found(item.page, item.publisher, item.analysis)
        return item
