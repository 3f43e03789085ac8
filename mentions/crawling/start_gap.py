"""A run that follows at once on another one is as polite as if there had been only one (G-01).

Which hosts a killed run was asking when it died is not known, because its last pages were not written. So after one, no
host is asked before its own delay has passed since this run began; after one that ended, before it has passed since
then.
"""

from datetime import datetime, timedelta
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from mentions.store.records import RunState, RunSummary


def rested_s(last: RunSummary | None, *, now: datetime) -> float:
    """Seconds for which every host has surely been left alone; 0 where that is not known."""
    if last is None:
        return float("inf")
    if last.state in {RunState.DIED, RunState.RUNNING} or last.ended_at is None:
        return 0.0
    return max(timedelta(0), now - last.ended_at).total_seconds()  # a clock may have been put back


class StartGap:
    """Downloader middleware: the first request to each host waits as if another had just been made."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._seen: set[str] = set()
        self._last_asked_s: float | None = None  # on the monotonic clock; None: long ago, or nobody asked
        crawler.signals.connect(self._spider_opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def _spider_opened(self) -> None:
        from mentions.crawling.publisher_spider import PublisherSpider  # here: it imports the settings' middlewares

        spider = self._crawler.spider
        if isinstance(spider, PublisherSpider):
            job = spider.job
            before = job.store.runs_before(job.run_id, 1)
            rested = rested_s(before[0] if before else None, now=job.started_at)
            if rested != float("inf"):
                self._last_asked_s = monotonic() - rested

    def process_request(self, request: Request) -> None:
        """Notes an earlier request in the slot of a host that is seen for the first time."""
        if self._last_asked_s is None:
            return
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if key not in self._seen:
            self._seen.add(key)
            _, slot = downloader._get_slot(request)
            slot.lastseen = max(slot.lastseen, self._last_asked_s)
