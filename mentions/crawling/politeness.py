"""How gently each host is asked: delay and concurrency by publisher, Crawl-delay, pauses. One slot a host."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from mentions.crawling.configuration import CONFIG_SETTING
from mentions.publishers import Politeness, Publisher

DEFAULT_MANNERS = Politeness()
SMALLEST_DELAY_S = 0.001  # Scrapy looks at a slot's pause only where its delay is not 0


class PublisherPoliteness:
    """Downloader middleware: gives the slot of a host its publisher's delay and concurrency before the first request.

    A host belongs to the publisher whose domain it is or is under; all others get those of `[elsewhere]`.
    """

    def __init__(self, crawler: Crawler, publishers: Sequence[Publisher], elsewhere: Politeness | None = None) -> None:
        self._crawler = crawler
        self._by_domain = {publisher.domain: publisher.politeness for publisher in publishers}
        self._elsewhere = elsewhere or Politeness()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        config = crawler.settings.get(CONFIG_SETTING)
        return cls(crawler, config.publishers, config.elsewhere.politeness) if config else cls(crawler, ())

    def process_request(self, request: Request) -> None:
        """Sets the slot's manners; touches nothing else."""
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if key not in downloader.per_slot_settings:
            manners = politeness_of(key, self._by_domain, self._elsewhere)
            # No jitter: it would undercut the delay half of the time, and we have no need to look like a person.
            settings = {"delay": manners.delay_s, "concurrency": manners.concurrency, "jitter": 0.0}
            downloader.per_slot_settings[key] = settings


class PoliteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle, which slows down for slow sites, with each host's own delay as its floor.

    It aims at as many requests under way at a host as the host's publisher allows.
    """

    def _min_delay(self) -> float:
        return 0.0  # Scrapy's floor is one for all hosts (DOWNLOAD_DELAY)

    def _start_delay(self) -> float:
        return self.crawler.settings.getfloat("DOWNLOAD_DELAY")

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency / slot.concurrency, response)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if key is not None and slot is not None:
            floor_s = self.crawler.engine.downloader.per_slot_settings.get(key, {}).get("delay", 0.0)
            slot.delay = max(slot.delay, floor_s)


def politeness_of(
    host: str, by_domain: Mapping[str, Politeness], elsewhere: Politeness = DEFAULT_MANNERS
) -> Politeness:
    """The manners for `host`: those of the longest domain it is or is under; `elsewhere` where there is none."""
    labels = host.rstrip(".").split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((by_domain[domain] for domain in domains if domain in by_domain), elsewhere)


def slow_down(downloader: Downloader, key: str, delay_s: float) -> None:
    """From now on at least `delay_s` between two requests of the slot `key`, and one at a time."""
    settings: dict[str, Any] = downloader.per_slot_settings.setdefault(key, {})
    settings.update(delay=max(delay_s, settings.get("delay", 0.0)), concurrency=1, jitter=0.0)
    slot = downloader.slots.get(key)
    if slot is not None:
        slot.delay, slot.concurrency, slot.jitter = max(delay_s, slot.delay), 1, 0.0


def hold(downloader: Downloader, key: str, resting_s: float) -> None:
    """Nothing more is asked in the slot `key` for `resting_s` seconds; what is under way goes on."""
    slot = downloader.slots.get(key)
    if slot is not None:
        slot.delay = max(slot.delay, SMALLEST_DELAY_S)
        # Scrapy waits until `lastseen` + delay, so a last request in the future is a pause.
        slot.lastseen = max(slot.lastseen, monotonic() + resting_s)
