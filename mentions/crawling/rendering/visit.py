"""One page in the browser: where it may navigate, when its text is there, and what it finally is."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error, Page, Response

from mentions.crawling.refusals import BodyTooLarge, NotRendered, Refused

MAX_NAVIGATIONS: Final = 8  # of the page and its frames; a page that goes on and on is given up
ENOUGH_CHARS: Final = 400  # of visible text; below it the page may still be on its way
_QUIET_MS: Final = 250  # the text must have stood still so long
_SHORT_QUIET_MS: Final = 1_500  # … when there is little of it, and everything has loaded

_STORED: Final = "local_storage,indexeddb,file_systems,cache_storage,service_workers"

Allows = Callable[[str], Awaitable[Refused | None]]

# Counts the text until it stands still; a page without much text is waited for longer.
_TEXT_IS_THERE: Final = """([enough, quiet, shortQuiet]) => new Promise(done => {
  let chars = -1, since = performance.now();
  const look = () => {
    const now = performance.now(), found = document.body ? document.body.innerText.length : 0;
    if (found !== chars) { chars = found; since = now; }
    const needed = chars >= enough ? quiet : shortQuiet;
    if (now - since >= needed && (chars >= enough || document.readyState === 'complete')) done(chars);
    else setTimeout(look, 50);
  };
  look();
})"""
_SIZE: Final = "() => document.documentElement ? document.documentElement.outerHTML.length : 0"
# Nobody is there to answer a dialog or to print; a page that insists in a loop is then only an endless script.
QUIET_PAGE: Final = "for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => null;"


class Visit:
    """Watches one page. `refusal` is why it was kept from going somewhere, `document` its last good main document."""

    def __init__(self, url: str, allows: Allows, *, max_bytes: int) -> None:
        self._first: str | None = url  # looked at by the crawl's own middlewares, before it came here
        self._allows, self._max_bytes = allows, max_bytes
        self._navigations = 0
        self._session: CDPSession | None = None
        self._main_frame: str | None = None
        self.refusal: Refused | None = None
        self.document: Response | None = None
        self.crashed = False

    async def prepare(self, page: Page) -> None:
        """To be called before the first navigation. Raises playwright.async_api.Error."""
        # scrapy-playwright takes every request through Python, twice as slow; the proxy and the rule below do better.
        await page.unroute("**")
        await page.add_init_script(QUIET_PAGE)
        page.on("response", self._note_document)
        page.on("crash", self._note_crash)
        self._session = await page.context.new_cdp_session(page)
        tree = await self._session.send("Page.getFrameTree")
        self._main_frame = tree["frameTree"]["frame"]["id"]
        self._session.on("Fetch.requestPaused", self._navigates)
        await self._session.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})

    async def settled(self, page: Page) -> None:
        """Returns when the text of the page stands still. Raises NotRendered, BodyTooLarge."""
        for _ in range(MAX_NAVIGATIONS):
            try:
                await page.evaluate(_TEXT_IS_THERE, [ENOUGH_CHARS, _QUIET_MS, _SHORT_QUIET_MS])
                size = await page.evaluate(_SIZE)
            except Error as error:
                if "context was destroyed" not in error.message and "navigat" not in error.message:
                    raise
                with suppress(Error):  # it goes elsewhere by itself; the text is looked for there
                    await page.wait_for_load_state("domcontentloaded")
                continue
            if size > self._max_bytes:
                raise BodyTooLarge(f"the rendered page has more than {self._max_bytes:,} bytes")
            await self._forget(page)
            return
        raise self.refusal or NotRendered("the page goes from one address to the next without end")

    async def _navigates(self, event: dict[str, Any]) -> None:
        url: str = event["request"]["url"]
        main = event.get("frameId") == self._main_frame
        if self._first is not None and url.partition("#")[0] == self._first.partition("#")[0]:
            self._first, refusal = None, None
        else:
            self._navigations += 1
            refusal = await self._allows(url) if self._navigations <= MAX_NAVIGATIONS else _TOO_MANY
        if refusal and main:
            self.refusal = refusal
        await self._answer(event["requestId"], refused=refusal is not None)

    async def _answer(self, request_id: str, *, refused: bool) -> None:
        if self._session is None:
            return
        # "Aborted" leaves the page where it is; other reasons put an error page in its place.
        with suppress(Error):
            if refused:
                await self._session.send("Fetch.failRequest", {"requestId": request_id, "errorReason": "Aborted"})
            else:
                await self._session.send("Fetch.continueRequest", {"requestId": request_id})

    async def _forget(self, page: Page) -> None:
        """What the page stored is nobody's business; cookies go when it is closed."""
        parts = urlsplit(page.url)
        if self._session is not None:
            origin = {"origin": f"{parts.scheme}://{parts.netloc}", "storageTypes": _STORED}
            await self._session.send("Storage.clearDataForOrigin", origin)

    def _note_document(self, response: Response) -> None:
        with suppress(Error):  # of a frame that is gone already
            request = response.request
            if request.is_navigation_request() and request.frame.parent_frame is None and 200 <= response.status < 300:
                self.document = response

    def _note_crash(self, page: Page) -> None:
        self.crashed = True


_TOO_MANY: Final = NotRendered("the page goes from one address to the next without end")


async def within(seconds: float, work: Awaitable[Any]) -> bool:
    """Did it end in time, well or not? For closing what may hang."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        return False
    except Error:
        return True
    return True
