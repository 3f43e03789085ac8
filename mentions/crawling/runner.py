"""Runs spiders in one process, under one lock, to one run record and an exit code."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from functools import partial

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.job import Job, conclude_run, open_job, summary_at_end
from mentions.crawling.ledger import Clock
from mentions.crawling.progress import Progress
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.crawling.stopping import on_signals
from mentions.exceptions import ConfigError
from mentions.phases import PhaseState
from mentions.rechecking.wanted import Wanted
from mentions.store.records import RunState, RunSummary

SPIDERS = ("news", "industry", "lists", "archives")  # in the order they start
RECHECK = "recheck"
OWN_SITE = "own_site"
NIGHTLY = (*SPIDERS, RECHECK, OWN_SITE)
_ALONE = (RECHECK, OWN_SITE)  # they look at what is known, so a configuration without sources gives them work too

_RUNS_LOOKED_AT = 10  # for the last one that should have looked again; crawls may lie between

STOP_WITHIN_S = (
    20.0  # after SIGTERM or a limit: what is under way may finish; Scrapy alone would wait for every queued request
)

_FROM_KEYBOARD = "stopped/keyboard"
_EXIT_CODES = {RunState.PARTIAL: 3, RunState.LIMITED: 4, RunState.UNREACHABLE: 5, RunState.STOPPED: 143}


def exit_code(run: RunSummary) -> int:
    """What the process ends with (docs/reference/exit-codes.md).

    0 fine, 3 some publishers failed, 4 a limit was reached, 5 nothing reachable, 130 stopped
    from the keyboard, 143 stopped by SIGTERM.
    """
    if run.state is RunState.STOPPED and run.counts.get(_FROM_KEYBOARD):
        return 130
    return _EXIT_CODES.get(run.state, 0)


def run_crawl(
    config: Config,
    spiders: Sequence[str] = SPIDERS,
    *,
    now: Clock,
    on_progress: Callable[[Progress], None] | None = None,
    drafting: bool = False,
    kind: str = "crawl",
    last: Callable[[Job], None] | None = None,
    wanted: Wanted | None = None,
) -> RunSummary:
    """Crawls with these spiders until they are done, or a signal stops them, and returns what the store remembers.

    `now` is the clock. `drafting`: write drafts at the end (the nightly job). `last`: the phase "digest", done when the
    run's record says how it ended. `wanted`: which looks the recheck spider makes; None: all that are due.
    At most once a process, because Twisted's reactor starts once.
    Raises ConfigError before anything is touched, AlreadyRunning (nothing was done), StoreError.
    """
    settings = crawl_settings(config, {"LOG_INSTALL_ROOT_HANDLER": False})
    spiders = _with_work(config, spiders, settings)
    with open_job(config, kind=kind, clock=now, drafting=drafting, on_progress=on_progress, wanted=wanted) as job:
        process = AsyncCrawlerProcess(settings)
        crawl = _Crawl(process, job, _stages(job, spiders))
        with on_signals(crawl.stop, crawl.halt):
            crawl.run()
            job.settle()  # spiders that were cut off by a limit never said that they are done
            if last is not None and not job.ledger.broken:
                conclude_run(job)
                job.phases.do("digest", partial(last, job))
    if job.ledger.broken:
        raise job.ledger.broken
    return summary_at_end(job)


Stage = tuple[str, list[str]]  # the phase, and its spiders


def _stages(job: Job, spiders: Sequence[str]) -> list[Stage]:
    """Which spiders work at once: recheck visits the hosts of all the others, so it has a stage of its own.

    It comes last, unless a limit of the last run that should have looked again left it no time.
    """
    others, again = [name for name in spiders if name not in _ALONE], [name for name in spiders if name == RECHECK]
    own = [(OWN_SITE, [name]) for name in spiders if name == OWN_SITE]
    stages = [(phase, names) for phase, names in (("crawl", others), (RECHECK, again)) if names]
    looking = (run for run in job.store.runs_before(job.run_id, _RUNS_LOOKED_AT) if run.kind in {"nightly", RECHECK})
    last = next(looking, None)
    missed = last is not None and any(
        phase.name == RECHECK and phase.state is PhaseState.SKIPPED for phase in last.phases
    )
    return [*(stages[::-1] if missed else stages), *own]


class _Crawl:
    """The part of a run that needs Twisted's reactor: spiders, stage after stage, until they are done or cut off."""

    def __init__(self, process: AsyncCrawlerProcess, job: Job, stages: Sequence[Stage]) -> None:
        self._process, self._job, self._stages = process, job, stages
        self._loop = asyncio.get_event_loop()
        self._error: BaseException | None = None
        job.spiders_to_come = sum(len(names) for _, names in stages)

    def run(self) -> None:
        """Until the last stage is done, or somebody stops it. Raises what kept a spider from starting."""
        self._job.on_limit = lambda: self._loop.call_later(STOP_WITHIN_S, _halt)
        going = self._loop.create_task(self._go())
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        going.cancel()
        self._job.end_crawling()
        if self._error is not None:
            raise self._error

    def stop(self, number: int) -> None:
        """A signal: no new request, what is under way may finish, everything is written.

        Scrapy's own handlers wait for every request that stands in a host's queue, with its delay; ours wait at most
        STOP_WITHIN_S. What was not fetched is still in the store, and comes next time.
        """
        self._job.ledger.count(_FROM_KEYBOARD, times=int(number == signal.SIGINT))
        self._job.stopped = True
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(self._stop_spiders)

    def halt(self) -> bool:
        """The second signal: leaves at once. False where no spider works, so that there is nothing to leave."""
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(_halt)
            return True
        return False

    def _stop_spiders(self) -> None:
        self._job.stopping = self._loop.create_task(self._process.stop())
        self._loop.call_later(STOP_WITHIN_S, _halt)

    async def _go(self) -> None:
        try:
            for phase, names in self._stages:
                await self._work(phase, names)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # raised again outside of the loop, whatever it is
            self._error = error
        finally:
            _halt()

    async def _work(self, phase: str, names: Sequence[str]) -> None:
        """One stage, unless the run has ended before its turn."""
        job = self._job
        if job.stopped or job.ledger.broken or job.limit:
            job.spiders_to_come -= len(names)
            if not job.ledger.broken:
                job.phases.skip(phase, job.limit or "the run was stopped")
            return
        job.phases.begin(phase)
        await asyncio.gather(*(self._process.crawl(self._process.create_crawler(name), job=job) for name in names))
        job.end_crawling()


def _with_work(config: Config, spiders: Sequence[str], settings: Settings) -> list[str]:
    """Those of the spiders that this configuration gives something to do. Raises ConfigError when there is none."""
    finding = [name for name in spiders if name not in _ALONE]
    if finding and not (config.publishers or config.looks_elsewhere or config.archives):
        raise ConfigError(
            "no publisher is declared, and no search, list or archive, so there is nothing to crawl",
            path=config.path,
            where="publishers",
        )
    loader = get_spider_loader(settings)
    known = [name for name in loader.list() if issubclass(loader.load(name), PublisherSpider)]
    for name in spiders:
        if name not in known:
            raise ConfigError(f"there is no spider {name!r}; there are {', '.join(known)}")
    working = [name for name in spiders if loader.load(name).has_work(config)]  # type: ignore[attr-defined]  # likewise
    if finding and not set(finding) & set(working):
        raise ConfigError(
            f"{' and '.join(finding)} would find nothing to do: publishers with `crawl` are visited by industry, "
            "all others by news; lists reads searches, GDELT and [[lists]], archives reads [[archives]]",
            path=config.path,
            where="publishers",
        )
    return working


def _halt() -> None:
    """Leaves the reactor's loop at once; what is written after it still is."""
    from twisted.internet import reactor  # here, because importing it installs a reactor

    if reactor.running:
        reactor.stop()  # type: ignore[misc]  # Twisted's interface, taken for an instance
