"""Scrapy as it comes: a spider as the documentation teaches it, for comparison with ours. Nothing of the product."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.sitemap import Sitemap
from twisted.internet import defer

from tests.hostile_cases import TRAP_ADDRESS, TRAP_HOST

NAME = "Acme Robotics"


class Unguarded(CachingThreadedResolver):
    """Made-up names lead to loopback, as real ones do to their servers; all others are asked of the system."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "defer.Deferred[str]":  # noqa: N802  # Twisted's
        """The address, whatever it is."""
        if name.endswith(".example"):
            return defer.succeed(TRAP_ADDRESS if name == TRAP_HOST else "127.0.0.1")
        return super().getHostByName(name, timeout)


class Stock(Spider):
    """Reads feeds, sitemaps and sites, looks for our name, and notes the address of every page it could read."""

    name = "stock"

    def __init__(self, plan: Mapping[str, Any]) -> None:
        super().__init__()
        self.plan = plan
        self.read = Path(plan["read"]).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115  # the process closes it

    async def start(self) -> AsyncIterator[Request]:
        """Every source."""
        for url in self.plan["feeds"]:
            yield Request(url, self.parse_feed)
        for url in self.plan["sitemaps"]:
            yield Request(url, self.parse_sitemap)
        for url in self.plan["crawl"]:
            yield Request(url, self.parse_site)

    def parse_feed(self, response: Any) -> Iterator[Request]:
        """RSS."""
        for link in response.xpath("//item/link/text()").getall():
            yield from self._page(response.urljoin(link.strip()))

    def parse_sitemap(self, response: Any) -> Iterator[Request]:
        """As SitemapSpider does it."""
        sitemap = Sitemap(response.body)
        for entry in sitemap:
            url = response.urljoin(entry["loc"])
            if sitemap.type == "sitemapindex":
                yield Request(url, self.parse_sitemap)
            else:
                yield from self._page(url)

    def parse_page(self, response: Any, asked: str) -> None:
        """Looks for our name, and at the links where it stands."""
        if NAME in response.text:
            for link in response.css("a[href]"):
                link.attrib.get("rel")
        self.read.write(f"{asked}\n")

    def parse_site(self, response: Any) -> Iterator[Request]:
        """As CrawlSpider does it."""
        self.parse_page(response, response.url)
        for link in LinkExtractor().extract_links(response):
            yield Request(link.url, self.parse_site)

    def _page(self, url: str) -> Iterator[Request]:
        try:
            yield Request(url, self.parse_page, cb_kwargs={"asked": url})
        except ValueError:
            return  # it has no scheme


def run(plan: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """A crawl with Scrapy's defaults, ROBOTSTXT_OBEY and these settings."""
    process = AsyncCrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "TWISTED_DNS_RESOLVER": "benchmarks.stock_spider.Unguarded",
            "LOG_LEVEL": "ERROR",
            **settings,
        }
    )
    process.crawl(Stock, plan=plan)
    process.start()
