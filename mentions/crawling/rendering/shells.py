"""Downloader middleware: pages that scripts draw are asked for once more, to be rendered."""

from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from mentions.browsers import ADVICE, find_browser
from mentions.config import Config
from mentions.crawling.configuration import CONFIG_SETTING, rendering_of
from mentions.crawling.failures import trouble_of
from mentions.crawling.ledger import Ledger
from mentions.crawling.rendering.budget import RenderBudget
from mentions.crawling.rendering.flags import RENDER, UNRENDERED, why_unrendered
from mentions.extraction.rendering import is_shell
from mentions.publishers import Publisher

# Rendered pages wait for all others: they take up a request under way for as long as fifty static ones.
LATER: Final = -10
_STATIC: Final = "mentions_static"


class RenderShells:
    """Static first: only a page without its text goes to the browser, or one whose publisher says `always`.

    What cannot be rendered goes on as it was fetched, with the reason in its flags: it is then judged `unknown`.
    """

    def __init__(self, crawler: Crawler) -> None:
        config = crawler.settings.get(CONFIG_SETTING)
        publishers = config.publishers if isinstance(config, Config) else ()
        self._crawler = crawler
        self._publishers: dict[str, Publisher] = {publisher.domain: publisher for publisher in publishers}
        self._mode = crawler.settings["RENDERING"]
        self._rendering = rendering_of(crawler.settings)
        self._budget = RenderBudget(self._rendering)
        self._rendered = self._looked = False
        self._no_browser: str | None = None
        crawler.signals.connect(self._closed, signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The request to render the page, else the response."""
        if self._mode == "off" or request.meta.get(RENDER) or not _is_page(request, response):
            return response
        publisher = self._publisher(request)
        how = "always" if self._mode == "always" else publisher.render if publisher else "shells"
        if how == "never" or (how == "shells" and not is_shell(response.body, _content_type(response))):
            return response
        domain = publisher.domain if publisher else urlparse_cached(request).hostname or ""
        problem = self._problem() or self._budget.take(domain)
        if problem:
            return self._unrendered(response, problem)
        self._rendered = True
        self._count("pages/rendered", domain)
        return request.replace(
            url=response.url,
            meta={**request.meta, RENDER: True, _STATIC: response},
            priority=request.priority + LATER,
            dont_filter=True,
        )

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """The static page in place of the one that could not be rendered."""
        static = request.meta.get(_STATIC)
        if not isinstance(static, Response) or not isinstance(exception, IgnoreRequest):
            return None
        return self._unrendered(static, trouble_of(exception).reason)

    def _unrendered(self, response: Response, reason: str) -> Response:
        self._crawler.stats.inc_value("rendering/unrendered")
        return response.replace(flags=[*response.flags, UNRENDERED + reason])

    def _problem(self) -> str | None:
        """Why nothing can be rendered on this machine; looked for once, and said once."""
        if not self._looked:
            self._looked = True
            self._no_browser = None if find_browser(self._rendering.browser) else "no browser is installed"
            ledger = self._ledger()
            if self._no_browser and ledger:
                ledger.warn(f"pages drawn by scripts cannot be read: no browser was found. To read them, {ADVICE}")
        return self._no_browser

    def _publisher(self, request: Request) -> Publisher | None:
        labels = (urlparse_cached(request).hostname or "").split(".")
        domains = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._publishers[domain] for domain in domains if domain in self._publishers), None)

    def _ledger(self) -> Ledger | None:
        """The run's, where this crawl is part of one."""
        return getattr(getattr(self._crawler.spider, "job", None), "ledger", None)

    def _count(self, key: str, publisher: str) -> None:
        self._crawler.stats.inc_value(key)
        ledger = self._ledger()
        if ledger:
            ledger.count(key, publisher)

    async def _closed(self) -> None:
        if self._rendered:
            from mentions.crawling.rendering.downloading import close_browser  # Playwright: see handler.py

            await close_browser(self._crawler)


def _is_page(request: Request, response: Response) -> bool:
    """Is this a page that somebody asked to read: no robots.txt, no feed, no look at where a link leads?"""
    return (
        response.status == 200
        and isinstance(response, HtmlResponse)
        and request.method == "GET"
        and request.callback is not NO_CALLBACK
        and not why_unrendered(response)
    )


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None
