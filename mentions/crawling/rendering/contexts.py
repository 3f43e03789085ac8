"""Browser contexts: pages of one site share one, for what the browser has cached, and find no cookie in it."""

from collections.abc import Callable
from itertools import count
from typing import Any, Final

from playwright.async_api import BrowserContext, Error

from mentions.crawling.rendering.visit import within

MAX_IDLE: Final = 4  # contexts kept for the next page of their site; each is a process of the browser
CLOSE_WITHIN_S: Final = 5.0


class Contexts:
    """The contexts of one browser, by name. `find` gives the context of a name, None where there is none (any more).

    A context is used by one page at a time. Scripts and style sheets that a site's pages share are asked for once.
    """

    def __init__(self, find: Callable[[str], BrowserContext | None]) -> None:
        self._find = find
        self._numbers = count(1)
        self._idle: dict[str, str] = {}  # name → site, the one that has waited longest first

    def take(self, site: str) -> str:
        """The name of a context for a page of this site."""
        name = next((name for name, of in self._idle.items() if of == site), None)
        if name is None:
            return f"{site} {next(self._numbers)}"
        del self._idle[name]
        return name

    async def give_back(self, name: str, site: str, *, well: bool) -> bool:
        """The page is done; `well` False: the context is closed with all that may still run in it.

        False where it would not close: then only the end of the browser ends it.
        """
        context = self._find(name)
        if context is None:
            return True
        if not well or not await _forgets(context):
            return await within(CLOSE_WITHIN_S, context.close())
        self._idle[name] = site
        if len(self._idle) <= MAX_IDLE:
            return True
        oldest = next(iter(self._idle))
        del self._idle[oldest]
        found = self._find(oldest)
        return found is None or await within(CLOSE_WITHIN_S, found.close())


async def _forgets(context: BrowserContext) -> bool:
    """Is nothing left of the page in it: no cookie, and no other page that it opened?"""
    if context.pages:
        return False
    try:
        await context.clear_cookies()
    except Error:
        return False
    return True


def context_kwargs(user_agent: str, *, any_certificate: bool) -> dict[str, Any]:
    """What Playwright makes a context with."""
    return {
        "user_agent": user_agent,
        "accept_downloads": False,
        "service_workers": "block",
        "ignore_https_errors": any_certificate,
    }
