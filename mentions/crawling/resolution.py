"""Looking where links lead: shorteners hop by hop, our own pages to their end; headers only, never a body.

Every hop is a request like any other: address guard, robots.txt, the host's own pace.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Final
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from mentions.budgets import Looks
from mentions.crawling.failures import trouble_of
from mentions.crawling.ledger import Clock
from mentions.crawling.refusals import Refused
from mentions.destinations import Destination, Hop, after, problem_of_status
from mentions.links import LinkKind, read_href
from mentions.store import Store
from mentions.urls import host_of

MAX_HOPS: Final = 5
MOST_A_PAGE: Final = 10  # links of one page that are looked at; lists of affiliate links have hundreds
TIMEOUT_S: Final = 15.0  # of one hop; a page waits for it
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# What servers say to a HEAD that they would not say to a GET.
_HEAD_REFUSED: Final = frozenset({400, 403, 404, 405, 406, 500, 501, 503})

Ask = Callable[[str, str], Awaitable[Response]]  # method, address → the answer's headers


class LookBudget:
    """What the looks of one run share: how many are left, and when each host was asked last.

    Several crawlers ask at once in one run; each keeps a host's pace by itself, so they must not ask it in turn.
    """

    def __init__(self, looks: Looks, *, between_s: float) -> None:
        """`between_s`: the pause between two looks at one host."""
        self.looks, self._between_s = looks, between_s
        self.left = looks.max_a_night
        self._turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asked_at: dict[str, float] = {}
        self._own_pages_taken = False

    def take_own_pages(self) -> bool:
        """True once a run: whoever asks first looks at our own pages."""
        taken, self._own_pages_taken = self._own_pages_taken, True
        return not taken

    async def turn(self, host: str, ask: Callable[[], Awaitable[Response]]) -> Response:
        """Asks when it is the host's turn: one at a time, and a pause in between."""
        async with self._turn[host]:
            pause_s = self._asked_at.get(host, -inf) + self._between_s - monotonic()
            if pause_s > 0:
                await asyncio.sleep(pause_s)
            try:
                return await ask()
            finally:
                self._asked_at[host] = monotonic()


class Looker:
    """Looks at addresses for one crawler; what is known from earlier is not asked again."""

    def __init__(self, ask: Ask, store: Store, budget: LookBudget, clock: Clock) -> None:
        self._ask, self._store, self._budget, self._clock = ask, store, budget, clock
        self._tasks: dict[str, asyncio.Task[Destination | None]] = {}

    async def look(self, urls: Iterable[str], *, ours: bool) -> dict[str, Destination]:
        """What is known of these addresses once each was looked at, if it was its time, there was budget, and time.

        Never raises for what an address does. Raises StoreError.
        """
        wanted = list(dict.fromkeys(urls))[:MOST_A_PAGE]
        known = self._store.destinations(wanted)
        now = self._clock()
        due = [url for url in wanted if url not in known or known[url].is_due(now, self._budget.looks)]
        tasks = [task for url in due if (task := self._task(url, known.get(url), ours=ours))]
        if tasks:
            # Shielded, because another page may wait for the same address with more patience.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._budget.looks.wait_s):
                    await asyncio.gather(*(asyncio.shield(task) for task in tasks))
            fresh = [task.result() for task in tasks if task.done() and not task.cancelled()]
            known |= {found.url: found for found in fresh if found}
        return known

    def _task(self, url: str, before: Destination | None, *, ours: bool) -> "asyncio.Task[Destination | None] | None":
        if url not in self._tasks:
            if self._budget.left <= 0:
                return None
            self._budget.left -= 1
            self._tasks[url] = asyncio.ensure_future(self._looked(url, before, ours=ours))
        return self._tasks[url]

    async def _looked(self, url: str, before: Destination | None, *, ours: bool) -> Destination | None:
        allowed = True
        hops: list[Hop] = []
        try:
            final, status, problem = await (self._to_the_end(url, hops) if ours else self._behind(url))
        except Exception as error:  # noqa: BLE001  # whatever it was, it is nobody's fault but this address's
            final, status, problem = None, None, trouble_of(error).reason
            allowed = not isinstance(error, Refused)
        seen = Destination(url, ours, self._clock(), final, status, problem, hops=tuple(hops))
        found = after(before, seen, asked=allowed)
        self._store.save_destinations([found])
        return found

    async def _behind(self, url: str) -> tuple[str | None, int | None, str | None]:
        """Where a shortener leads: the first address that hides nothing, which itself is not asked for."""
        here = url
        for _ in range(MAX_HOPS):
            response = await self._headers_of(here)
            there = _leads_to(here, response)
            if there is None:
                return None, response.status, f"it leads nowhere (HTTP {response.status})"
            if read_href(there, here).kind is not LinkKind.OPAQUE:
                return there, None, None
            here = there
        return None, None, f"it leads on and on, more than {MAX_HOPS} times"

    async def _to_the_end(self, url: str, hops: list[Hop]) -> tuple[str | None, int | None, str | None]:
        """Where a page of ours finally is, and what it answers; each redirect on the way goes into `hops`."""
        here = url
        for _ in range(MAX_HOPS + 1):
            response = await self._headers_of(here)
            there = _leads_to(here, response)
            if there is None:
                return here, response.status, problem_of_status(response.status)
            hops.append((response.status, there))
            here = there
        return None, None, f"redirected more than {MAX_HOPS} times"

    async def _headers_of(self, url: str) -> Response:
        response = await self._budget.turn(host_of(url), lambda: self._ask("HEAD", url))
        if response.status in _HEAD_REFUSED:
            response = await self._budget.turn(host_of(url), lambda: self._ask("GET", url))
        return response


def _leads_to(url: str, response: Response) -> str | None:
    location = response.headers.get("Location")
    if response.status not in _REDIRECTS or not location:
        return None
    try:
        return urljoin(url, location.decode("utf-8", "replace"))
    except ValueError:
        return None


class HeadersOnly:
    """Asks one crawler's engine for the headers of addresses: every middleware of the crawl stands in the way."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._token = object()  # marks our own requests; nobody else can make one
        crawler.signals.connect(self._stop, signals.headers_received)

    async def ask(self, method: str, url: str) -> Response:
        """The answer without its body, redirects not followed. Raises what the crawl's middlewares and Scrapy raise."""
        request = Request(
            url,
            method=method,
            callback=NO_CALLBACK,
            headers={"Accept-Encoding": "identity"},  # there is no body to unpack
            meta={
                "look_token": self._token,
                "dont_redirect": True,
                "handle_httpstatus_all": True,
                "download_timeout": min(TIMEOUT_S, self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")),
            },
            dont_filter=True,
        )
        return await self._crawler.engine.download_async(request)

    def _stop(self, request: Request) -> None:
        if request.meta.get("look_token") is self._token and request.method == "GET":
            raise StopDownload(fail=False)
