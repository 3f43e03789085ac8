"""Scrapy as it comes, told to hurry: it asks for the pages of a made-up web and looks at none. The side beside ours."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.local_web import ABOUT
from mentions.config import load_config
from mentions.crawling.configuration import CONFIG_SETTING


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it, from Scrapy's start to its end."""

    pages: int
    seconds: float
    cpu_s: float


class Plain(Spider):
    """Counts what answered."""

    name = "plain"
    seen = 0

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__()
        self.urls = urls

    async def start(self) -> AsyncIterator[Request]:
        """As in Scrapy's tutorial."""
        for url in self.urls:
            yield Request(url)

    def parse(self, response: Response) -> None:
        """One more."""
        Plain.seen += 1


def addresses(port: int) -> list[str]:
    """The addresses of all pages of the made-up web that answers at this port."""
    with urlopen(f"http://{ABOUT}:{port}/pages") as answer:
        return list(json.load(answer))


def fetch_all(folder: Path) -> Fetched:
    """Asks for every page of the web that the configuration in `folder` leads to. Once a process: Scrapy ends its loop.

    Only the resolver is ours, because the hosts are made up.
    """
    config = load_config(folder / "mentions.toml")
    [port] = config.network.ports
    urls = addresses(port)
    process = AsyncCrawlerProcess(
        {
            CONFIG_SETTING: config,
            "TWISTED_DNS_RESOLVER": "mentions.crawling.resolver.GuardedResolver",
            "CONCURRENT_REQUESTS": 32,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
            "CONCURRENT_ITEMS": 8,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    process.crawl(Plain, urls=urls)
    started, cpu = time.monotonic(), time.process_time()
    process.start()
    return Fetched(Plain.seen, time.monotonic() - started, time.process_time() - cpu)
