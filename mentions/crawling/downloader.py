"""Scrapy's downloader, so that every host keeps its own pace however many there are.

Scrapy counts a request that waits for its host's turn as one under way: with 100 hosts at one request a second and 64
at once, 36 hosts stand still at any moment. Here only transfers count (CONCURRENT_REQUESTS), and of each host no more
requests are let in than may transfer at once: what it answered (429, a redirect) is known before the next one goes.
Scrapy also starts more than a slot's `concurrency` where its delay is 0, because it notes a transfer only once its
task runs; here it is noted at once.

Overrides private methods of Scrapy 2.19; test_downloader tells when they move.
"""

from collections import Counter, deque
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import _schedule_coro
from twisted.internet.defer import Deferred

from mentions.crawling.middlewares import PlainCalls

MOST_INSIDE = 2_000  # requests that wait or transfer, over all hosts; each takes some 20 KB

Result = TypeVar("Result")


class PacedDownloader(Downloader):
    """Limits transfers over all hosts, and what waits by host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Not made anew, because middlewares connect to signals when they are made.
        self.middleware.__class__ = PlainCalls
        self._inside: Counter[str] = Counter()  # requests by slot: at robots.txt, waiting or transferring
        self._transfers = 0
        self._parked: deque[Slot] = deque()  # slots whose turn has come while too much was under way
        self.on_room: Callable[[str], None] | None = None  # told the key of a slot that a request has left

    def needs_backout(self) -> bool:
        """Is there no room at all?"""
        return len(self.active) >= MOST_INSIDE

    def has_room(self, key: str) -> bool:
        """May another request of this slot be let in?"""
        slot = self.slots.get(key)
        if slot is None:
            concurrency = int(self.per_slot_settings.get(key, {}).get("concurrency", self.domain_concurrency))
        else:
            concurrency = slot.concurrency
        return self._inside[key] < max(1, concurrency)

    def fetch(self, request: Request, spider: Spider | None = None) -> "Deferred[Response | Request]":
        """As Scrapy's; counts what is inside."""
        key = self.get_slot_key(request)
        self._inside[key] += 1
        return super().fetch(request).addBoth(self._left, key)

    def _left(self, result: Result, key: str) -> Result:
        self._inside[key] -= 1
        if not self._inside[key]:
            del self._inside[key]  # a crawl meets many hosts
        if self.on_room:
            self.on_room(key)
        return result

    def _process_queue(self, slot: Slot) -> None:
        """Starts what may start at this host now, and comes back when the next one may."""
        if slot.latercall or not slot.queue:
            return
        now, delay_s = monotonic(), slot.download_delay()
        waits_s = slot.lastseen + delay_s - now if delay_s else 0.0
        if waits_s > 0:
            slot.latercall = call_later(waits_s, self._latercall, slot)
            return
        while slot.queue and slot.free_transfer_slots() > 0:
            if 0 < self.total_concurrency <= self._transfers:
                self._parked.append(slot)
                return
            slot.lastseen = now
            request, waiting = slot.queue.popleft()
            slot.transferring.add(request)
            self._transfers += 1
            _schedule_coro(self._wait_for_download(slot, request, waiting))
            if delay_s:
                self._process_queue(slot)
                return

    async def _download(self, slot: Slot, request: Request) -> Any:
        try:
            return await super()._download(slot, request)
        finally:
            self._transfers -= 1
            self._resume()

    def _resume(self) -> None:
        """Lets the slots go on that waited for others, in the order they came."""
        for _ in range(len(self._parked)):
            if 0 < self.total_concurrency <= self._transfers:
                return
            self._process_queue(self._parked.popleft())
