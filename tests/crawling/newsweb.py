"""A publisher in miniature for tests of whole runs: a feed, pages that name us or do not, and a mentions.toml."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner

from mentions.config import Config, load_config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.job import open_job, summary_at_end
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.rechecking.wanted import Wanted
from mentions.store.records import RunSummary
from spiders.industry import IndustrySpider
from spiders.news import NewsSpider
from tests.crawling.harness import QUICK
from tests.hostile_web import Answer, Route

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

_FILLER = (
    "The harbour board met on Tuesday to talk about the cranes that have stood still since the spring storms. "
    "Nobody expected an answer before the winter, and the mayor said as much when she left the old customs house. "
)
UNLINKED = "Much of the heavy lifting is done by machines from Acme Robotics, the foreman said."
LINKED = 'The machines come from <a href="https://acme.example/">Acme Robotics</a>, the foreman said.'
NAMELESS = "Much of the heavy lifting is done by machines, the foreman said."


def story(sentence: str, title: str = "Cranes stand still") -> Answer:
    """An article page that holds this sentence."""
    return Answer(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
        <nav><a href="/">Home</a> <a href="/about">About</a></nav>
        <article><h1>{title}</h1><p>{_FILLER}</p><p>{_FILLER}{sentence}</p><p>{_FILLER * 2}</p></article>
        <footer>Printed in the harbour</footer></body></html>""".encode()
    )


def feed(paths: Iterable[str], *, etag: str | None = None) -> Answer:
    """An RSS feed that announces these paths."""
    items = "".join(
        f"<item><title>Story {path}</title><link>{path}</link><pubDate>{format_datetime(NOW)}</pubDate></item>"
        for path in paths
    )
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    headers = (("ETag", etag),) if etag else ()
    return Answer(body, 200, headers, "application/rss+xml")


def newspaper(host: str, count: int) -> dict[str, Route]:
    """A feed and `count` stories: of every four, one names us without a link, one with a link, two not at all."""
    kinds = (UNLINKED, LINKED, NAMELESS, NAMELESS)
    paths = [f"/2026/11/20/story-number-{n}" for n in range(count)]
    routes: dict[str, Route] = {f"{host}/feed.xml": feed(paths)}
    for n, path in enumerate(paths):
        routes[host + path] = story(kinds[n % 4], f"Story number {n} of the harbour")
    return routes


def write_config(
    folder: Path,
    port: int,
    publishers: Sequence[str] = (),
    *,
    sender: bool = True,
    hosts: Sequence[str] = ("courier.example",),
) -> Path:
    """A mentions.toml for the web on `port`; `publishers` are tables in TOML, else one with a feed for each host."""
    tables = publishers or [
        f'name = "{host}"\ndomain = "{host}"\nfeeds = ["http://{host}:{port}/feed.xml"]' for host in hosts
    ]
    text = f"""
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

{"".join(f"[[publishers]]{chr(10)}{table}{chr(10)}{_polite(table)}{chr(10)}" for table in tables)}
[network]
allow_private = ["127.0.0.0/8"]
resolve = {{ "*" = "127.0.0.1" }}
ports = [{port}]
timeout_s = 60.0
"""
    if sender:
        text += (
            '[sender]\nname = "Jo Doe"\nemail = "jo@acme.example"\ncompany = "Acme"\npostal_address = "1 Dock Road"\n'
        )
    path = folder / "mentions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def lasting_config(folder: Path, port: int, publishers: Sequence[str] = (), **more: Any) -> Path:
    """The same for processes, which read the real clock: what these pages announce is new on any day to come."""
    path = write_config(folder, port, publishers, **more)
    text = path.read_text(encoding="utf-8").replace("[[publishers]]\n", "[[publishers]]\nmax_age_days = 36500\n")
    path.write_text(f"{text}\n[drafts]\nmax_age_days = 36500\n", encoding="utf-8")
    return path


def _polite(table: str) -> str:
    return "" if "politeness" in table else "politeness = { delay_s = 0, concurrency = 8 }"


def config_in(folder: Path, port: int, **more: Any) -> Config:
    """The same, loaded."""
    return load_config(write_config(folder, port, **more))


@dataclass(frozen=True, slots=True)
class Row:
    """What the database says of one page."""

    path: str  # URL without scheme, host and port
    state: str | None
    reason: str | None


def rows(config: Config) -> dict[str, Row]:
    """Every page of the database, by path."""
    found = query(config, "select url, state, reason from page")
    paths = ["/" + url.split("/", 3)[3] for url, _, _ in found]
    return {path: Row(path, state, reason) for path, (_, state, reason) in zip(paths, found, strict=True)}


def query(config: Config, sql: str) -> list[tuple[Any, ...]]:
    """What a statement gives, past the store."""
    with closing(sqlite3.connect(config.folder / "mentions.db")) as connection, connection:
        return connection.execute(sql).fetchall()


async def night(
    config: Config,
    *,
    spiders: Sequence[type[PublisherSpider]] = (NewsSpider, IndustrySpider),
    drafting: bool = False,
    now: datetime = NOW,
    wanted: Wanted | None = None,
    **changes: Any,
) -> RunSummary:
    """A whole run inside the test's process, at one moment."""
    with open_job(config, kind="test", clock=lambda: now, drafting=drafting, analysts=0, wanted=wanted) as job:
        runner = AsyncCrawlerRunner(crawl_settings(config, {**QUICK, **changes}))
        tasks = [runner.crawl(runner.create_crawler(spider), job=job) for spider in spiders]
        for task in tasks:
            await task
    return summary_at_end(job)
