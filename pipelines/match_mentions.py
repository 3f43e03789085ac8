"""Article → Mentions."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.crawling.items import PageItem
from mentions.crawling.publisher_spider import job_of
from mentions.matching import Watchlist, match_article


class MatchMentions:
    """Finds our names in the article, and tells those that mean us."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler).watchlist)

    def process_item(self, item: PageItem) -> PageItem:
        """The item with its matches."""
        if item.article is not None:
            item.matches = match_article(item.article, self._watchlist)
        return item
