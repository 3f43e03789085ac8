"""How quick is looking again? Beside a plain Scrapy spider that asks for the same pages, in one run.

usage: python -m benchmarks.recheck [--pages N] [--hosts N] [--rounds N] [--opportunities N]

A made-up web of HOSTS sites with PAGES articles that name us (about 70 KB each) is served by a process of its own; the
database holds an opportunity with a draft for each, found a day ago. Each time a fresh process:
  plain      a stock Scrapy spider that asks for the same pages and looks at none, told to hurry, without politeness
  read       our recheck: every page comes whole, is read, judged and stored with what follows for its opportunity
  unchanged  the next night: every page says that nothing has changed (304), as most do
Looks a second are wall-clock from Scrapy's start to the last write, the best of ROUNDS; CPU time says more where the
machine is busy. Then, at OPPORTUNITIES (0: not asked): planning every look once, finding what is due, reports, and who
links to us.
Ends with one line of JSON.
"""

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.common import ROOT, console, finish, table
from benchmarks.local_web import serving
from benchmarks.made_up import TARGETS, made_up_pages
from benchmarks.replay import by_site, replay_config, replay_web
from mentions.pages import Page

START = datetime(2026, 3, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)
_NAMING = b"Analysts at Acme Robotics"
_SELF = [sys.executable, "-m", "benchmarks.recheck"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one process did, without what it judged pages with."""

    looks: int
    seconds: float
    cpu_s: float

    @property
    def per_s(self) -> float:
        return self.looks / self.seconds

    @property
    def cpu_ms(self) -> float:
        return 1_000 * self.cpu_s / self.looks if self.looks else 0.0


def main() -> None:
    """Runs the benchmark, or one of its processes."""
    parser = argparse.ArgumentParser(description="Looks a second, beside a plain Scrapy spider.")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--opportunities", type=int, default=200_000)
    parser.add_argument("--process", choices=["serve", "seed", "plain", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--day", type=int, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.process == "serve":
        _serve(arguments.hosts, arguments.pages)
    elif arguments.process == "seed":
        _seed(arguments.folder)
    elif arguments.process == "plain":
        _plain(arguments.folder)
    elif arguments.process == "ours":
        _ours(arguments.folder, arguments.day)
    else:
        _compare(arguments)


def _compare(arguments: argparse.Namespace) -> None:
    sides: dict[str, list[Side]] = {"plain": [], "read": [], "unchanged": []}
    with tempfile.TemporaryDirectory() as name, _web(arguments.hosts, arguments.pages) as port:
        for number in range(arguments.rounds):
            folder = Path(name) / str(number)
            _configure(folder, port, arguments.hosts)
            sides["plain"].append(_run("plain", folder))
            subprocess.run([*_SELF, "--process", "seed", "--folder", str(folder)], check=True, cwd=ROOT)
            sides["read"].append(_run("ours", folder, day=1))
            sides["unchanged"].append(_run("ours", folder, day=2))
    best = {name: max(found, key=lambda side: side.per_s) for name, found in sides.items()}
    shown = table(f"{arguments.pages:,} articles on {arguments.hosts} hosts", ("", "looks", "looks/s", "CPU ms a look"))
    for name, side in best.items():
        shown.add_row(name, f"{side.looks:,}", f"{side.per_s:,.1f}", f"{side.cpu_ms:.2f}")
    console.print(shown)
    figures: dict[str, object] = {
        "looks_per_s": round(best["unchanged"].per_s, 1),
        "looks_read_per_s": round(best["read"].per_s, 1),
        "plain_requests_per_s": round(best["plain"].per_s, 1),
        "ratio_to_plain": round(best["unchanged"].per_s / best["plain"].per_s, 3),
        "cpu_ms_per_look": round(best["unchanged"].cpu_ms, 2),
        "cpu_ms_per_look_read": round(best["read"].cpu_ms, 2),
        "plain_cpu_ms_per_request": round(best["plain"].cpu_ms, 2),
    }
    if arguments.opportunities:
        figures |= _due(arguments.opportunities)
    finish("recheck", figures)


# --- the web and the database -----------------------------------------------------------------------------------------


def _articles(hosts: int, pages: int) -> Iterator[Page]:
    bodies = (page.body for page in made_up_pages(hosts, 20 * pages) if _NAMING in page.body)
    for number, body in zip(range(pages), bodies, strict=False):
        url = f"https://www.site{number % hosts}.example/2026/{number // hosts}/story.html"
        yield Page(url, body, headers={"content-type": "text/html"})


def _serve(hosts: int, pages: int) -> None:
    sites = by_site(_articles(hosts, pages))
    with serving(lambda port: replay_web(sites, port, now=START)) as (port, _):
        print(port, flush=True)
        sys.stdin.read()  # until the benchmark closes it


@contextmanager
def _web(hosts: int, pages: int) -> Iterator[int]:
    command = [*_SELF, "--process", "serve", "--hosts", str(hosts), "--pages", str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def _configure(folder: Path, port: int, hosts: int) -> None:
    folder.mkdir(parents=True)
    (folder / "targets.toml").write_text(TARGETS, encoding="utf-8")
    text = replay_config([f"site{number}.example" for number in range(hosts)], port)
    (folder / "mentions.toml").write_text(f"{text}\n[looks]\nmax_a_night = 0\n", encoding="utf-8")


def _seed(folder: Path) -> None:
    """An opportunity with a draft for each article, as a night finds them; nothing is known of the bytes."""
    from benchmarks.plain_spider import addresses
    from mentions.assessments import Assessment, Level
    from mentions.config import load_config
    from mentions.findings import Finding, Verdict
    from mentions.pages import PageState
    from mentions.store import open_store
    from mentions.store.records import NewDraft, PageOutcome
    from mentions.urls import canonical_url, host_of, registrable_domain

    config = load_config(folder / "mentions.toml")
    [port] = config.network.ports
    store = open_store(config.store_url)
    store.register(config.targets, config.publishers, START)
    run = store.start_run("nightly", START)
    target = config.targets[0]
    urls = addresses(port)
    found = [
        PageOutcome(
            canonical_url(url),
            url,
            registrable_domain(host_of(url)),
            PageState.LIVE,
            START,
            http_status=200,
            findings=((Finding(url, target.name, Verdict.UNLINKED), Assessment(Level.ASK_NOW, 50)),),
        )
        for url in urls
    ]
    store.save_outcomes(run, found)
    page = target.link_url
    store.save_drafts(
        [
            NewDraft(number, "unlinked_brand/en", "A link?", "Dear editor", None, None, None, page, "Acme", "", START)
            for number in range(1, len(urls) + 1)
        ]
    )
    store.close()


# --- the looks --------------------------------------------------------------------------------------------------------


def _run(process: str, folder: Path, *, day: int = 0) -> Side:
    command = [*_SELF, "--process", process, "--folder", str(folder), "--day", str(day)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return Side(**json.loads(done.stdout.splitlines()[-1]))


def _say(looks: int, seconds: float, cpu_s: float) -> None:
    print(json.dumps({"looks": looks, "seconds": seconds, "cpu_s": cpu_s}))


def _ours(folder: Path, day: int) -> None:
    """The recheck spider as `mentions recheck` runs it, so many days later."""
    from scrapy.crawler import AsyncCrawlerProcess

    from mentions.config import load_config
    from mentions.crawling.configuration import crawl_settings
    from mentions.crawling.job import open_job

    config = load_config(folder / "mentions.toml")
    logging.disable(logging.ERROR)
    with open_job(config, kind="recheck", clock=lambda: START + day * DAY) as job:
        process = AsyncCrawlerProcess(crawl_settings(config, {"AUTOTHROTTLE_ENABLED": False}))
        process.crawl(process.create_crawler("recheck"), job=job)
        started, cpu = time.monotonic(), time.process_time()
        process.start()
        seconds, cpu_s = time.monotonic() - started, time.process_time() - cpu
    _say(job.ledger.counts.get("rechecks/looks", 0), seconds, cpu_s)


def _plain(folder: Path) -> None:
    from benchmarks.plain_spider import fetch_all

    done = fetch_all(folder)
    _say(done.pages, done.seconds, done.cpu_s)


# --- what is due, in a large database ---------------------------------------------------------------------------------


def _due(opportunities: int) -> dict[str, object]:
    from benchmarks.desk_database import build
    from benchmarks.report_database import add_outcomes, link_figures, report_figures, timed
    from mentions.reporting.facts import By
    from mentions.store import open_store

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    err = Console(stderr=True)
    with (
        tempfile.TemporaryDirectory() as name,
        Progress(*columns, console=err, disable=not err.is_terminal) as bar,
    ):
        url = f"sqlite:///{Path(name) / 'mentions.db'}"
        building = bar.add_task("making opportunities", total=opportunities)
        build(url, opportunities=opportunities, now=START, on_rows=lambda rows: bar.advance(building, rows))
        asking = bar.add_task("planning, finding what is due, reports", total=5 + 2 * len(By))
        _watch_all(url)
        bar.advance(asking)
        store = open_store(url)
        planned, plan_s = timed(lambda: store.plan_looks(now=START))
        bar.advance(asking)
        nothing, again_s = timed(lambda: store.plan_looks(now=START))
        publishers, publishers_s = timed(lambda: store.publishers_due(now=START + DAY))
        bar.advance(asking)
        pages, pages_s = timed(lambda: store.pages_due(publishers[0], 400, now=START + DAY))
        due = store.count_looks_due(now=START + DAY)
        store.close()
        bar.advance(asking)
        events = add_outcomes(url)
        bar.advance(asking)
        reports = report_figures(url, events, now=START, on_report=lambda: bar.advance(asking)) | link_figures(url)
    shown = table(f"{opportunities:,} opportunities, {due:,} looks due", ("", "how many", "seconds"))
    shown.add_row("planning all", f"{planned:,}", f"{plan_s:.2f}")
    shown.add_row("planning what changed: nothing", f"{nothing:,}", f"{again_s:.3f}")
    shown.add_row("publishers with looks due", f"{len(publishers):,}", f"{publishers_s:.3f}")
    shown.add_row("a publisher's pages due", f"{len(pages):,}", f"{pages_s:.3f}")
    console.print(shown)
    return reports | {
        "plan_all_s": round(plan_s, 2),
        "plan_nothing_s": round(again_s, 3),
        "due_s": round(publishers_s + pages_s, 3),
    }


def _watch_all(url: str) -> None:
    """A row of what looks know for each opportunity, as after years of looking."""
    from mentions.store.engine import make_engine, parse_url

    engine = make_engine(parse_url(url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO recheck (opportunity_id, page_id, publisher_id, truth, truth_since, seen,"
            " baseline, last_look_at, last_good_at) SELECT o.id, p.id, p.publisher_id, 'unlinked', o.created_at,"
            " 'unlinked', 'unlinked', f.last_checked_at, f.last_checked_at FROM opportunity o"
            " JOIN finding f ON f.id = o.finding_id JOIN page p ON p.id = f.page_id"
        )
    engine.dispose()


if __name__ == "__main__":
    main()
