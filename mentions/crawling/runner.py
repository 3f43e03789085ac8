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
from mentions.crawling.job import Job, open_job, summary_of
from mentions.crawling.ledger import Clock
from mentions.crawling.progress import Progress
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.exceptions import ConfigError
from mentions.store.records import RunState, RunSummary

SPIDERS = ("news", "industry", "lists", "archives")  # in the order they start

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
) -> RunSummary:
    """Crawls with these spiders until they are done, or a signal stops them, and returns what the store remembers.

    `now` is the clock. `drafting`: write drafts at the end (the nightly job). At most once a process, because Twisted's
    reactor starts once. Raises ConfigError before anything is touched, AlreadyRunning (nothing was done), StoreError.
    """
    settings = crawl_settings(config, {"LOG_INSTALL_ROOT_HANDLER": False})
    spiders = _with_work(config, spiders, settings)
    with open_job(config, kind=kind, clock=now, drafting=drafting, on_progress=on_progress) as job:
        process = AsyncCrawlerProcess(settings)
        for name in spiders:
            process.crawl(process.create_crawler(name), job=job)
        _stop_on_signals(process, job)
        job.on_limit = lambda: asyncio.get_event_loop().call_later(STOP_WITHIN_S, _halt)
        process.start(install_signal_handlers=False)
    if job.ledger.broken:
        raise job.ledger.broken
    return summary_of(job)


def _with_work(config: Config, spiders: Sequence[str], settings: Settings) -> list[str]:
    """Those of the spiders that this configuration gives something to do. Raises ConfigError when there is none."""
    if not (config.publishers or config.looks_elsewhere or config.archives):
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
    if not working:
        raise ConfigError(
            f"{' and '.join(spiders)} would find nothing to do: publishers with `crawl` are visited by industry, "
            "all others by news; lists reads searches, GDELT and [[lists]], archives reads [[archives]]",
            path=config.path,
            where="publishers",
        )
    return working


def _stop_on_signals(process: AsyncCrawlerProcess, job: Job) -> None:
    """SIGTERM and Ctrl-C end the run cleanly: no new request, what is under way may finish, everything is written.

    Scrapy's own handlers wait for every request that stands in a host's queue, with its delay; ours wait at most
    STOP_WITHIN_S, and a second signal stops at once. What was not fetched is still in the store, and comes next time.
    """
    loop = asyncio.get_event_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, partial(_stop, process, job, loop, number))


def _stop(process: AsyncCrawlerProcess, job: Job, loop: asyncio.AbstractEventLoop, number: int) -> None:
    if job.stopped:
        _halt()
        return
    job.ledger.count(_FROM_KEYBOARD, times=int(number == signal.SIGINT))
    job.stopped = True
    job.stopping = loop.create_task(process.stop())
    loop.call_later(STOP_WITHIN_S, _halt)


def _halt() -> None:
    """Leaves the reactor's loop at once; what is written after it still is."""
    from twisted.internet import reactor  # here, because importing it installs a reactor

    if reactor.running:
        reactor.stop()  # type: ignore[misc]  # Twisted's interface, taken for an instance
