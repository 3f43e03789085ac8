"""How fast the review desk answers with 200,000 opportunities, asked by several people at once.

usage: python benchmarks/desk.py [--count N] [--people N] [--seconds N] [--database URL]

An invented database is made once (desk_database.py; `--database` names one that is there already, or a PostgreSQL one
to fill), the real server is started on loopback as `mentions review`, and people that only this program imagines open
its pages: first each with a second between two pages, then without any pause. Every page is asked for with the filters,
the place or the words that chance gives, so that no answer is in any cache. Beside it, on the same database: the
same page in the middle of the queue found by OFFSET, from the queue's own table and from the tables it is copied from.
"""

import argparse
import asyncio
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from httpx2 import AsyncClient, Client, Limits
from sqlalchemy import text

from benchmarks.common import console, finish, table
from benchmarks.desk_database import PUBLISHERS, TARGETS, build
from mentions.queueing import Cursor
from mentions.store import open_store
from mentions.store.engine import make_engine, parse_url

CONFIGURATION: Final = """
[[targets]]
name = "Quillon Robotics"
domains = ["quillon.example"]

[sender]
name = "Mara Lindqvist"
email = "mara@quillon.example"
company = "Quillon Robotics"
postal_address = "12 Harbour Street, 20457 Hamburg"

[store]
url = "{url}"
"""
PAGES: Final = (
    "queue",
    "filtered",
    "search",
    "deep page",
    "one find",
    "publishers",
    "one publisher",
    "targets",
    "overview",
)
# Out of a hundred pages that people open; most are the queue and its finds.
SHARES: Final = (22, 15, 8, 10, 30, 3, 4, 3, 5)
DEPTH: Final = 50_000  # rows before the page in the middle


class Asking:
    """Addresses of pages, by chance."""

    def __init__(self, chance: random.Random, count: int, places: list[str]) -> None:
        self._chance, self._count, self._places = chance, count, places

    def url(self, page: str) -> str:
        """One address of that kind of page."""
        chance = self._chance
        found: dict[str, Callable[[], str]] = {
            "queue": lambda: f"/opportunities?sort={chance.choice(('priority', 'newest', 'waiting', 'publisher'))}",
            "filtered": self._filtered,
            "search": self._search,
            "deep page": lambda: f"/opportunities?state=any&after={chance.choice(self._places)}",
            "one find": lambda: f"/opportunities/{chance.randint(1, self._count)}",
            "publishers": lambda: f"/publishers?after=paper{chance.randint(1, PUBLISHERS)}.example",
            "one publisher": lambda: f"/publishers/paper{int(PUBLISHERS * chance.random() ** 3) + 1}.example",
            "targets": lambda: "/targets",
            "overview": lambda: "/",
        }
        return found[page]()

    def _search(self) -> str:
        beginning = self._chance.choice("abcdefghiklmnop") + self._chance.choice(("r", "el", "or", "in"))
        return f"/opportunities?state=any&text={beginning}+{self._chance.choice(TARGETS)[:5].strip()}"

    def _filtered(self) -> str:
        chance = self._chance
        filters = (
            f"target={chance.choice(TARGETS).replace(' ', '+').replace('&', '%26')}",
            f"verdict={chance.choice(('unlinked', 'outside', 'bare_url'))}",
            f"language={chance.choice(('de', 'fr', 'ja'))}",
            f"state={chance.choice(('drafted', 'replied', 'sent', 'any'))}",
            f"publisher=paper{chance.randint(1, 400)}.example",
            "contact=yes",
            "age=month",
            "assigned=bo",
        )
        return "/opportunities?" + "&".join(chance.sample(filters, chance.randint(1, 3)))


async def load(base: str, asking: Asking, *, people: int, seconds: float, pause_s: float) -> dict[str, list[float]]:
    """Milliseconds of every answer by kind of page, when so many people ask for so long."""
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    until = time.perf_counter() + seconds
    chance = random.Random(11)

    async def person(client: AsyncClient) -> None:
        await asyncio.sleep(chance.random() * pause_s)
        while time.perf_counter() < until:
            page = chance.choices(PAGES, SHARES)[0]
            url = asking.url(page)
            started = time.perf_counter()
            answer = await client.get(base + url)
            taken[page].append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{url}: {answer.status_code}")
            await asyncio.sleep(max(0.0, pause_s - (time.perf_counter() - started)))

    async with AsyncClient(limits=Limits(max_connections=people), timeout=60) as client:
        await asyncio.gather(*(person(client) for _ in range(people)))
    return taken


def cpu_of(base: str, asking: Asking, process: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of CPU that the server takes for each page, one by one: what other programs hardly stretch."""
    clock = (~process << 3) | 2  # the CPU clock of a process, as clock_getcpuclockid(3) makes it on Linux
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    with Client(timeout=60) as client:
        for page in PAGES * rounds:
            started = time.clock_gettime(clock)
            client.get(base + asking.url(page)).raise_for_status()
            taken[page].append((time.clock_gettime(clock) - started) * 1000)
    return taken


@contextmanager
def serving(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a desk that serves this database in a process of its own, and the number of the process."""
    config = folder / "mentions.toml"
    config.write_text(CONFIGURATION.format(url=url), encoding="utf-8")
    command = [sys.executable, "-m", "mentions.cli", "review", "--config", str(config), "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().rpartition(" ")[2].strip().rstrip("/"), process.pid
        finally:
            process.terminate()


def middle(url: str, depth: int) -> tuple[list[str], dict[str, float]]:
    """Places in the middle of the queue, and what a page there costs each way, in milliseconds."""
    engine = make_engine(parse_url(url))
    now = datetime.now(UTC)
    rows = (
        "SELECT {columns} FROM queue_row WHERE snoozed_until IS NULL OR snoozed_until <= :now "
        "ORDER BY priority DESC, id DESC LIMIT 50 OFFSET {depth}"
    )
    by_place = (
        "SELECT id FROM queue_row WHERE (snoozed_until IS NULL OR snoozed_until <= :now) "
        "AND (priority, id) < (:value, :id) ORDER BY priority DESC, id DESC LIMIT 50"
    )
    joined = (
        "SELECT o.id FROM opportunity o JOIN finding f ON f.id = o.finding_id JOIN page p ON p.id = f.page_id "
        "WHERE o.snoozed_until IS NULL OR o.snoozed_until <= :now "
        f"ORDER BY f.priority DESC, o.id DESC LIMIT 50 OFFSET {depth}"
    )
    given = {"now": now.replace(tzinfo=None) if engine.dialect.name == "sqlite" else now}
    with engine.connect() as connection:
        found = connection.execute(text(rows.format(columns="priority, id", depth=depth)), given).all()
        place = Cursor(found[0].priority, found[0].id)
        costs = {
            "by place (the desk's way)": _ms(
                lambda: connection.execute(text(by_place), given | {"value": place.value, "id": place.id}).all()
            ),
            "OFFSET on the same table": _ms(
                lambda: connection.execute(text(rows.format(columns="id", depth=depth)), given).all()
            ),
            "OFFSET over joined tables": _ms(lambda: connection.execute(text(joined), given).all()),
        }
    engine.dispose()
    return [str(Cursor(row.priority, row.id)) for row in found], costs


def _ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(7):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def show(title: str, taken: dict[str, list[float]]) -> tuple[float, float]:
    """Prints the table; returns the 95th percentile of all pages, and of the worst kind of page."""
    shown = table(title, ("page", "asked", "p50 ms", "p95 ms", "p99 ms"))
    everything = [one for several in taken.values() for one in several]
    worst = 0.0
    for name, values in [*taken.items(), ("all", everything)]:
        if len(values) < 2:
            continue
        cuts = quantiles(values, n=100, method="inclusive")
        shown.add_row(name, str(len(values)), *(f"{cuts[at - 1]:.0f}" for at in (50, 95, 99)))
        worst = max(worst, cuts[94]) if name != "all" else worst
    console.print(shown, "")
    return quantiles(everything, n=100, method="inclusive")[94], worst


def main() -> None:
    """Builds, serves, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200_000, help="opportunities in the database")
    parser.add_argument("--people", type=int, default=5, help="who work at the desk at once")
    parser.add_argument("--seconds", type=float, default=40.0, help="of each of the two loads")
    parser.add_argument("--database", help="URL of a database to use; one that is not there, or empty, is filled")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        url = given.database or f"sqlite:///{folder / 'desk.db'}"
        count = _filled(url, given.count)
        places, costs = middle(url, min(DEPTH, count // 2))
        asking = Asking(random.Random(7), count, places)
        with serving(url, folder) as (base, process):
            asyncio.run(load(base, asking, people=1, seconds=5, pause_s=0))  # what a first page has to load
            cpu = cpu_of(base, asking, process, rounds=20)
            paced = asyncio.run(load(base, asking, people=given.people, seconds=given.seconds, pause_s=1))
            pushed = asyncio.run(load(base, asking, people=given.people, seconds=given.seconds, pause_s=0))
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    p95, worst = show(f"{given.people} people, each a page a second; {count:,} opportunities", paced)
    cpu_p95, _ = show("CPU of the server for one page, one after the other", cpu)
    pushed_p95, _ = show(f"{given.people} people without any pause", pushed)
    shown = table(f"One page behind {min(DEPTH, count // 2):,} others", ("way", "ms"))
    for way, cost in costs.items():
        shown.add_row(way, f"{cost:.1f}")
    console.print(shown, "")
    finish(
        "desk",
        {
            "opportunities": count,
            "people": given.people,
            "p95_ms": round(p95, 1),
            "p95_cpu_ms": round(cpu_p95, 1),
            "worst_page_p95_ms": round(worst, 1),
            "p95_ms_without_pause": round(pushed_p95, 1),
            "pages_per_s_without_pause": round(sum(map(len, pushed.values())) / given.seconds, 1),
            "deep_page_ms": round(costs["by place (the desk's way)"], 2),
            "deep_page_by_offset_ms": round(costs["OFFSET on the same table"], 2),
            "deep_page_by_joined_offset_ms": round(costs["OFFSET over joined tables"], 2),
            "server_peak_mb": round(peak_mb),
        },
    )


def _filled(url: str, count: int) -> int:
    """How many opportunities the database holds, made first where it holds none."""
    store = open_store(url)
    held = sum(store.opportunities_by_state().values())
    store.close()
    if held:
        return held
    with console.status(f"making {count:,} opportunities"):
        build(url, opportunities=count, now=datetime.now(UTC))
    return count


if __name__ == "__main__":
    main()
