"""The own_site spider: our own pages, so that it is known how they link to each other."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from mentions.config import Config
from mentions.crawling.failures import trouble_of
from mentions.crawling.own_site import SiteReading, is_due, keep
from mentions.crawling.publisher_spider import PublisherSpider


class OwnSiteSpider(PublisherSpider):
    """Visits no publisher, and only hosts of the targets' domains. Redirects are noted, not followed blindly."""

    name = "own_site"
    reading: SiteReading

    @classmethod
    def has_work(cls, config: Config) -> bool:
        """Does the configuration say how often it reads our own site?"""
        return config.own_site.every_days is not None

    def first_requests(self) -> Iterator[Request]:
        """Home pages and pages that others link to, when it is their time."""
        job = self.job
        if is_due(job.config, job.store.own_site_crawled(), job.clock()):
            self.reading = SiteReading(job.config)
            self.crawler.signals.connect(self._save, signals.spider_closed)
            yield from map(self._request, self.reading.first(job.store))

    def _request(self, url: str) -> Request:
        meta: dict[str, Any] = {"dont_redirect": True, "handle_httpstatus_all": True}
        given = {"ours": url}
        return Request(url, self._answered, errback=self._failed, cb_kwargs=given, meta=meta, dont_filter=True)

    def _answered(self, response: Response, ours: str) -> Iterator[Request]:
        self.job.ledger.count("requests/answered")
        self.job.ledger.count("own_site/pages")
        yield from map(self._request, self.reading.answered(ours, response, self.job.clock()))

    def _failed(self, failure: Failure) -> None:
        self.job.ledger.count("own_site/failed")
        self.reading.failed(failure.request.cb_kwargs["ours"], trouble_of(failure).reason)  # type: ignore[attr-defined]  # Scrapy puts it there

    def _save(self, reason: str) -> None:
        keep(self.job, self.reading, finished=reason == "finished")
