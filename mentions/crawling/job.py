"""One run from lock to last line: what all spiders and pipelines of a process share."""

import resource
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mentions.config import Config
from mentions.crawling.analysts import Analysts
from mentions.crawling.collecting import seldom
from mentions.crawling.conclusion import conclude, has_failed, tally
from mentions.crawling.drafting import write_drafts
from mentions.crawling.expectations import NEWS_WITHIN, PAST_RUNS, silent, usual_pages
from mentions.crawling.frontier import Frontier, publisher_of
from mentions.crawling.ledger import Clock, Ledger
from mentions.crawling.progress import Progress, progress_of
from mentions.crawling.reassessing import reassess
from mentions.crawling.resolution import LookBudget
from mentions.crawling.saving import Saving
from mentions.exceptions import StoreError
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.feedback import learn
from mentions.matching.lexicon import forget as forget_word_lists
from mentions.publishers import Publisher
from mentions.searching import UndeclaredPublisher
from mentions.sources import sources_of
from mentions.store import Store, open_store
from mentions.store.lock import run_lock
from mentions.store.records import RunState, RunSummary


@dataclass(slots=True)
class Job:
    """A run under way."""

    config: Config
    store: Store
    watchlist: Watchlist
    run_id: int
    started_at: datetime
    clock: Clock
    ledger: Ledger
    frontier: Frontier
    analysts: Analysts
    drafting: bool  # does this run write drafts?
    spiders_open: int = 0  # spiders of this run that have not closed yet
    resumes_since: datetime | None = None  # when the runs started that died just before this one
    stopped: bool = False  # a person or a signal ended it early
    limit: str | None = None  # which limit ended it, in plain words
    on_limit: Callable[[], object] | None = None  # told once, so that the end cannot be waited for for ever
    on_progress: Callable[[Progress], None] | None = None
    stopping: Awaitable[None] | None = None  # the task that stops the spiders; kept, or asyncio may forget it
    visited: set[str] = field(default_factory=set)  # domains of the publishers that a spider of this run visits
    looks: LookBudget | None = None  # what the run may spend on looking where links lead; made by the first who looks
    unread: set[str] = field(default_factory=set)  # searches not read yet: their pages may be any publisher's

    def publisher_of(self, url: str, *, asked: str) -> str:
        """The domain of the publisher on whose site `url` stands; `asked` announced it (see frontier.publisher_of)."""
        return publisher_of(url, self.config.publishers, asked=asked)

    def publisher(self, domain: str) -> Publisher:
        """The declared publisher of that domain; else one that is known by its domain alone."""
        return self.config.publisher(domain) or UndeclaredPublisher.at(domain, self.config.elsewhere)

    def report(self) -> None:
        """Tells whoever listens how far the run is."""
        if self.on_progress:
            self.on_progress(
                progress_of(
                    self.ledger.counts,
                    (self.clock() - self.started_at).total_seconds(),
                    publishers=len(self.visited),
                    done=sum(map(self._is_done, self.visited)),
                    failing=sum(has_failed(counts) for counts in self.ledger.publishers.values()),
                )
            )

    def _is_done(self, domain: str) -> bool:
        """Is everything of a publisher read that is known of so far?"""
        counts = self.ledger.publishers.get(domain, {})
        looked_at = sum(counts.get(f"sources/{how}", 0) for how in ("read", "unchanged", "denied", "failed"))
        return looked_at >= len(sources_of(self.publisher(domain))) and not self.frontier.unanswered(domain)

    def limit_reached(self) -> str | None:
        """Which limit of the configuration the run has reached; None while it may go on. To be asked now and then."""
        if self.limit is None:
            self.limit = self.config.limits.reached(
                elapsed_s=(self.clock() - self.started_at).total_seconds(),
                pages=self.ledger.counts.get("pages/fetched", 0),
                memory_mb=memory_mb(),
            )
            if self.limit and self.on_limit:
                self.on_limit()
        return self.limit

    def spider_opened(self) -> None:
        """One more spider works on this run."""
        self.spiders_open += 1

    def spider_done(self) -> None:
        """One spider's last page went through. After the last one all is weighed anew, and drafted where asked for.

        At the end and from the store, not page by page: what a killed run found gets its drafts in the next one.
        """
        self.spiders_open -= 1
        if self.spiders_open == 0 and not (self.ledger.broken or self.stopped):
            try:
                self.ledger.flush()
                reassess(self.store, self.config, self.ledger, now=self.clock())
                if self.drafting:
                    write_drafts(
                        self.store, self.config, self.ledger, now=self.clock(), resumes_since=self.resumes_since
                    )
                    forgotten = self.store.forget_unused_contacts(self.clock(), self.config.retention.contacts_days)
                    self.ledger.count("contacts/forgotten", times=forgotten.all)
                    Saving(self.config, self.store, self.ledger).clear(self.clock())
            except StoreError as error:
                self.ledger.broken = error  # said by whoever started the run, once everything is closed


@contextmanager
def open_job(
    config: Config,
    *,
    kind: str,
    clock: Clock,
    drafting: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    analysts: int | None = None,
) -> Iterator[Job]:
    """Opens store and run under the run lock, and writes down how the run ended, whatever happens in between.

    `analysts`: how many processes judge pages; None: as many as the machine has room for, 0: this one.
    Raises AlreadyRunning at once when another run holds the lock, StoreError when the database cannot be used.
    """
    with ExitStack() as stack:
        stack.enter_context(run_lock(config.store_url))
        store = open_store(config.store_url, key=config.store_key)
        stack.callback(store.close)
        resumes_since = died_since(store)
        now = clock()
        store.register(config.targets, config.publishers, now)
        run_id = store.start_run(kind, now)
        watchlist = _ready(compile_watchlist(config.targets, learn(store.answers())))
        at_work = Analysts(watchlist, analysts, rules=config.rules)
        stack.callback(at_work.close)
        job = Job(
            config=config,
            store=store,
            watchlist=watchlist,
            analysts=at_work,
            run_id=run_id,
            started_at=now,
            clock=clock,
            ledger=Ledger(store, run_id, clock),
            frontier=Frontier(
                store,
                config.publishers,
                started_at=now,
                names_us=lambda title: bool(watchlist.candidates(title)),
            ),
            drafting=drafting,
            on_progress=on_progress,
            resumes_since=resumes_since,
        )
        stack.enter_context(seldom())
        try:
            yield job
        except BaseException:
            job.stopped = True
            raise
        finally:
            _finish(job)


def _ready(watchlist: Watchlist) -> Watchlist:
    """With everything that a page may ask of it, and without the word lists that it took to compile that."""
    for target in watchlist.targets:
        watchlist.profile(target.name)
    forget_word_lists()
    return watchlist


def died_since(store: Store) -> datetime | None:
    """When the first of the runs started that died one after the other before now; None where the last one did not."""
    since, run = None, store.last_run()
    while run is not None and run.state in {RunState.RUNNING, RunState.DIED}:
        since, run = run.started_at, store.run(run.id - 1)
    return since


def _finish(job: Job) -> None:
    """The last write of a run. Says nothing when the store itself is what failed: that error is already on its way."""
    if job.ledger.broken:
        return
    for domain in job.visited:
        job.ledger.count("pages/beyond_budget", domain, times=job.frontier.waiting_beyond_budget(domain))
    job.ledger.flush()
    now, cut_short = job.clock(), job.stopped or job.limit is not None
    visited = [publisher for publisher in job.config.publishers if publisher.domain in job.visited]
    usual = usual_pages(job.store.runs_before(job.run_id, PAST_RUNS))
    by_publisher = job.ledger.publishers
    state, warnings = conclude(job.ledger.counts, by_publisher, visited, stopped=cut_short, usual=usual)
    for publisher in () if cut_short else visited:
        counts = by_publisher.get(publisher.domain, {})
        job.ledger.count(tally(publisher, counts, usual.get(publisher.domain)), publisher.domain)
    if not job.stopped:
        warnings = (*warnings, *silent(job.store.source_news(now - NEWS_WITHIN), now=now))
    if job.limit and not job.stopped:
        state, warnings = RunState.LIMITED, (job.limit, *warnings)
    job.store.finish_run(
        job.run_id,
        state,
        max(now, job.started_at),  # the clock may have been put back meanwhile
        job.ledger.counts,
        job.ledger.publishers,
        (*job.ledger.warnings, *warnings),
    )


def memory_mb() -> float:
    """How much memory this process has now, in megabytes; at most so far, where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return pages * resource.getpagesize() / 1e6


def summary_of(job: Job) -> RunSummary:
    """What the store remembers of a finished run."""
    summary = job.store.run(job.run_id)
    if summary is None:
        raise LookupError(f"run {job.run_id} is not in the store")
    return summary
