"""The browser of a process: started with the first page to render, used by every crawler, closed by the last one."""

import asyncio
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from playwright.async_api import BrowserContext, Error, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from mentions.budgets import Rendering
from mentions.config import Network
from mentions.crawling.refusals import NotRendered, Refused
from mentions.crawling.rendering.contexts import CLOSE_WITHIN_S, Contexts, context_kwargs
from mentions.crawling.rendering.launching import launch_options, make_folder, remove_folder, temporary_files_in
from mentions.crawling.rendering.proxy import GuardedProxy, Resolve
from mentions.crawling.rendering.visit import Allows, Visit, within

logger = logging.getLogger(__name__)

MAX_CRASHES: Final = 3  # of the browser itself in one run; then pages stay unrendered until the next run
START_WITHIN_S: Final = 30.0
_VISIT: Final = "mentions_visit"  # key of request.meta


class _Handler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # the library has no types
    """scrapy-playwright's handler, with our watch over each page, and waiting for text instead of for everything."""

    async def _get_response_and_download(self, request: Request, page: Page, spider: Spider) -> Any:
        # Here and not in an init callback: scrapy-playwright goes on when that one fails, unwatched.
        await request.meta[_VISIT].prepare(page)
        return await super()._get_response_and_download(request, page, spider)

    async def _apply_page_methods(self, page: Page, request: Request, spider: Spider) -> None:
        await request.meta[_VISIT].settled(page)


class _Launched:
    """One browser with its proxy and folder, from start to end."""

    def __init__(
        self, crawler: Crawler, browser: Path, network: Network, rendering: Rendering, resolve: Resolve
    ) -> None:
        self._browser, self._rendering = browser, rendering
        self.proxy = GuardedProxy(network, resolve)
        self._folder: Path | None = None
        self.handler = build_from_crawler(_Handler, crawler)
        self.contexts = Contexts(self._context)
        self.started = self.under_way = 0
        self.broken = False  # takes no more pages

    @property
    def worn(self) -> bool:
        """Has it rendered as many pages as a browser should?"""
        return self.broken or self.started >= self._rendering.pages_per_browser

    async def start(self) -> None:
        """Raises Error or TimeoutError where the browser does not start."""
        await self.proxy.start()
        config = self.handler.config
        config.launch_options = launch_options(self._browser, self.proxy.port, root=os.geteuid() == 0)
        config.navigation_timeout_ms = self._rendering.page_timeout_s * 1000
        config.download_timeout_secs = 0.5  # nothing is downloaded; a navigation that ends in nothing is over
        config.target_closed_max_retries = 0  # a page that crashed the browser is not asked in again
        config.restart_disconnected_browser = False
        config.max_pages_per_context = 1
        self._folder = make_folder()
        try:
            async with asyncio.timeout(START_WITHIN_S):
                with temporary_files_in(self._folder):
                    await self.handler._launch()
                await self.handler._maybe_launch_browser()
        except BaseException:
            await self.close()
            raise
        self.handler.browser.on("disconnected", self._gone)

    def _context(self, name: str) -> BrowserContext | None:
        wrapper = self.handler.context_wrappers.get(name)
        return wrapper.context if wrapper is not None else None

    def _gone(self, _browser: object) -> None:
        self.broken = True

    async def close(self) -> None:
        """Ends browser, proxy and folder; hangs on nothing."""
        self.broken = True
        if not await within(CLOSE_WITHIN_S, self.handler.close()):
            logger.warning("the browser did not close in time; its processes end with this one")
        await self.proxy.close()
        if self._folder is not None:
            remove_folder(self._folder)


class Browser:
    """Renders pages, a few at a time. `crashes` counts how often the browser itself broke."""

    def __init__(self, path: Path, network: Network, rendering: Rendering, resolve: Resolve) -> None:
        self._path, self._network, self._rendering, self._resolve = path, network, rendering, resolve
        self._tabs = asyncio.Semaphore(rendering.tabs)
        self._starting = asyncio.Lock()
        self._launched: _Launched | None = None
        self.crashes = 0

    async def render(
        self, request: Request, crawler: Crawler, *, allows: Allows, max_bytes: int, any_certificate: bool
    ) -> Response:
        """The page as it stands when its text is there; `response.url` is the address of its last document.

        `allows` says of every further address that the page goes to why it may not. Raises NotRendered, or the
        refusal that `allows` gave.
        """
        async with self._tabs:
            launched = await self._ready(crawler)
            launched.started += 1
            launched.under_way += 1
            try:
                return await self._visit(launched, request, crawler, allows, max_bytes, any_certificate)
            finally:
                launched.under_way -= 1
                if launched is not self._launched and not launched.under_way:
                    await launched.close()

    async def close(self) -> None:
        """Ends the browser; the next page would start another."""
        launched, self._launched = self._launched, None
        if launched is not None:
            await launched.close()

    async def _ready(self, crawler: Crawler) -> _Launched:
        async with self._starting:
            current = self._launched
            if current is not None and not current.worn:
                return current
            if current is not None:
                self._launched = None
                self.crashes += int(current.broken)
                if not current.under_way:
                    await current.close()
            if self.crashes >= MAX_CRASHES:
                raise NotRendered(f"the browser crashed {self.crashes} times in this run")
            fresh = _Launched(crawler, self._path, self._network, self._rendering, self._resolve)
            try:
                await fresh.start()
            except (Error, OSError, TimeoutError) as error:
                self.crashes = MAX_CRASHES  # it would not start the next time either
                said = str(error).strip().partition("\n")[0] or "it did not answer in time"
                raise NotRendered(f"the browser does not start: {said}") from error
            self._launched = fresh
            return fresh

    async def _visit(
        self,
        launched: _Launched,
        request: Request,
        crawler: Crawler,
        allows: Allows,
        max_bytes: int,
        any_certificate: bool,
    ) -> Response:
        site, well = urlparse_cached(request).netloc, False
        name = launched.contexts.take(site)
        visit = Visit(request.url, allows, max_bytes=max_bytes)
        kwargs = context_kwargs(crawler.settings["USER_AGENT"], any_certificate=any_certificate)
        asked = Request(request.url, meta={**_meta(name, visit), "playwright_context_kwargs": kwargs})
        try:
            async with asyncio.timeout(self._rendering.page_timeout_s):
                response = await launched.handler.download_request(asked)
            well = True
            return _as_seen(response, visit)
        except (TimeoutError, PlaywrightTimeout) as error:
            raise NotRendered(f"the page was not done within {self._rendering.page_timeout_s:g} seconds") from error
        except Refused:
            raise
        except Exception as error:  # scrapy-playwright lets everything through, and one page never ends the night
            raise visit.refusal or NotRendered(_in_words(error, visit, launched)) from error
        finally:
            if not await launched.contexts.give_back(name, site, well=well):
                launched.broken = True  # a page that cannot be closed is ended with the whole browser


def _meta(context: str, visit: Visit) -> dict[str, Any]:
    return {
        "playwright": True,
        "playwright_context": context,
        "playwright_page_goto_kwargs": {"wait_until": "commit"},
        _VISIT: visit,
    }


def _as_seen(response: Response, visit: Visit) -> Response:
    """The response under the address of the document that is shown, which scripts can rename but not replace."""
    document = visit.document
    if document is None or not isinstance(response, HtmlResponse):
        raise visit.refusal or NotRendered("the page did not answer the browser with a page")
    headers = {**document.headers, "content-type": "text/html; charset=utf-8"}
    headers.pop("content-encoding", None)
    return response.replace(
        url=document.url,
        status=document.status,
        headers=headers,
        body=response.text.encode("utf-8", "replace"),
        encoding="utf-8",
    )


def _in_words(error: Exception, visit: Visit, launched: _Launched) -> str:
    with suppress(AttributeError):
        if launched.broken or not launched.handler.browser.is_connected():
            return "the browser crashed"
    if visit.crashed or "crashed" in str(error):
        return "the page crashed the browser's tab"
    first = str(error).strip().partition("\n")[0].removeprefix("Page.goto: ")
    return f"the browser could not open the page ({first or type(error).__name__})"
