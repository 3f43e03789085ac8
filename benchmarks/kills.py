"""Does kill -9 lose or double anything? Real nightly runs, killed at random moments, beside a calm one (G-01).

usage: python -m benchmarks.kills [--kills N] [--seed N]

Four made-up newspapers publish 30 stories a round between them. `mentions nightly` runs on them and is killed at a
moment drawn at random: after so many requests, or so long after its first one, so that reading, writing, drafting and
closing are all hit. After each kill the database is checked: integrity, foreign keys, rows that stand twice, fetched
pages without a look, findings without their mentions. Then one run is left alone, and what is stored is compared with
one calm run over the same stories. Ends with one line of JSON.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.common import ROOT, console, finish, table
from mentions.config import Config, load_config
from tests.crawling.newsweb import LINKED, NAMELESS, UNLINKED, feed, lasting_config, query, story
from tests.hostile_web import Answer, Asked, Route, Web

HOSTS = tuple(f"{name}.example" for name in ("courier", "herald", "gazette", "ledger"))
STORIES_A_ROUND = 30
TIMEOUT_S = 600.0
BY_TIME = 0.3  # share of the kills at a time, the others at a request
LONGEST_S = 1.5  # after the first request of a run
ALL_PAGES = 100_000  # no budget may hide a lost page

# Each must give no row. What a run leaves behind must make sense at every moment, not only at its end.
MUST_BE_EMPTY = {
    "broken foreign keys": "pragma foreign_key_check",
    "pages twice": "select key from page group by key having count(*) > 1",
    "findings twice": "select page_id, target_id from finding group by 1, 2 having count(*) > 1",
    "mentions twice": "select id from mention group by finding_id, sentence_key, nth having count(*) > 1",
    "links twice": "select id from link group by finding_id, link_key, nth having count(*) > 1",
    "opportunities twice": "select finding_id from opportunity group by 1 having count(*) > 1",
    "drafts twice": "select opportunity_id, revision from draft group by 1, 2 having count(*) > 1",
    "fetched pages without a look": (
        'select id from page where state is not null and id not in (select page_id from "check")'
    ),
    "findings without their mentions": (
        "select id from finding where verdict in ('unlinked', 'linked', 'qualified', 'misdirected', 'outside', "
        "'bare_url') and id not in (select finding_id from mention)"
    ),
}


@dataclass
class Newspapers:
    """The web, growing by STORIES_A_ROUND stories a round. `victim` is killed when `countdown` requests were served."""

    published: int = 0
    victim: "subprocess.Popen[bytes] | None" = None
    countdown: int | None = None
    first_request: threading.Event = field(default_factory=threading.Event)
    routes: dict[str, Route] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for host in HOSTS:
            self.routes[f"{host}/feed.xml"] = self._feed

    def publish(self, count: int) -> None:
        """More stories: of four, one names us without a link, one with a link, two not at all."""
        kinds = (UNLINKED, LINKED, NAMELESS, NAMELESS)
        for number in range(self.published, self.published + count):
            page = story(kinds[(number // len(HOSTS)) % 4], f"Story number {number} of the harbour")
            self.routes[HOSTS[number % len(HOSTS)] + _path(number)] = self._watched(page)
        self.published += count

    def _feed(self, asked: Asked) -> Answer:
        mine = range(HOSTS.index(asked.host), self.published, len(HOSTS))
        return self._tick(feed([_path(number) for number in mine]))

    def _watched(self, answer: Answer) -> Route:
        return lambda _: self._tick(answer)

    def _tick(self, answer: Answer) -> Answer:
        self.first_request.set()
        if self.countdown is not None:
            self.countdown -= 1
            if self.countdown <= 0 and self.victim is not None:
                self.countdown = None
                self.victim.kill()
        return answer


def _path(number: int) -> str:
    return f"/2026/11/20/story-number-{number}"


@dataclass
class Killed:
    """What a series of kills did."""

    kills: int = 0
    finished_first: int = 0  # runs that were done before their moment came
    problems: list[str] = field(default_factory=list)


@contextmanager
def newspapers() -> Iterator[tuple[Newspapers, Web]]:
    """The web, served."""
    papers = Newspapers()
    with Web(papers.routes) as web:
        yield papers, web


def configured(folder: Path, port: int) -> Config:
    """A configuration of its own for the web on that port."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = [
        f'name = "{host}"\ndomain = "{host}"\nfeeds = ["http://{host}:{port}/feed.xml"]\n'
        f"politeness = {{ delay_s = 0, concurrency = 8, max_pages = {ALL_PAGES} }}"
        for host in HOSTS
    ]
    return load_config(lasting_config(folder, port, tables))


def start(config: Config) -> "subprocess.Popen[bytes]":
    """`mentions nightly`, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "mentions.cli", "nightly", "--config", str(config.path)],
        cwd=config.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_again_and_again(
    papers: Newspapers, config: Config, kills: int, chance: random.Random, *, said: Callable[[str], None] = print
) -> Killed:
    """Starts and kills `kills` runs, a round of new stories before each, and checks the database after each."""
    result = Killed()
    while result.kills < kills:
        papers.publish(STORIES_A_ROUND)
        papers.first_request.clear()
        by_time = chance.random() < BY_TIME
        papers.countdown = None if by_time else chance.randint(1, 2 * STORIES_A_ROUND)
        papers.victim = process = start(config)
        if by_time and papers.first_request.wait(TIMEOUT_S):
            _wait(process, chance.uniform(0.0, LONGEST_S))
            process.kill()
        try:
            code = process.wait(TIMEOUT_S)
        finally:
            papers.victim, papers.countdown = None, None
        result.kills += code == -signal.SIGKILL
        result.finished_first += code == 0
        if code not in {0, -signal.SIGKILL}:
            result.problems.append(f"a run ended with {code}")
            return result
        result.problems += problems_of(config)
        said(f"{result.kills} of {kills} killed, {papers.published} stories, {len(result.problems)} problems")
    return result


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """That long, or until the process is done by itself."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def problems_of(config: Config) -> list[str]:
    """What is wrong with the database as a killed run left it."""
    if not (config.folder / "mentions.db").exists():
        return []
    if not query(config, "select 1 from sqlite_master where name = 'run'"):
        return []  # killed before it had made its tables
    problems = [f"integrity: {row[0]}" for row in query(config, "pragma integrity_check") if row != ("ok",)]
    for what, sql in MUST_BE_EMPTY.items():
        if rows := query(config, sql):
            problems.append(f"{what}: {len(rows)}")
    return problems


def stored(config: Config) -> dict[str, object]:
    """What must be the same however often a run was killed. Only the number of looks may differ."""
    return {
        "pages": query(config, "select url, state from page order by url"),
        "findings": query(config, "select url, verdict from finding join page on page.id = page_id order by 1, 2"),
        "mentions": query(
            config,
            "select page.url, sentence_key, nth from mention join finding on finding.id = finding_id "
            "join page on page.id = page_id order by 1, 2, 3",
        ),
        "links": query(config, "select count(*) from link"),
        "opportunities": query(config, "select count(*), count(distinct finding_id) from opportunity"),
        "drafts": query(config, "select count(*), count(distinct opportunity_id) from draft"),
        "files": len(list(config.drafts_folder.glob("*.eml"))),
    }


def differences(killed: Config, calm: Config) -> list[str]:
    """What the killed runs left behind otherwise than the calm one."""
    mine, theirs = stored(killed), stored(calm)
    return [
        f"{what}: {_short(mine[what])} after kills, {_short(theirs[what])} calm"
        for what in mine
        if mine[what] != theirs[what]
    ]


def _short(value: object) -> str:
    return f"{len(value):,} rows" if isinstance(value, list) and len(value) > 3 else repr(value)


def main() -> None:
    """Kills, then compares."""
    parser = argparse.ArgumentParser(description="Nightly runs killed at random moments, beside a calm one.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name, newspapers() as (papers, web):
        killed, calm = configured(Path(name) / "killed", web.port), configured(Path(name) / "calm", web.port)
        result = kill_again_and_again(papers, killed, arguments.kills, random.Random(arguments.seed))
        last, uninterrupted = start(killed).wait(TIMEOUT_S), start(calm).wait(TIMEOUT_S)
        lost_or_doubled = differences(killed, calm)
        asked = len([path for path in web.paths() if "story-number" in path])
        figures: dict[str, object] = {
            "kills": result.kills,
            "finished_before_their_kill": result.finished_first,
            "database_problems": len(result.problems),
            "lost_or_doubled": len(lost_or_doubled),
            "last_run_exit_code": last,
            "calm_run_exit_code": uninterrupted,
            "stories": papers.published,
            "stories_asked_twice_share": round((asked - papers.published) / papers.published - 1, 3),
            "seconds": round(time.monotonic() - started),
        }
    shown = table("kill -9", ("", ""))
    for label, value in figures.items():
        shown.add_row(label.replace("_", " "), str(value))
    console.print(shown)
    for problem in (*result.problems, *lost_or_doubled):
        console.print(problem, style="red")
    finish("kills", figures)


if __name__ == "__main__":
    main()
