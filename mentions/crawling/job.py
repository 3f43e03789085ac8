"""One run from lock to last line: what all spiders and pipelines of a process share."""

import resource
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mentions.collecting import seldom
from mentions.config import Config
from mentions.crawling.analysts import Analysts
from mentions.crawling.conclusion import conclude, has_failed, tally
from mentions.crawling.drafting import write_drafts
from mentions.crawling.expectations import NEWS_WITHIN, PAST_RUNS, Past, silent
from mentions.crawling.frontier import Frontier, publisher_of
from mentions.crawling.ledger import Clock, Ledger
from mentions.crawling.phases import PhaseLog
from mentions.crawling.progress import Progress, progress_of
from mentions.crawling.reassessing import reassess
from mentions.crawling.resolution import LookBudget
from mentions.crawling.tidying import tidy
from mentions.exceptions import StoreError
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.feedback import learn
from mentions.matching.lexicon import forget as forget_word_lists
from mentions.outreach.leftovers import has_drafts
from mentions.phases import PhaseState
from mentions.publishers import Publisher
from mentions.rechecking.wanted import Wanted
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
    wanted: Wanted = field(default_factory=Wanted)  # which looks its recheck spider makes
    phases: PhaseLog = field(init=False)
    spiders_to_come: int = 0  # spiders of this run that have not opened yet
    spiders_open: int = 0  # spiders of this run that have not closed yet
    settled: bool = False  # what follows the last spider is done, or under way
    resumes_since: datetime | None = None  # when the runs started that died just before this one
    stopped: bool = False  # a person or a signal ended it early
    limit: str | None = None  # which limit ended it, in plain words
    on_limit: Callable[[], object] | None = None  # told once, so that the end cannot be waited for for ever
    on_progress: Callable[[Progress], None] | None = None
    stopping: Awaitable[None] | None = None  # the task that stops the spiders; kept, or asyncio may forget it
    visited: set[str] = field(default_factory=set)  # domains of the publishers that a spider of this run visits
    looks: LookBudget | None = None  # what the run may spend on looking where links lead; made by the first who looks
    tallied: bool = False  # what can be counted only at the end is counted
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

    def __post_init__(self) -> None:
        """The phases belong to the run from its beginning."""
        self.phases = PhaseLog(
            self.store,
            self.run_id,
            self.clock,
            stopped=lambda: self.stopped,
            warn=self.ledger.warn,
            begun=self.report,
        )

    def spider_opened(self) -> None:
        """One more spider works on this run."""
        self.spiders_to_come = max(0, self.spiders_to_come - 1)
        self.spiders_open += 1

    def spider_done(self) -> None:
        """One spider's last page went through. After the last one of the run all is settled."""
        self.spiders_open -= 1
        if self.spiders_open == 0 and self.spiders_to_come == 0:
            self.settle()

    def settle(self) -> None:
        """Once, after the last spider: all is weighed anew, drafted where asked for, and what is old is forgotten.

        At the end and from the store, not page by page: what a killed run found gets its drafts in the next one.
        """
        if self.settled or self.ledger.broken or self.stopped:
            return
        self.settled = True
        try:
            self.ledger.flush()
            self.end_crawling()
            self.phases.do("weigh", self._weigh)
            if self.drafting:
                self.phases.do("draft", self._draft)
                self.phases.do("tidy", lambda: tidy(self.store, self.config, self.ledger, now=self.clock()))
        except StoreError as error:
            self.ledger.broken = error  # said by whoever started the run, once everything is closed

    def end_crawling(self) -> None:
        """The phase in which spiders work is over."""
        self.phases.end(PhaseState.LIMITED if self.limit else PhaseState.DONE, self.limit)

    def _weigh(self) -> None:
        """Of a few looks that somebody waits for, what they touched; the night weighs all the others."""
        of_run = self.run_id if self.wanted.asked_only else None
        reassess(self.store, self.config, self.ledger, now=self.clock(), of_run=of_run)

    def _draft(self) -> None:
        write_drafts(self.store, self.config, self.ledger, now=self.clock(), resumes_since=self.resumes_since)


@contextmanager
def open_job(
    config: Config,
    *,
    kind: str,
    clock: Clock,
    drafting: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    analysts: int | None = None,
    wanted: Wanted | None = None,
) -> Iterator[Job]:
    """Opens store and run under the run lock, and writes down how the run ended, whatever happens in between.

    `analysts`: how many processes judge pages; None: as many as the machine has room for, 0: this one. `wanted`: which
    looks the recheck spider makes; None: all that are due.
    Raises AlreadyRunning at once when another run holds the lock, StoreError when the database cannot be used.
    """
    with ExitStack() as stack:
        stack.enter_context(run_lock(config.store_url))
        store = open_store(config.store_url, key=config.store_key)
        stack.callback(store.close)
        resumes_since = died_since(store)
        lost = store.last_run() is None and has_drafts(config.drafts_folder)
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
            wanted=wanted or Wanted(),
            on_progress=on_progress,
            resumes_since=resumes_since,
        )
        if lost:
            job.ledger.warn(
                f"the database is new, but {config.drafts_folder} holds drafts of earlier runs: "
                "it does not know who was asked"
            )
        stack.enter_context(seldom())
        try:
            yield job
        except BaseException:
            job.stopped = True
            raise
        finally:
            conclude_run(job)


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


def conclude_run(job: Job) -> None:
    """Writes down how the run ended. Again where something came after it; says nothing where the store is broken.

    A store that cannot be written is an error that is already on its way.
    """
    if job.ledger.broken:
        return
    if not job.tallied:
        job.tallied = True
        _tally(job)
    state, warnings = _ending(job)
    job.store.finish_run(
        job.run_id,
        state,
        max(job.clock(), job.started_at),  # the clock may have been put back meanwhile
        job.ledger.counts,
        job.ledger.publishers,
        (*job.ledger.warnings, *warnings),
    )


def _tally(job: Job) -> None:
    """Counts what can be counted only at the end."""
    for domain in job.visited:
        job.ledger.count("pages/beyond_budget", domain, times=job.frontier.waiting_beyond_budget(domain))
    job.ledger.flush()
    if job.stopped or job.limit is not None:
        return
    by_publisher, past = job.ledger.publishers, _past(job)
    for publisher in _visited(job):
        counts = by_publisher.get(publisher.domain, {})
        job.ledger.count(tally(publisher, counts, past), publisher.domain)


def _ending(job: Job) -> tuple[RunState, tuple[str, ...]]:
    """The run's state, the worst thing that happened, and what its counts tell, in plain words."""
    cut_short = job.stopped or job.limit is not None
    state, warnings = conclude(
        job.ledger.counts, job.ledger.publishers, _visited(job), stopped=cut_short, past=_past(job)
    )
    if job.stopped:
        return state, warnings
    warnings = (*warnings, *silent(job.store.source_news(job.clock() - NEWS_WITHIN), now=job.clock()))
    if job.limit:
        return RunState.LIMITED, (job.limit, *warnings)
    if state is RunState.FINISHED and (job.phases.failed or job.ledger.counts.get("drafts/failed")):
        state = RunState.PARTIAL
    return state, warnings


def _visited(job: Job) -> list[Publisher]:
    return [publisher for publisher in job.config.publishers if publisher.domain in job.visited]


def _past(job: Job) -> Past:
    return Past.of(job.store.runs_before(job.run_id, PAST_RUNS), now=job.started_at)


def memory_mb() -> float:
    """How much memory this process has now, in megabytes; at most so far, where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return pages * resource.getpagesize() / 1e6


def summary_at_end(job: Job) -> RunSummary:
    """What the store remembers of the run of a job that is closed."""
    with closing(job.store):  # it opens anew for this
        return summary_of(job)


def summary_of(job: Job) -> RunSummary:
    """What the store remembers of a run; to be asked while its job is open."""
    summary = job.store.run(job.run_id)
    if summary is None:
        raise LookupError(f"run {job.run_id} is not in the store")
    return summary
