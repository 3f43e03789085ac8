"""How quick is the crawl? Beside a spider that does nothing, on the same local site, in one run.

usage: python -m benchmarks.crawl [--pages N] [--hosts N] [--rounds N] [--many N] [--no-polite]

A made-up web of HOSTS sites with PAGES pages (about 70 KB each; one in ten names us) is served by a process of its
own. It is crawled, each time by a fresh process:
  null   a stock Scrapy spider that asks for the same pages and looks at none, with every politeness and safety part off
         and the settings that make Scrapy quick: 8 concurrent items (its default of 100 costs 1 ms of CPU a page), 32
         requests at once, 4 a host, no logs
  ours   the news spider with its pipelines: sources, robots.txt, guard, judging, database; without delays
  again  the same the next night, on unchanged pages
  many   the same with MANY pages, for the memory it takes (0: not asked)
  polite new sites at one request a second and host, as a real night is
Pages a second are wall-clock from Scrapy's start to the last write, without loading programs and names; the best of
ROUNDS. Crawls and web share this machine's cores, with whatever else runs there: CPU time says more where it is busy.
Ends with one line of JSON.
"""

import argparse
import json
import logging
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from benchmarks.common import ROOT, console, finish, table
from benchmarks.local_web import ABOUT, LocalWeb, serving
from benchmarks.made_up import TARGETS, made_up_pages
from benchmarks.replay import by_site, replay_config, replay_web

POLITE_PAGES_PER_HOST = 40
REQUESTS_BESIDE_PAGES = 3  # robots.txt, feed, news sitemap: each takes its turn at the host


@dataclass(frozen=True, slots=True)
class Side:
    """What one crawl did: the crawling process by itself, and the processes it judges pages with."""

    pages: int
    seconds: float
    cpu_s: float
    peak_mb: float
    helpers_cpu_s: float = 0.0
    helpers_peak_mb: float = 0.0
    failed: int = 0  # pages that were asked for and not answered (in time); the store asks again the next night
    bytes_sent: int = 0

    @property
    def pages_per_s(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a page of the crawling process: what bounds its pages a second."""
        return 1_000 * self.cpu_s / self.pages

    @property
    def all_cpu_ms(self) -> float:
        """CPU milliseconds a page of all its processes."""
        return 1_000 * (self.cpu_s + self.helpers_cpu_s) / self.pages

    @property
    def all_peak_mb(self) -> float:
        """Never less than the crawl took: the peaks need not fall together."""
        return self.peak_mb + self.helpers_peak_mb


def main() -> None:
    """Runs the benchmark, or one of its processes."""
    parser = argparse.ArgumentParser(description="Pages a second of the crawl, beside a spider that does nothing.")
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--many", type=int, default=50_000)
    parser.add_argument("--no-polite", action="store_true")
    parser.add_argument("--process", choices=["serve", "null", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.process == "serve":
        _serve(arguments.hosts, arguments.pages)
    elif arguments.process == "null":
        _null(arguments.folder)
    elif arguments.process == "ours":
        _ours(arguments.folder)
    else:
        _compare(arguments)


def _compare(arguments: argparse.Namespace) -> None:
    hosts, pages = arguments.hosts, arguments.pages
    with tempfile.TemporaryDirectory() as name, _web(hosts, pages) as port:
        null, ours, again = _best(Path(name), port, hosts, arguments.rounds)
    figures: dict[str, object] = {
        "ratio_to_null_spider": round(ours.pages_per_s / null.pages_per_s, 3),
        "ratio_to_null_spider_cpu": round(null.cpu_ms / ours.cpu_ms, 3),
        "pages_per_s": round(ours.pages_per_s, 1),
        "null_pages_per_s": round(null.pages_per_s, 1),
        "cpu_ms_per_page": round(ours.cpu_ms, 2),
        "all_cpu_ms_per_page": round(ours.all_cpu_ms, 2),
        "null_cpu_ms_per_page": round(null.cpu_ms, 2),
        "second_night_bytes_share": round(again.bytes_sent / ours.bytes_sent, 6),
        "peak_mb": round(ours.all_peak_mb, 1),
        "failed_pages": ours.failed,
    }
    rows = [("null spider", null), ("ours", ours), ("ours, second night", again)]
    if arguments.many:
        many = _once(hosts, arguments.many, delay_s=0.0)
        figures["many_pages"] = many.pages
        figures["peak_mb_many_pages"] = round(many.all_peak_mb, 1)
        rows.append(("ours, many pages", many))
    if not arguments.no_polite:
        polite = _once(hosts, hosts * POLITE_PAGES_PER_HOST, delay_s=1.0)
        figures["polite_pages_per_s"] = round(polite.pages_per_s, 1)
        gaps = POLITE_PAGES_PER_HOST + REQUESTS_BESIDE_PAGES - 1
        figures["polite_pages_per_s_at_best"] = round(hosts * POLITE_PAGES_PER_HOST / gaps, 1)
        rows.append(("ours, 1 s between requests", polite))
    _show(f"{pages:,} pages on {hosts} hosts", rows)
    finish("crawl", figures)


def _show(title: str, rows: list[tuple[str, Side]]) -> None:
    shown = table(title, ("", "pages", "pages/s", "CPU ms a page", "and helpers", "peak MB", "and helpers", "MB sent"))
    for label, side in rows:
        figures = (
            (f"{side.pages_per_s:,.1f}", f"{side.cpu_ms:.2f}", f"{side.all_cpu_ms:.2f}") if side.pages else [""] * 3
        )
        memory = (f"{side.peak_mb:,.0f}", f"{side.all_peak_mb:,.0f}")
        shown.add_row(label, f"{side.pages:,}", *figures, *memory, f"{side.bytes_sent / 1e6:,.3f}")
    console.print(shown)


def _once(hosts: int, pages: int, *, delay_s: float) -> Side:
    """Our crawl of a web of its own."""
    with tempfile.TemporaryDirectory() as name, _web(hosts, pages) as port:
        _config(Path(name), port, hosts, delay_s=delay_s)
        return _crawl("ours", Path(name), port)


def _best(folder: Path, port: int, hosts: int, rounds: int) -> tuple[Side, Side, Side]:
    """The best round of each, taken in turn so that a busy moment of the machine hits both."""
    nulls, firsts, seconds = [], [], []
    for number in range(rounds):
        night = folder / str(number)
        _config(night, port, hosts, delay_s=0.0)
        nulls.append(_crawl("null", night, port))
        firsts.append(_crawl("ours", night, port))
        seconds.append(_crawl("ours", night, port))
        shutil.rmtree(night)
    return (
        max(nulls, key=lambda side: side.pages_per_s),
        max(firsts, key=lambda side: side.pages_per_s),
        min(seconds, key=lambda side: side.bytes_sent),
    )


# --- the web ----------------------------------------------------------------------------------------------------------


def _serve(hosts: int, pages: int) -> None:
    sites = by_site(made_up_pages(hosts, pages))

    def make(port: int) -> LocalWeb:
        return replay_web(sites, port, now=datetime.now(UTC))

    with serving(make) as (port, _):
        print(port, flush=True)
        sys.stdin.read()  # until the benchmark closes it


@contextmanager
def _web(hosts: int, pages: int) -> Iterator[int]:
    """The made-up web in a process of its own; gives its port."""
    command = [*_SELF, "--process", "serve", "--hosts", str(hosts), "--pages", str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def _sent(port: int) -> int:
    with urlopen(f"http://{ABOUT}:{port}/counts") as answer:
        return int(json.load(answer)["bytes_sent"])


def _config(folder: Path, port: int, hosts: int, *, delay_s: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "targets.toml").write_text(TARGETS, encoding="utf-8")
    sites = [f"site{number}.example" for number in range(hosts)]
    (folder / "mentions.toml").write_text(
        replay_config(sites, port, delay_s=delay_s, concurrency=1 if delay_s else 4), encoding="utf-8"
    )


# --- the crawls -------------------------------------------------------------------------------------------------------

_SELF = [sys.executable, "-m", "benchmarks.crawl"]


def _crawl(process: str, folder: Path, port: int) -> Side:
    before = _sent(port)
    done = subprocess.run(
        [*_SELF, "--process", process, "--folder", str(folder)], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return Side(**json.loads(done.stdout.splitlines()[-1]), bytes_sent=_sent(port) - before)


def _helpers_peak_mb() -> float:
    """The peaks of the processes this one has started and not ended yet, where the system tells.

    Not by getrusage: there a child begins with the memory of the process that forked it.
    """
    children = [pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    peaks = [
        int(line.split()[1]) / 1024
        for pid in children
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    ]
    return sum(peaks)


def _say(pages: int, seconds: float, cpu_s: float, helpers_peak_mb: float = 0.0, failed: int = 0) -> None:
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    side = {
        "pages": pages,
        "seconds": seconds,
        "cpu_s": cpu_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "helpers_cpu_s": helpers.ru_utime + helpers.ru_stime,
        "helpers_peak_mb": helpers_peak_mb,
        "failed": failed,
    }
    print(json.dumps(side))


def _ours(folder: Path) -> None:
    """The news spider as `mentions crawl news` runs it; the clock runs from Scrapy's start to the last write."""
    from scrapy.crawler import AsyncCrawlerProcess

    from mentions.config import load_config
    from mentions.crawling.configuration import crawl_settings
    from mentions.crawling.job import open_job

    config = load_config(folder / "mentions.toml")
    logging.disable(logging.ERROR)
    with open_job(config, kind="crawl", clock=lambda: datetime.now(UTC)) as job:
        hurried = all(publisher.politeness.delay_s == 0 for publisher in config.publishers)
        process = AsyncCrawlerProcess(crawl_settings(config, {"AUTOTHROTTLE_ENABLED": not hurried}))
        process.crawl(process.create_crawler("news"), job=job)
        started, cpu = time.monotonic(), time.process_time()
        process.start()
        seconds, cpu_s = time.monotonic() - started, time.process_time() - cpu
        helpers_peak_mb = _helpers_peak_mb()
    counts = job.ledger.counts
    _say(counts.get("pages/fetched", 0), seconds, cpu_s, helpers_peak_mb, counts.get("pages/failed", 0))


def _null(folder: Path) -> None:
    from benchmarks.plain_spider import fetch_all

    done = fetch_all(folder)
    _say(done.pages, done.seconds, done.cpu_s)


if __name__ == "__main__":
    main()
