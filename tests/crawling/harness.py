"""Crawls inside the test's process, with the settings, handlers and middlewares of the real thing."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from mentions.config import Config, Network
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.failures import Trouble, trouble_of
from mentions.publishers import Politeness, Publisher
from mentions.targets import Target

# What would make a test slow: the pauses are tested by themselves, with a clock of their own.
QUICK = {"AUTOTHROTTLE_ENABLED": False, "DNSCACHE_ENABLED": False, "LOG_ENABLED": False}


HOSTS = ("site.example", "other.example")  # where tests live; asked without delay, unless a test is about delays


def hasty(domain: str, concurrency: int = 8) -> Publisher:
    """A publisher that may be asked as fast as we can."""
    politeness = Politeness(delay_s=0, concurrency=concurrency)
    return Publisher(name=domain, domain=domain, crawl=(f"http://{domain}/",), politeness=politeness)


@dataclass
class Crawl:
    """What came of a crawl: for each URL asked for, its answers, in order."""

    pages: dict[str, list[Response]] = field(default_factory=dict)
    troubles: dict[str, list[Trouble]] = field(default_factory=dict)
    stats: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, tuple[float, int, float]] = field(
        default_factory=dict
    )  # host → delay, concurrency, jitter at the end

    def outcomes(self, url: str) -> int:
        """How many answers a URL got; one is right."""
        return len(self.pages.get(url, ())) + len(self.troubles.get(url, ()))

    def trouble(self, url: str) -> Trouble:
        """The one trouble a URL ended in."""
        [trouble] = self.troubles[url]
        return trouble


class Asking(Spider):
    """Asks for URLs and notes what came of each."""

    name = "asking"

    def __init__(self, urls: Iterable[str], crawl: Crawl, meta: dict[str, Any]) -> None:
        super().__init__()
        self.urls, self.crawl, self.meta = urls, crawl, meta

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(
                url,
                self.answered,
                errback=self.failed,
                cb_kwargs={"asked": url},
                meta=dict(self.meta),
                dont_filter=True,
            )

    def answered(self, response: Response, asked: str) -> None:
        self.crawl.pages.setdefault(asked, []).append(response)

    def failed(self, failure: Failure) -> None:
        asked = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]  # Scrapy adds it
        self.crawl.troubles.setdefault(asked, []).append(trouble_of(failure))


def config_for(
    port: int,
    *,
    publishers: Iterable[Publisher] | None = None,
    ports: tuple[int, ...] = (),
    resolve: dict[str, str] | None = None,
    allow_private: tuple[str, ...] = ("127.0.0.1/32",),
    **network: Any,
) -> Config:
    """A configuration that reaches the web on loopback `port`, and nothing else that is private."""
    config = Config(
        targets=(Target(name="Acme Robotics", domains=("acme.example",)),),
        publishers=tuple(map(hasty, HOSTS) if publishers is None else publishers),
        network=Network(
            ports=(port, *ports),
            resolve={"*": "127.0.0.1"} if resolve is None else resolve,
            allow_private=allow_private,
            **network,
        ),
    )
    config._path = Path("mentions.toml")
    return config


def one_by_one() -> list[Publisher]:
    """The publishers of most tests, asked for one page after the other."""
    return [hasty(host, concurrency=1) for host in HOSTS]


def settings_for(config: Config, **changes: Any) -> Settings:
    """The settings of a real crawl with that configuration, without pauses and pipelines."""
    return crawl_settings(config, {**QUICK, "ITEM_PIPELINES": {}, "SPIDER_MODULES": [], **changes})


async def crawl(urls: Iterable[str], config: Config, *, meta: dict[str, Any] | None = None, **changes: Any) -> Crawl:
    """Asks for `urls` in one crawl, and says what came of each."""
    result = Crawl()
    runner = AsyncCrawlerRunner(settings_for(config, **changes))
    crawler = runner.create_crawler(Asking)

    def note_slots() -> None:
        slots = crawler.engine.downloader.slots
        result.slots = {host: (slot.delay, slot.concurrency, slot.jitter) for host, slot in slots.items()}

    crawler.signals.connect(note_slots, signals.spider_idle)
    await runner.crawl(crawler, urls=list(urls), crawl=result, meta=meta or {})
    result.stats = crawler.stats.get_stats()
    return result
