"""robots.txt as RFC 9309 has it, and Crawl-delay. There is no switch that turns it off.

Scrapy's own middleware is not used: with several requests for one host under way it lets some through before the
rules are there, takes an unreachable robots.txt for permission, obeys the text of an error page, and reads bodies of
any length.
"""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from mentions.crawling.failures import trouble_of
from mentions.crawling.politeness import slow_down
from mentions.crawling.refusals import Refused, RobotsDenied, RobotsUnreadable
from mentions.crawling.robots_rules import RobotsRules, read_rules

MAX_BYTES = 512 * 1024  # RFC 9309, 2.5: parse at least 500 KiB; what follows is not read
MAX_UNPACKED_BYTES = 4 * MAX_BYTES  # of a compressed one; it is cut to MAX_BYTES all the same
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
TIMEOUT_S = 15.0  # every page of a host waits for it, and takes up one of the requests under way while it does
MAX_AGE_S = 24 * 3600.0  # RFC 9309, 2.4
UNREADABLE_AGE_S = 600.0  # one that could not be read is asked for again after this long
LONGEST_CRAWL_DELAY_S = 300.0  # a host that wants more than this between two pages is not crawled at all

logger = logging.getLogger(__name__)

Origin = tuple[str, str]  # scheme, host with port: what one robots.txt speaks for


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt says to us. `rules` None: everything may be fetched; `problem` not None: nothing may."""

    rules: RobotsRules | None
    problem: str | None = None

    @property
    def crawl_delay_s(self) -> float:
        """The seconds it asks for between two requests, 0 where it asks for none."""
        return self.rules.crawl_delay_s if self.rules else 0.0

    def refusal(self, url: str) -> Refused | None:
        """Why `url` may not be fetched, as an exception to raise; None when it may."""
        if self.problem:
            return RobotsUnreadable(self.problem)
        if self.rules is None:
            return None
        if not self.rules.allows(url):
            return RobotsDenied("robots.txt asks us not to fetch this page")
        if self.crawl_delay_s > LONGEST_CRAWL_DELAY_S:
            return RobotsDenied(
                f"robots.txt asks for {self.crawl_delay_s:,.0f} seconds between two pages, longer than a run waits"
            )
        return None


def read_robots(status: int, body: bytes, robots_name: str) -> Robots:
    """What an answer to /robots.txt means for a crawler of that name (RFC 9309, 2.3.1).

    2xx: its rules; 4xx: there are none; anything else: not known, so nothing may be fetched. 429 is read as "not now",
    not as "there are none".
    """
    if 200 <= status < 300:
        return Robots(read_rules(_cut(body), robots_name))
    if 400 <= status < 500 and status != 429:
        return Robots(None)
    return Robots(None, f"robots.txt answered {status}; until it can be read, nothing is fetched here")


def _cut(body: bytes) -> bytes:
    """The first MAX_BYTES, without the line that the cut falls into: half a rule may mean the opposite."""
    if len(body) <= MAX_BYTES:
        return body
    return body[: body.rfind(b"\n", 0, MAX_BYTES) + 1]


class RobotsTxt:
    """Downloader middleware: asks robots.txt first, once for all requests that wait for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._name = str(crawler.settings["ROBOTSTXT_USER_AGENT"])
        self._tasks: dict[Origin, tuple[float, asyncio.Task[Robots]]] = {}
        self._token = object()  # marks our own requests; nobody else can make one
        crawler.signals.connect(self._bytes_received, signals.bytes_received)
        crawler.signals.connect(self._headers_received, signals.headers_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Raises RobotsDenied or RobotsUnreadable; lets everything else through, at the host's own pace.

        Awaitable only where robots.txt must be waited for: nearly always it is known.
        """
        if request.meta.get("robots_token") is self._token:
            return None
        parts = urlparse_cached(request)
        origin = (parts.scheme, parts.netloc)
        asked_at, task = self._tasks.get(origin, (0.0, None))
        if task is None or not task.done() or monotonic() - asked_at > _keep_s(task):
            return self._wait(request, origin)
        self._obey(request, task.result())
        return None

    async def _wait(self, request: Request, origin: Origin) -> None:
        self._obey(request, await self._robots(origin))

    def _obey(self, request: Request, robots: Robots) -> None:
        delay_s = robots.crawl_delay_s
        if 0 < delay_s <= LONGEST_CRAWL_DELAY_S:
            downloader = self._crawler.engine.downloader
            slow_down(downloader, downloader.get_slot_key(request), delay_s)
        refusal = robots.refusal(request.url)
        if refusal:
            raise refusal

    async def rules_of(self, url: str) -> Robots:
        """What the robots.txt of the site on which `url` stands says; asked for where it is not known yet."""
        parts = urlsplit(url)
        return await self._robots((parts.scheme, parts.netloc))

    async def _robots(self, origin: Origin) -> Robots:
        """The answer of `origin`: one task, awaited by every request that needs it."""
        asked_at, task = self._tasks.get(origin, (0.0, None))
        if task is None or (task.done() and monotonic() - asked_at > _keep_s(task)):
            task = asyncio.ensure_future(self._load(origin))
            self._tasks[origin] = (monotonic(), task)
        if task.done():
            return task.result()
        # Shielded, because a request that is cancelled must not take the answer away from the others.
        return await asyncio.shield(task)

    async def _load(self, origin: Origin) -> Robots:
        scheme, netloc = origin
        request = Request(
            f"{scheme}://{netloc}/robots.txt",
            callback=NO_CALLBACK,
            meta={
                "robots_token": self._token,
                "redirect_ttl": MAX_REDIRECTS,
                "download_timeout": min(TIMEOUT_S, self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")),
            },
        )
        stats = self._crawler.stats
        stats.inc_value("robots/asked")
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the rules are not known, so nothing is fetched
            stats.inc_value("robots/unreadable")
            reason = trouble_of(error).reason
            logger.info("robots.txt of %s cannot be read: %s", netloc, reason)
            return Robots(None, f"robots.txt could not be read ({reason})")
        robots = read_robots(response.status, response.body, self._name)
        stats.inc_value("robots/unreadable" if robots.problem else "robots/read")
        return robots

    def _headers_received(self, request: Request) -> None:
        if request.meta.get("robots_token") is self._token:
            # Scrapy gives up a body larger than this at once, by its Content-Length; ours is cut instead.
            request.meta["download_maxsize"] = 0

    def _bytes_received(self, data: bytes, request: Request) -> None:
        if request.meta.get("robots_token") is not self._token:
            return
        request.meta["download_maxsize"] = MAX_UNPACKED_BYTES  # for the decompression that follows
        received = request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
        if received > MAX_BYTES:
            raise StopDownload(fail=False)


def _keep_s(task: asyncio.Task[Robots]) -> float:
    """How long an answer is good for."""
    unreadable = task.cancelled() or task.exception() is not None or task.result().problem is not None
    return UNREADABLE_AGE_S if unreadable else MAX_AGE_S
