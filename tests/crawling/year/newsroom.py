"""The year's sites on loopback: pages are functions of the day and of nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from tests.crawling.changing import missing
from tests.crawling.year.pages import MOVED, OURS, SHORTENER, SHOWN, Article
from tests.crawling.year.plot import Plot, Told, latest
from tests.hostile_web import Answer, Asked, Route

START: Final = datetime(2025, 11, 21, 4, tzinfo=UTC)  # a Friday, and long enough ago for `mentions report`
_ANNOUNCED: Final = 100  # stories that a feed holds


def at(day: float) -> datetime:
    """That day's run begins then."""
    return START + timedelta(days=day)


@dataclass
class Newsroom:
    """Serves the plot; `day` is what the clock says, `port` where the web listens (set once it does)."""

    plot: Plot
    day: int = 0
    port: int = 0

    @property
    def hosts(self) -> list[str]:
        """Every publisher, none twice."""
        return list(dict.fromkeys(each.host for each in self.plot.articles))

    @property
    def routes(self) -> dict[str, Route]:
        """For Web."""
        sites: dict[str, Route] = {f"{OURS}/*": self._ours, f"{SHORTENER}/*": self._shortened}
        for host in self.hosts:
            sites |= {f"{host}/*": self._answer, f"{host}/robots.txt": self._robots}
        return sites

    def has_news(self, day: int) -> bool:
        """Is anything published that day?"""
        return any(each.begins == day for each in self.plot.articles)

    def _befallen(self, host: str) -> str:
        return latest(self.plot.sites.get(host, {}), self.day) or "open"

    def _robots(self, asked: Asked) -> Answer:
        if self._befallen(asked.host) == "500":
            return Answer(b"oops", 500)
        rules = b"User-agent: *\nDisallow: /news/" if self._befallen(asked.host) == "robots closed" else b""
        return Answer(rules, content_type="text/plain")

    def _answer(self, asked: Asked) -> Answer:
        if self._befallen(asked.host) == "500":
            return Answer(b"oops", 500)
        if asked.path == "/feed.xml":
            return self._feed(asked.host)
        if asked.path == "/":
            return Answer(b"<!doctype html><title>News</title><h1>News of the harbour</h1>")
        path = asked.path.removesuffix(MOVED)
        told = next((each for each in self.plot.articles if (each.host, each.path) == (asked.host, path)), None)
        shown = told.shown(self.day) if told else None
        if shown == "moved" and path != asked.path:
            shown = "linked"
        if told is None or shown is None:
            return missing()
        return _unless_unchanged(SHOWN[shown](Article(told.number, self.port, asked)), asked)

    def _feed(self, host: str) -> Answer:
        """The newest stories, as feeds are."""
        published = [each for each in self.plot.articles if each.host == host and each.begins <= self.day]
        items = "".join(map(_item, published[-_ANNOUNCED:]))
        body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
        return Answer(body, 200, (), "application/rss+xml")

    def _shortened(self, _: Asked) -> Answer:
        return Answer(b"", 301, (("Location", f"http://{OURS}:{self.port}/"),))

    def _ours(self, asked: Asked) -> Answer:
        pages: Mapping[str, str] = {path: latest(days, self.day) or "404" for path, days in self.plot.ours.items()}
        state = pages.get(asked.path, "404")
        if state == "ok":
            return Answer(b"<!doctype html><title>Acme Robotics</title><h1>Acme Robotics</h1>")
        return SHOWN[state](Article(0, self.port, asked))


def _item(told: Told) -> str:
    published = format_datetime(at(told.begins) - timedelta(hours=12))
    title = told.path.rpartition("/")[2].replace("-", " ").capitalize()
    return f"<item><title>{title}</title><link>{told.path}</link><pubDate>{published}</pubDate></item>"


def _unless_unchanged(answer: Answer, asked: Asked) -> Answer:
    """Pages say when they are unchanged, as most sites' do."""
    if answer.status != 200 or answer.chunks is not None:
        return answer
    etag = f'"{sha256(answer.body).hexdigest()[:12]}"'
    if asked.headers.get("if-none-match") == etag:
        return Answer(b"", 304, (("ETag", etag),))
    return Answer(answer.body, 200, (("ETag", etag),), answer.content_type)
