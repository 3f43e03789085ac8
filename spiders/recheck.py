"""The recheck spider: articles that were judged are looked at again when it is their time, or when a person asks."""

from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from mentions.config import Config
from mentions.crawling.looking_again import DueLooks
from mentions.crawling.publisher_spider import PublisherSpider, in_turn
from mentions.store.records import WaitingPage


class RecheckSpider(PublisherSpider):
    """Reads no sources and follows no links. To be run alone: it visits the publishers of all the others."""

    name = "recheck"
    due: DueLooks

    @classmethod
    def has_work(cls, config: Config) -> bool:
        """Whatever the configuration declares: what it looks at stands in the store."""
        del config
        return True

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Also learns which looks this run makes."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        job = spider.job
        spider.due = DueLooks(job.store, job.frontier, job.ledger, job.wanted)
        return spider

    def first_requests(self) -> Iterator[Request]:
        """What is due."""
        yield from self._planned()

    def taken(self, publisher: str) -> list[WaitingPage]:
        """Known pages instead of new ones."""
        return self.due.take(publisher, now=self.job.clock())

    def more_requests(self) -> list[Request]:
        """What people asked for while we looked."""
        return [*super().more_requests(), *self._planned()]

    def _planned(self) -> Iterator[Request]:
        for domain in self.due.plan(now=self.job.clock()):
            self.job.frontier.admit(self.job.publisher(domain))
            self.visits[domain] = None
        yield from in_turn(self.page_requests(domain) for domain in self.visits)
