"""Lives the year: a real run in each night in which something is due, people in the morning, and all states compared.

A night is a crawl and then the recheck spider, both by Scrapy over loopback in one process, with drafts after them. A
night without a run is one for which the schedule says that nothing is due, and in which nothing was published. Nothing
sleeps, and the only clock is the day.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

from scrapy.crawler import AsyncCrawlerRunner
from sqlalchemy import NullPool, create_engine, text

from mentions.config import Config, load_config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.job import open_job, summary_at_end
from mentions.matching import compile_watchlist
from mentions.store import Store, open_store
from mentions.store.engine import parse_url
from mentions.store.records import RunSummary
from spiders.news import NewsSpider
from spiders.recheck import RecheckSpider
from tests.crawling.harness import QUICK
from tests.crawling.year.newsroom import Newsroom, at
from tests.crawling.year.pages import MOVED, OURS
from tests.crawling.year.people import DEEDS
from tests.crawling.year.plot import Known, Plot, Told
from tests.hostile_web import Web

DAYS: Final = 365
_MORNING: Final = 0.25  # of a day after the night's run
_STATES: Final = """
    SELECT publisher.domain, page.url, page.state, recheck.truth, opportunity.state, opportunity.id
      FROM page JOIN publisher ON publisher.id = page.publisher_id
      LEFT JOIN finding ON finding.page_id = page.id LEFT JOIN opportunity ON opportunity.finding_id = finding.id
      LEFT JOIN recheck ON recheck.opportunity_id = opportunity.id
     WHERE page.state IS NOT NULL
     ORDER BY page.id
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the plot says."""

    day: int
    path: str
    expected: str
    found: str


@dataclass
class Year:
    """What came of it."""

    config: Config
    plot: Plot
    compared: int = 0  # states compared with the plot
    nights: list[int] = field(default_factory=list)  # days with a run
    runs: list[RunSummary] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def told(self) -> str:
        """The differences as a table."""
        rows = [("day", "article", "expected", "found")]
        rows += [(str(each.day), each.path, each.expected, each.found) for each in self.differences]
        widths = [max(len(row[place]) for row in rows) for place in range(4)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


async def live(plot: Plot, folder: Path, *, days: int = DAYS, more: str = "") -> Year:
    """The days 0 to `days` of the plot; the database and the configuration, with `more` in it, are left in `folder`.

    Twisted's reactor must be installed on the loop that this runs on.
    """
    room = Newsroom(plot)
    with Web(room.routes, heads=True) as web, compiled_once():
        room.port = web.port
        config = load_config(write_config(folder, room, more))
        year = Year(config, plot)
        store = open_store(config.store_url, key=config.store_key)
        try:
            for day in range(days + 1):
                room.day = day
                store.plan_looks(now=at(day))
                if room.has_news(day) or store.count_looks_due(now=at(day)):
                    year.nights.append(day)
                    year.runs.append(await _night(config, day))
                _work(plot, store, _known(config), day)
                _compare(year, store, day)
            _compare_looks(year, store, days)
        finally:
            store.close()
    return year


def write_config(folder: Path, room: Newsroom, more: str = "") -> Path:
    """A mentions.toml for the newsroom; `more` is TOML to add."""
    publishers = "".join(
        f'[[publishers]]\nname = "{host}"\ndomain = "{host}"\nfeeds = ["http://{host}:{room.port}/feed.xml"]\n'
        "politeness = { delay_s = 0, concurrency = 8 }\n"
        for host in room.hosts
    )
    ours = f"http://{OURS}:{room.port}"
    path = folder / "mentions.toml"
    path.write_text(
        f"""
[[targets]]
name = "Acme Robotics"
domains = ["{OURS}"]
url = "{ours}/"
pages = [{{ url = "{ours}/lift-report", when = ["lift report"] }}]

{publishers}
[sender]
name = "Jo Doe"
email = "jo@{OURS}"
company = "Acme"
postal_address = "1 Dock Road"

[elsewhere]
politeness = {{ delay_s = 0 }}

[network]
allow_private = ["127.0.0.0/8"]
resolve = {{ "*" = "127.0.0.1" }}
ports = [{room.port}]
timeout_s = 5.0
{more}""",
        encoding="utf-8",
    )
    return path


@contextmanager
def compiled_once() -> Iterator[None]:
    """The names to look for are the same every night, and to compile them takes longer than the night."""
    made: dict[object, object] = {}

    def once(targets: object, *learnt: object) -> object:
        key = repr((targets, learnt))
        if key not in made:
            made[key] = compile_watchlist(targets, *learnt)  # type: ignore[arg-type]  # handed through
        return made[key]

    with patch("mentions.crawling.job.compile_watchlist", once):
        yield


async def _night(config: Config, day: int) -> RunSummary:
    """One run, in the stages of the nightly one."""
    with open_job(config, kind="nightly", clock=lambda: at(day), drafting=True, analysts=0) as job:
        runner = AsyncCrawlerRunner(crawl_settings(config, QUICK))
        spiders = (NewsSpider, RecheckSpider)
        job.spiders_to_come = len(spiders)
        for spider in spiders:
            await runner.crawl(runner.create_crawler(spider), job=job)
    return summary_at_end(job)


def _work(plot: Plot, store: Store, known: Mapping[tuple[str, str], tuple[Known, int]], day: int) -> None:
    """What people do that morning."""
    for told in plot.articles:
        for deed in told.people.get(day, ()):
            assert (told.host, told.path) in known, f"{told.path} was not found by day {day}"
            DEEDS[deed](store, told, known[told.host, told.path][1], at(day + _MORNING))


def _known(config: Config) -> dict[tuple[str, str], tuple[Known, int]]:
    """What the store knows by host and path, and the number of the opportunity (0: none).

    Of an article that moved, what is known under the address under which its opportunity is.
    """
    engine = create_engine(parse_url(config.store_url), poolclass=NullPool)
    with engine.connect() as connection:
        rows = connection.execute(text(_STATES)).all()
    engine.dispose()
    found = {}
    for domain, url, page, truth, state, number in rows:
        path = ("/" + str(url).split("/", 3)[3]).removesuffix(MOVED)
        if number is None and (domain, path) in found:
            continue
        found[domain, path] = Known(page, truth or "-", state or "-"), int(number or 0)
    return found


def _compare(year: Year, store: Store, day: int) -> None:
    """Every article of the plot, and every event that looks wrote that day."""
    known = _known(year.config)
    events = _events(store, day)
    for told in year.plot.articles:
        found, number = known.get((told.host, told.path), (None, 0))
        year.compared += 4  # the three words and the day's events
        _note(year, day, told, _words(told.known(day)), _words(found))
        _note(year, day, told, ", ".join(told.events.get(day, ())), ", ".join(events.get(number, ())))
    expected = {(told.host, told.path) for told in year.plot.articles}
    strangers = {(host, path) for host, path in known if (host, path) not in expected}
    year.differences += [Difference(day, path, "no such page", host) for host, path in sorted(strangers)]


def _compare_looks(year: Year, store: Store, days: int) -> None:
    known = _known(year.config)
    for told in year.plot.articles:
        if told.looks is not None:
            _, number = known.get((told.host, told.path), (None, 0))
            expected = [day for day in told.looks if day <= days]
            looked = [(look.at - at(0)).days for look in reversed(store.looks(number, limit=999))]
            year.compared += 1
            _note(year, days, told, f"looks {expected}", f"looks {looked}")


def _note(year: Year, day: int, told: Told, expected: str, found: str) -> None:
    """A difference that stays is told once."""
    same = [
        each for each in year.differences if each.path == told.path and (each.expected, each.found) == (expected, found)
    ]
    if expected != found and not same:
        year.differences.append(Difference(day, told.path, expected, found))


def _words(known: Known | None) -> str:
    return f"{known.page} {known.truth} {known.state}" if known else "not known"


def _events(store: Store, day: int) -> dict[int, list[str]]:
    """What looks wrote that day, by opportunity, in its order."""
    told: dict[int, list[str]] = {}
    for event in reversed(store.what_happened(since=at(day), limit=999)):
        told.setdefault(event.opportunity_id, []).append(event.kind)
    return told
