"""One page now, under the same rules as a night's crawl: robots.txt, address guard, timeout and size."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.failures import Trouble, trouble_of
from mentions.crawling.responses import page_from
from mentions.exceptions import FetchError
from mentions.pages import Page

# Nothing is stored and nothing is logged: the caller shows what came of it. No spider but ours is loaded.
_SETTINGS: dict[str, Any] = {
    "ITEM_PIPELINES": {},
    "SPIDER_MODULES": [],
    "BACKOFF_LONGEST_S": 0.0,  # someone is waiting: a site that says "not now" is the answer
    "RENDERING": "off",  # a browser is started only for somebody who asks for it
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}


class _Outcome:
    """Where the spider puts what it got: exactly one of the two, unless somebody stopped it."""

    page: Page | None = None
    trouble: Trouble | None = None

    def page_or_error(self, url: str) -> Page:
        if self.page:
            return self.page
        if self.trouble:
            raise FetchError(f"{url}: {self.trouble.reason}", http_status=self.trouble.http_status)
        raise FetchError(f"{url}: stopped before the page came")


class _OnePage(Spider):
    name = "one_page"

    def __init__(self, url: str, outcome: _Outcome) -> None:
        super().__init__()
        self._url, self._outcome = url, outcome

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self._url, self._answered, errback=self._failed, dont_filter=True)

    def _answered(self, response: Response) -> None:
        self._outcome.page = page_from(response, datetime.now(UTC))

    def _failed(self, failure: Failure) -> None:
        self._outcome.trouble = trouble_of(failure)


def fetch_one(url: str, config: Config, *, render: bool = False) -> Page:
    """The page at `url`, redirects followed; with `render` as a browser draws it, where there is one.

    Once a process: Twisted's reactor cannot be started again.

    Raises FetchError with a plain reason where there is no page: refused, blocked, not found, too slow, too large.
    """
    outcome = _Outcome()
    _check(url)
    process = AsyncCrawlerProcess(_settings(config, render=render))
    process.crawl(_OnePage, url=url, outcome=outcome)
    process.start()
    return outcome.page_or_error(url)


async def fetch(url: str, config: Config, *, render: bool = False) -> Page:
    """As `fetch_one`, where the reactor is running already; any number of times."""
    outcome = _Outcome()
    _check(url)
    await AsyncCrawlerRunner(_settings(config, render=render)).crawl(_OnePage, url=url, outcome=outcome)
    return outcome.page_or_error(url)


def _settings(config: Config, *, render: bool) -> Settings:
    return crawl_settings(config, {**_SETTINGS, "RENDERING": "always"} if render else _SETTINGS)


def _check(url: str) -> None:
    """What Scrapy would only log."""
    try:
        Request(url)
    except ValueError as error:
        raise FetchError(f"{url}: not a web address ({error})") from error
