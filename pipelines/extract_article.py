"""Page → Article."""

from typing import Self

from scrapy.crawler import Crawler

from mentions.analysis import owners_of, state_of_page
from mentions.crawling.items import LeftEarly, PageItem
from mentions.crawling.publisher_spider import job_of
from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article
from mentions.matching import Watchlist
from mentions.pages import PageState


class ExtractArticle:
    """Reads the article of pages that may name us; all others leave here, before any parsing."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(job_of(crawler).watchlist)

    def process_item(self, item: PageItem) -> PageItem:
        """The item with its article, or with the reason why it has none. Raises LeftEarly."""
        item.state, item.reason = state_of_page(item.page)
        if item.reason is not None:
            return item
        if not self._watchlist.may_mention(item.page.body):
            if not owners_of(item.page.url, self._watchlist):
                raise LeftEarly("holds no name of ours")
            return item
        try:
            item.article = read_article(item.page)
        except UnparsablePage as error:
            item.state, item.reason = PageState.UNPARSABLE, str(error)
        return item
