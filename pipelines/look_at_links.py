"""Links whose address does not say where they lead, and links to pages of ours that may be gone: looked at."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.items import PageItem
from mentions.crawling.looking import LinkLooks, looks_of


class LookAtLinks:
    """Judges a page again where a look at its links may change the verdict."""

    def __init__(self, looks: LinkLooks) -> None:
        self._looks = looks

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(looks_of(crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        """The item, with a better analysis where there is one."""
        if item.analysis is not None and item.analysis.findings:
            item.analysis = await self._looks.looked_at(item.page, item.publisher, item.analysis)
        return item
