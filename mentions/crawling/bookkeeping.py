"""Books kept while a crawl runs: every page taken ends in exactly one outcome, every source in one line."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from mentions.analysis import Analysis
from mentions.crawling.copies import Copies, Fate
from mentions.crawling.failures import Trouble
from mentions.crawling.frontier import Found
from mentions.crawling.items import LeftEarly, PageItem
from mentions.crawling.job import Job
from mentions.crawling.outcomes import (
    kind_of,
    outcome_of_mistake,
    outcome_of_trouble,
    outcome_unchanged,
    outcomes_of,
    outcomes_of_copy,
)
from mentions.crawling.saving import Saving
from mentions.exceptions import StoreError
from mentions.pages import PageState
from mentions.sources import Reading, Source
from mentions.store.keys import page_key
from mentions.store.records import PageOutcome, SourceLook, WaitingPage

logger = logging.getLogger(__name__)

FLUSH_EVERY_S = 1.0


class Bookkeeper:
    """Listens to one crawler and keeps the ledger and the frontier of its job."""

    def __init__(self, crawler: Crawler, job: Job) -> None:
        self._crawler, self._job, self._ledger = crawler, job, job.ledger
        self._ending: asyncio.Future[None] | None = None  # kept, or asyncio may forget it
        self._copies = Copies(job)
        self._saving = Saving(job.config, job.store, job.ledger)
        self.on_settled: Callable[[str], None] | None = None  # told the publisher that has room for another page
        self._stumbled: dict[str, BaseException | None] = {}  # by page key: what our own code failed with
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        connect = crawler.signals.connect
        connect(self._opened, signals.spider_opened)
        connect(self._dropped, signals.item_dropped)
        connect(self._item_failed, signals.item_error)
        connect(self._callback_failed, signals.spider_error)
        connect(self._closed, signals.spider_closed)

    # --- pages --------------------------------------------------------------------------------------------------------

    def settle(self, asked: WaitingPage, *outcomes: PageOutcome) -> None:
        """A page taken from the frontier has its answer."""
        self._job.frontier.settle(asked)
        self._record(outcomes)
        for outcome in outcomes:
            for held in self._copies.released(page_key(outcome.key)):
                self.judged(held.item, held.analysis)
        if self.on_settled:
            self.on_settled(asked.publisher)

    def judged(self, item: PageItem, analysis: Analysis) -> None:
        """A page went all the way. One that is a copy of another page of its site leaves the finding to that one."""
        # A page that is looked at again keeps its findings, whatever it says by now of being a copy.
        fate, original = (Fate.OWN, None) if item.asked.expected else self._copies.fate(item, analysis)
        if original is None:
            self._judged(item, analysis)
        elif fate is Fate.COPY:
            self._ledger.count("skipped/copy", item.publisher.domain)
            self.settle(item.asked, *outcomes_of_copy(item.asked, item.page, original, looked_at=self._looked_at(item)))
        else:  # its row still waits: for its original in this run, or for another night
            self._ledger.count("pages/copies_later", item.publisher.domain, times=int(fate is Fate.LATER))
            self.settle(item.asked)

    def _judged(self, item: PageItem, analysis: Analysis) -> None:
        if analysis.state is PageState.LIVE:
            self._ledger.count("pages/judged" if analysis.findings else "pages/unnamed", item.publisher.domain)
        else:
            kind = "needs_rendering" if item.page.unrendered else analysis.state.value
            self._ledger.count(f"skipped/{kind}", item.publisher.domain)
        outcomes = self._outcomes(item, analysis)
        with suppress(StoreError):  # the ledger meets the same error, and remembers it
            self._saving.keep(item.page, outcomes)
        self.settle(item.asked, *outcomes)

    def early(self, item: PageItem) -> None:
        """A page cannot hold a name of ours: it was read by nobody, and is done."""
        self._ledger.count("pages/early", item.publisher.domain)
        analysis = Analysis(item.page, None, (), PageState.LIVE, early=True)
        self.settle(item.asked, *self._outcomes(item, analysis))

    def unchanged(self, asked: WaitingPage, http_status: int) -> None:
        """Nothing has changed on a known page since our last good look, by its word or its bytes: all still holds."""
        self._ledger.count("requests/answered", asked.publisher)
        self._ledger.count("pages/unchanged", asked.publisher)
        self.settle(asked, outcome_unchanged(asked, http_status, looked_at=self._job.clock()))

    def refused(self, asked: WaitingPage, trouble: Trouble) -> None:
        """A page could not be fetched."""
        self._ledger.count("requests/answered" if _answered(trouble) else "requests/failed", asked.publisher)
        if trouble.state is not PageState.ROBOTS_DENIED:
            self._ledger.count("pages/failed", asked.publisher)
            self._ledger.count("pages/failed_again", asked.publisher, times=int(asked.attempts > 0))
        self._ledger.count(trouble.counter, asked.publisher)
        self.settle(asked, outcome_of_trouble(asked, trouble, looked_at=self._job.clock()))

    def found(self, publisher: str, found: Found) -> None:
        """Counts what a source or page announced."""
        self._ledger.count("pages/new", publisher, times=found.new)
        self._ledger.count("pages/known", publisher, times=found.known)
        self._ledger.count("pages/changed", publisher, times=found.changed)
        self._ledger.count("skipped/too_old", publisher, times=found.too_old)
        self._ledger.count("skipped/no_page", publisher, times=found.no_page)
        self._ledger.count("skipped/over_nightly_limit", publisher, times=found.over)

    def _dropped(self, item: PageItem, exception: BaseException) -> None:
        if isinstance(exception, LeftEarly):
            self.early(item)
        else:
            self._mistake(item.asked, exception)

    def _item_failed(self, item: PageItem, failure: Failure) -> None:
        self._mistake(item.asked, failure.value)

    def _callback_failed(self, failure: Failure, response: Response | Failure | None) -> None:
        request = getattr(response, "request", None)
        given: dict[str, Any] = request.cb_kwargs if request is not None else {}
        if asked := given.get("asked"):
            # The page may be on its way through the pipelines all the same; if it is not, `lost` finds it.
            self._stumbled[asked.key] = failure.value
        elif source := given.get("source"):
            self.source_failed(source, f"a mistake of ours: {type(failure.value).__name__}")

    def _mistake(self, asked: WaitingPage, error: BaseException | None) -> None:
        """One page on which our own code failed must not end the night: it is counted, and said at the end."""
        if isinstance(error, StoreError):
            return  # the ledger remembers it, and the spiders ask for nothing more
        self._ledger.count("skipped/mistake_of_ours", asked.publisher)
        self._ledger.count("pages/failed", asked.publisher)
        said = f" ({kind_of(error)}: {error})" if error else ""
        self._ledger.warn(f"{asked.url}: a mistake of ours{said}; please report it")
        self.settle(asked, outcome_of_mistake(asked, error, looked_at=self._job.clock()))

    def lost(self, asked: WaitingPage) -> None:
        """Nothing is under way any more, and this page has no answer: our own code dropped it."""
        self._mistake(asked, self._stumbled.get(asked.key))

    def _outcomes(self, item: PageItem, analysis: Analysis) -> tuple[PageOutcome, ...]:
        return outcomes_of(
            item.asked,
            analysis,
            looked_at=self._looked_at(item),
            publisher_of=lambda url: self._job.publisher_of(url, asked=item.publisher.domain),
        )

    def _looked_at(self, item: PageItem) -> datetime:
        """When; a page out of an archive was looked at when it was saved."""
        return item.page.fetched_at or self._job.clock()

    # --- sources ------------------------------------------------------------------------------------------------------

    def source_read(
        self,
        source: Source,
        reading: Reading,
        found: Found,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """A source was read; `found` is what became of its pages."""
        self._ledger.count("sources/read", source.publisher)
        for problem in reading.problems:
            self._ledger.warn(f"{source.url}: {problem}")
        if source.publisher:  # what a search or a list announced is counted for each publisher when it is written down
            self.found(source.publisher, found)
        if reading.empty:
            self._ledger.count("sources/empty", source.publisher)
            self._ledger.warn(f"{source.url}: announces nothing")
        if reading.cut:
            self._ledger.warn(f"{source.url}: holds more than we read; only its beginning was looked at")
        self._save(
            source,
            etag=etag,
            last_modified=last_modified,
            found=found.new,
            problem="announces nothing" if reading.empty else None,
        )

    def source_unchanged(self, source: Source) -> None:
        """The source says it has nothing new since the last look."""
        self._ledger.count("sources/unchanged", source.publisher)
        etag, last_modified = self._job.store.source_validators(source.url)
        self._save(source, etag=etag, last_modified=last_modified)

    def source_refused(self, source: Source, trouble: Trouble) -> None:
        """The source could not be fetched."""
        self._ledger.count("requests/answered" if _answered(trouble) else "requests/failed", source.publisher)
        if trouble.state is PageState.ROBOTS_DENIED:
            self._ledger.count("sources/denied", source.publisher)
            self._ledger.warn(f"{source.url}: {trouble.reason}")
            self._save(source, problem=trouble.reason)
        else:
            self.source_failed(source, trouble.reason)

    def source_failed(self, source: Source, reason: str) -> None:
        """The source cannot be used tonight."""
        self._ledger.count("sources/failed", source.publisher)
        self._ledger.warn(f"{source.url}: {reason}")
        logger.warning("%s: %s", source.url, reason)
        self._save(source, problem=reason)

    def _save(
        self,
        source: Source,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        found: int = 0,
        problem: str | None = None,
    ) -> None:
        look = SourceLook(
            url=source.url,
            publisher=source.publisher or None,
            kind=source.kind,
            looked_at=self._job.clock(),
            target=source.target,
            query=source.query,
            etag=etag,
            last_modified=last_modified,
            found=found,
            problem=problem,
        )
        self._job.store.save_source(look)

    # --- the run ------------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._timer = create_looping_call(self._tick)
        self._timer.start(FLUSH_EVERY_S, now=False)

    def _tick(self) -> None:
        # The ledger remembers a store that cannot be written, and the spiders then ask for nothing more.
        with suppress(StoreError):
            self._ledger.flush_if_due()
        self._job.report()
        if self._ending is None and self._job.limit_reached():
            # Nothing new is asked for; what is under way may finish.
            self._ending = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="limit"))

    def _record(self, outcomes: tuple[PageOutcome, ...]) -> None:
        with suppress(StoreError):
            self._ledger.record(*outcomes)

    def _closed(self, reason: str) -> None:
        if self._timer is not None and self._timer.running:
            self._timer.stop()
        if reason == "shutdown":
            self._job.stopped = True
        with suppress(StoreError):
            self._ledger.flush()
        self._job.report()


def _answered(trouble: Trouble) -> bool:
    """Did anybody answer? A robots.txt that keeps us out did, and so did a body that is too large or no page."""
    return trouble.http_status is not None or trouble.state in {PageState.ROBOTS_DENIED, PageState.UNPARSABLE}
