"""Which links of a run are looked at: those that may change a verdict, and our own pages now and then."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from mentions.analysis import Analysis
from mentions.config import Config
from mentions.crawling.job import Job
from mentions.crawling.publisher_spider import PublisherSpider, job_of
from mentions.crawling.resolution import HeadersOnly, LookBudget, Looker
from mentions.destinations import Destination, dead_pages, resolved
from mentions.exceptions import StoreError
from mentions.links import is_ours
from mentions.own_pages.reading import pages_of_targets
from mentions.pages import Page
from mentions.publishers import Publisher
from mentions.resolving import linked_pages_of_ours, worth_resolving
from mentions.urls import canonical_url


class LinkLooks:
    """Looks at links of pages that name us, for one crawler."""

    def __init__(self, job: Job, looker: Looker) -> None:
        self._job, self._looker = job, looker

    async def looked_at(self, page: Page, publisher: Publisher, analysis: Analysis) -> Analysis:
        """The analysis with what a look at the links brought; the same one where nothing of it matters."""
        links = analysis.article.links if analysis.article else ()
        findings = [finding for finding, _ in analysis.findings]
        expected = tuple(finding.target for finding in (*findings, *analysis.unnamed)) if analysis.unnamed else ()
        hidden = worth_resolving(links, findings)
        known = resolved((await self._looker.look(hidden, ours=False)).values()) if hidden else {}
        if known:
            self._job.ledger.count("links/resolved", publisher.domain, times=len(known))
            analysis = await self._again(page, publisher, known, frozenset(), expected)
            findings = [finding for finding, _ in analysis.findings]
        ours = [canonical_url(url) for url in linked_pages_of_ours(findings)]
        if ours:
            pages = (await self._looker.look(ours, ours=True)).values()
            self.warn_of(pages)
            dead = dead_pages(pages)
            if dead:
                analysis = await self._again(page, publisher, known, dead, expected)
        return analysis

    async def look_at_targets(self) -> None:
        """Our own pages that the configuration names, those behind watched links, and known ones; all in their time."""
        with suppress(StoreError):  # the ledger meets the same store, and says so
            watched = pages_behind(self._job.store.links_watched(), self._job.config)
            known = (page.url for page in self._job.store.own_pages())
            for url in dict.fromkeys((*pages_of_targets(self._job.config.targets), *watched, *known)):
                self.warn_of((await self._looker.look([url], ours=True)).values())

    def warn_of(self, pages: Iterable[Destination]) -> None:
        """Says at the end of the run which pages of ours are gone."""
        for page in pages:
            if page.is_dead:
                self._job.ledger.warn(f"a page of yours is gone: {page.url} ({page.problem})")

    async def _again(
        self,
        page: Page,
        publisher: Publisher,
        known: dict[str, str],
        dead: frozenset[str],
        expected: tuple[str, ...],
    ) -> Analysis:
        now = self._job.clock()
        return await self._job.analysts.analyse(page, publisher, now=now, resolved=known, dead=dead, expected=expected)


def pages_behind(links: Iterable[str], config: Config) -> list[str]:
    """Those of the addresses that are pages of ours, as canonical URLs: one may go while the article stays as it is."""
    ours = (url for url in links if any(is_ours(url, target) for target in config.targets))
    return list(dict.fromkeys(map(canonical_url, ours)))


def looks_of(crawler: Crawler) -> LinkLooks:
    """For this crawler, within what the whole run may spend."""
    job = job_of(crawler)
    if job.looks is None:
        job.looks = LookBudget(job.config.looks, between_s=job.config.elsewhere.politeness.delay_s)
    return LinkLooks(job, Looker(HeadersOnly(crawler).ask, job.store, job.looks, job.clock))


class LookAtOwnPages:
    """Extension: the first crawler of a run looks at our own pages; it stays open until that is done."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._idle, signals.spider_idle)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def _opened(self, spider: object) -> None:
        if not isinstance(spider, PublisherSpider):
            return
        looks = looks_of(self._crawler)
        if spider.job.wanted.asked_only:
            return  # a person waits: our own pages are for the night
        if spider.job.looks is not None and spider.job.looks.take_own_pages():
            self._task = asyncio.ensure_future(looks.look_at_targets())
            self._task.add_done_callback(self._done)

    def _idle(self) -> None:
        if self._task is not None and not self._task.done():
            raise DontCloseSpider

    def _done(self, task: "asyncio.Task[None]") -> None:
        """This keeps the crawl open no more: Scrapy is told, which by itself looks only every 5 s."""
        slot = self._crawler.engine._slot if self._crawler.engine else None
        if slot is not None and not task.cancelled():
            slot.nextcall.schedule()

    def _closed(self) -> None:
        if self._task is not None:
            self._task.cancel()
