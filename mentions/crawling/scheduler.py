"""Whose turn is it? Hosts in turn, each only while the downloader has room for it; of each host the best first."""

from collections import deque
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from mentions.crawling.downloader import PacedDownloader

# Higher priority first, of equal ones the oldest: the frontier hands pages over best first.
_Entry = tuple[int, int, Request]


class HostsInTurn(BaseScheduler):
    """Holds requests in memory, by downloader slot. No duplicate filter: the frontier asks for no page twice.

    Scrapy's scheduler looks at every host for each request; this one only at the host whose turn it is.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._numbers: Iterator[int] = count()
        self._queues: dict[str, list[_Entry]] = {}
        self._turns: deque[str] = deque()  # hosts with requests, but those in `_full`
        self._full: set[str] = set()  # hosts with requests for which the downloader had no room

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        """Does any request wait?"""
        return bool(self._queues)

    def __len__(self) -> int:
        """How many requests wait."""
        return sum(map(len, self._queues.values()))

    def enqueue_request(self, request: Request) -> bool:
        """Takes every request."""
        key = self._downloader.get_slot_key(request)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = []
            self._turns.append(key)
        heappush(queue, (-request.priority, next(self._numbers), request))
        return True

    def next_request(self) -> Request | None:
        """The best request of the host whose turn it is; None while no host has room."""
        downloader = self._downloader
        while self._turns:
            key = self._turns.popleft()
            if not downloader.has_room(key):
                self._full.add(key)
                continue
            queue = self._queues[key]
            request = heappop(queue)[2]
            if queue:
                self._turns.append(key)
            else:
                del self._queues[key]
            return request
        return None

    def _room(self, key: str) -> None:
        if key in self._full:
            self._full.remove(key)
            self._turns.append(key)

    @property
    def _downloader(self) -> PacedDownloader:
        downloader = self._crawler.engine.downloader
        assert isinstance(downloader, PacedDownloader), "HostsInTurn needs DOWNLOADER = PacedDownloader"
        downloader.on_room = self._room
        return downloader
