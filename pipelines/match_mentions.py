"""Article → Mentions."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.analysts import Analysts
from mentions.crawling.items import PageItem
from mentions.crawling.publisher_spider import job_of


class MatchMentions:
    """Has our names found in the article, and those told that mean us."""

    def __init__(self, analysts: Analysts) -> None:
        self._analysts = analysts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler).analysts)

    async def process_item(self, item: PageItem) -> PageItem:
        """The same item; its mentions are beside its article."""
        if item.reading is not None:
            await self._analysts.match(item.reading)
        return item
