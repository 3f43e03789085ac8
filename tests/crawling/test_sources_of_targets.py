"""Whole runs over searches, GDELT, lists, archives, plain sitemaps, paged listings: what is found, and from where."""

import gzip
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mentions.config import Config, load_config
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.publishers import SourceKind
from mentions.sources import Reading, Source, read_source
from mentions.store.records import RunState
from spiders.archives import ArchivesSpider
from spiders.industry import IndustrySpider
from spiders.lists import ListsSpider
from spiders.news import NewsSpider
from tests.crawling.newsweb import LINKED, UNLINKED, feed, night, query, story
from tests.hostile_web import Answer, Asked, Route, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

ALL: Sequence[type[PublisherSpider]] = (NewsSpider, IndustrySpider, ListsSpider, ArchivesSpider)
TARGET = '[[targets]]\nname = "Acme Robotics"\ndomains = ["acme.example"]\n'


def config_in(folder: Path, port: int, text: str, target: str = "") -> Config:
    """A configuration of the target (with more keys) and these tables, for the web on `port`."""
    path = folder / "mentions.toml"
    path.write_text(
        f"""{TARGET}{target.replace("$port", str(port))}
{text.replace("$port", str(port))}
[elsewhere]
politeness = {{ delay_s = 0, concurrency = 8, max_pages = 5 }}

[network]
allow_private = ["127.0.0.0/8"]
resolve = {{ "*" = "127.0.0.1" }}
ports = [{port}]
timeout_s = 60.0
""",
        encoding="utf-8",
    )
    return load_config(path)


async def test_a_search_feed_brings_pages_of_any_site(tmp_path: Path) -> None:
    """Wrapped addresses are unwrapped; sites that nobody declared are publishers of their own, and asked politely."""
    with Web() as web:
        items = "".join(
            f"<entry><title>&lt;b&gt;Acme Robotics&lt;/b&gt; at {host}</title>"
            f'<link href="http://alerts.example/url?rct=j&amp;url=http://{host}:{web.port}/story&amp;ct=ga"/>'
            "<published>2026-11-20T08:00:00Z</published></entry>"
            for host in ("blog.one.example", "two.example", "www.acme.example")
        )
        web.routes = {
            "alerts.example/feeds/1": Answer(
                f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Alert</title>{items}</feed>'.encode()
            ),
            "blog.one.example/story": story(UNLINKED),
            "two.example/story": story(LINKED),
        }
        config = config_in(tmp_path, web.port, "", 'searches = ["http://alerts.example:$port/feeds/1"]')
        run = await night(config, spiders=[ListsSpider])
        asked = {(asked.host, asked.path) for asked in web.asked}
    assert run.state is RunState.FINISHED
    assert run.counts["skipped/own_page"] == 1
    assert ("blog.one.example", "/robots.txt") in asked
    assert ("www.acme.example", "/story") not in asked
    source = f"http://alerts.example:{web.port}/feeds/1"
    pages = query(config, "select p.domain, page.source_kind, page.source_url, page.source_query, page.announced_title "
                  "from page join publisher p on p.id = page.publisher_id order by 1")  # fmt: skip
    assert pages == [
        ("one.example", "search", source, "Acme Robotics", "Acme Robotics at blog.one.example"),
        ("two.example", "search", source, "Acme Robotics", "Acme Robotics at two.example"),
    ]
    assert query(config, "select publisher_id, target, query from source") == [(None, "Acme Robotics", "Acme Robotics")]
    assert dict(query(config, "select verdict, count(*) from finding group by 1")) == {"linked": 1, "unlinked": 1}


async def test_what_a_search_finds_on_a_declared_site_is_fetched_by_that_sites_spider(tmp_path: Path) -> None:
    """No host is asked by two spiders at once, and nothing waits for another night."""
    with Web() as web:
        web.routes = {
            "alerts.example/feed": feed([f"http://courier.example:{web.port}/2026/11/20/only-the-search-knows-it"]),
            "courier.example/feed.xml": feed([]),
            "courier.example/2026/11/20/only-the-search-knows-it": story(UNLINKED),
        }
        publisher = (
            '[[publishers]]\nname = "C"\ndomain = "courier.example"\nfeeds = ["http://courier.example:$port/feed.xml"]\n'
            "politeness = { delay_s = 0 }\n"
        )
        config = config_in(tmp_path, web.port, publisher, 'searches = ["http://alerts.example:$port/feed"]')
        run = await night(config, spiders=ALL[:3])
    assert run.publishers["courier.example"]["pages/fetched"] == 1
    assert query(config, "select state, source_kind from page") == [("live", "search")]


async def test_a_search_on_which_our_code_fails_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spiders that wait for what it may find end all the same; the mistake is said."""

    def fails(source: Source, *args: Any, **kwargs: Any) -> Reading:
        if source.kind is SourceKind.SEARCH:
            raise RuntimeError("a mistake of ours")
        return read_source(source, *args, **kwargs)

    monkeypatch.setattr("mentions.crawling.source_reader.read_source", fails)
    with Web() as web:
        web.routes = {
            "alerts.example/feed": feed([]),
            "courier.example/feed.xml": feed(["/2026/11/20/a-story-of-the-harbour"]),
            "courier.example/2026/11/20/a-story-of-the-harbour": story(UNLINKED),
        }
        publisher = (
            '[[publishers]]\nname = "C"\ndomain = "courier.example"\nfeeds = ["http://courier.example:$port/feed.xml"]\n'
            "politeness = { delay_s = 0 }\n"
        )
        config = config_in(tmp_path, web.port, publisher, 'searches = ["http://alerts.example:$port/feed"]')
        run = await night(config, spiders=ALL[:3])
    assert run.counts["pages/judged"] == 1
    assert any("a mistake of ours" in warning for warning in run.warnings)


async def test_gdelt_is_asked_for_the_targets_names_since_the_last_answer(tmp_path: Path) -> None:
    asked: list[dict[str, list[str]]] = []

    def gdelt(request: Asked) -> Answer:
        asked.append(parse_qs(urlsplit(request.path).query))
        articles = [
            {
                "url": f"http://three.example:{web.port}/news",
                "title": "Acme Robotics , again",
                "seendate": "20261120T080000Z",
            }
        ]
        return Answer(json.dumps({"articles": articles}).encode(), content_type="application/json")

    with Web() as web:
        routes: dict[str, Route] = {"three.example/news": story(UNLINKED)}
        web.routes = _Routes(routes, "gdelt.example/doc", gdelt)
        config = config_in(
            tmp_path,
            web.port,
            '[gdelt]\nendpoint = "http://gdelt.example:$port/doc"\nlanguages = ["english"]\ndelay_s = 0.0\n',
            'aliases = ["ACME"]\ngdelt = true',
        )
        await night(config, spiders=[ListsSpider])
        await night(config, spiders=[ListsSpider])
    first, second = asked
    assert first["query"] == ['("Acme Robotics" OR ACME) sourcelang:english']
    assert (first["mode"], first["format"], first["maxrecords"]) == (["artlist"], ["json"], ["250"])
    assert (first["startdatetime"], first["enddatetime"]) == (["20261114040000"], ["20261121040000"])
    assert second["startdatetime"] == ["20261121020000"]
    [row] = query(config, "select state, source_kind, source_query, announced_title from page")
    assert row == ("live", "gdelt", '("Acme Robotics" OR ACME) sourcelang:english', "Acme Robotics, again")
    assert len(query(config, "select id from source")) == 1


class _Routes(dict[str, Route]):
    """Routes, and one that answers whatever query it is asked with."""

    def __init__(self, routes: dict[str, Route], prefix: str, route: Route) -> None:
        super().__init__(routes)
        self._prefix, self._route = prefix, route

    def get(self, key: str, default: Route | None = None) -> Route | None:  # type: ignore[override]
        return self._route if key.startswith(self._prefix) else super().get(key, default)


async def test_gdelts_refusal_is_a_warning_and_no_answer(tmp_path: Path) -> None:
    """It answers 200 with a sentence; the next night looks back as far as this one would have."""
    with Web() as web:
        refusal = Answer(b"Please limit requests to one every 5 seconds.", content_type="text/html")
        web.routes = _Routes({}, "gdelt.example/doc", refusal)
        config = config_in(
            tmp_path, web.port, '[gdelt]\nendpoint = "http://gdelt.example:$port/doc"\ndelay_s = 0.0\n', "gdelt = true"
        )
        run = await night(config, spiders=[ListsSpider])
    assert any("GDELT answers: Please limit requests" in warning for warning in run.warnings)
    assert query(config, "select last_good_at, problem from source")[0][0] is None


async def test_lists_are_read_once_and_again_when_they_change(tmp_path: Path) -> None:
    with Web() as web:
        web.routes = {
            "one.example/a": story(UNLINKED),
            "one.example/b": story(LINKED),
            "two.example/old-story": story(UNLINKED),
        }
        rows = [
            '"#"\t"Referring page title"\t"Referring page URL"\t"Target URL"',
            f'"1"\t"A"\t"http://one.example:{web.port}/a"\t"https://acme.example/"',
            '"2"\t"?"\t"one dot example"\t"https://acme.example/"',
        ]
        exported = tmp_path / "lists" / "ahrefs.csv"
        exported.parent.mkdir()
        exported.write_bytes("\r\n".join(rows).encode("utf-16"))
        config = config_in(tmp_path, web.port, '[[lists]]\nfile = "lists/*.csv"\n[[lists]]\nfile = "none-*.txt"\n')
        first = await night(config, spiders=[ListsSpider])
        second = await night(config, spiders=[ListsSpider])
        more = [
            *rows,
            f'"3"\t"B"\t"http://one.example:{web.port}/b"\t""',
            f'"4"\t""\t"http://two.example:{web.port}/old-story"\t""',
        ]
        exported.write_bytes("\r\n".join(more).encode("utf-16"))
        third = await night(config, spiders=[ListsSpider])
    assert "lists/ahrefs.csv: line 3: 'one dot example' is not a web address" in first.warnings
    assert any(warning.startswith("none-*.txt: there is no such file") for warning in first.warnings)
    assert (first.counts["pages/new"], second.counts.get("pages/new", 0), third.counts["pages/new"]) == (1, 0, 2)
    assert second.counts["sources/unchanged"] == 1
    assert set(query(config, "select state, source_kind, source_url from page")) == {
        ("live", "list", "lists/ahrefs.csv")
    }


async def test_a_site_elsewhere_gets_so_many_pages_a_night_and_the_rest_waits(tmp_path: Path) -> None:
    with Web() as web:
        web.routes = {f"one.example/{n}": story(UNLINKED) for n in range(8)}
        (tmp_path / "list.txt").write_text("".join(f"http://one.example:{web.port}/{n}\n" for n in range(8)))
        config = config_in(tmp_path, web.port, '[[lists]]\nfile = "list.txt"\n')
        first = await night(config, spiders=[ListsSpider])
        second = await night(config, spiders=[ListsSpider])
    assert (first.counts["pages/fetched"], second.counts["pages/fetched"]) == (5, 3)
    assert all(state == "live" for (state,) in query(config, "select state from page"))


def warc(pages: dict[str, bytes], date: str = "2026-10-01T10:00:00Z") -> bytes:
    """A WARC file with these pages."""
    out = BytesIO()
    for url, body in pages.items():
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return out.getvalue()


async def test_archives_are_judged_and_stored_without_the_network(tmp_path: Path) -> None:
    with Web() as web:
        body = story(UNLINKED).body
        (tmp_path / "saved.warc.gz").write_bytes(
            warc({f"http://one.example:{web.port}/a": body, f"http://one.example:{web.port}/b": story(LINKED).body})
        )
        (tmp_path / "torn.warc.gz").write_bytes(warc({"http://two.example/c": body})[:-40])
        config = config_in(tmp_path, web.port, '[[archives]]\nfile = "*.warc.gz"\n')
        first = await night(config, spiders=[ArchivesSpider])
        second = await night(config, spiders=[ArchivesSpider])
        assert web.asked == []
    assert dict(query(config, "select verdict, count(*) from finding group by 1"))["linked"] == 1
    assert first.counts["pages/archived"] >= 2
    assert any("torn.warc.gz" in warning for warning in first.warnings)
    assert second.counts["sources/unchanged"] == 1, "the whole one is not opened again, the torn one is"
    assert second.counts.get("pages/new", 0) == 0
    rows = query(config, "select source_kind, source_url, last_looked_at from page where url like '%one.example%'")
    assert {row[:2] for row in rows} == {("archive", "saved.warc.gz")}
    assert all(str(row[2]).startswith("2026-10-01 10:00") for row in rows), "looked at when it was saved"


async def test_a_listing_is_turned_while_it_shows_something_new(tmp_path: Path) -> None:
    """rel=next, page after page, within listing_pages; the second night stops at the first page that is all known."""

    def listing(number: int) -> Answer:
        folder = f"/2026/11/{20 - number:02}"
        links = "".join(
            f'<li><a href="{folder}/a-long-story-number-{n}-of-page-{number}">A long story of the day, number {n}</a>'
            for n in range(5)
        )
        older = f'<a rel="next" href="/news?page={number + 1}">Older</a>'
        return Answer(f"<!doctype html><title>News</title><h1>News</h1><ul>{links}</ul>{older}".encode())

    with Web() as web:
        web.routes = {f"courier.example/news?page={n}": listing(n) for n in range(2, 6)}
        web.routes["courier.example/news"] = listing(1)
        publisher = (
            '[[publishers]]\nname = "C"\ndomain = "courier.example"\nlistings = ["http://courier.example:$port/news"]\n'
            "listing_pages = 3\npoliteness = { delay_s = 0 }\n"
        )
        config = config_in(tmp_path, web.port, publisher)
        first = await night(config, spiders=[NewsSpider])
        turned = [asked.path for asked in web.asked if asked.path.startswith("/news")]
        web.asked.clear()
        await night(config, spiders=[NewsSpider])
        again = [asked.path for asked in web.asked if asked.path.startswith("/news")]
    assert turned == ["/news", "/news?page=2", "/news?page=3"]
    assert again == ["/news"]
    assert first.counts["pages/new"] == 15


async def test_a_plain_sitemap_index_is_read_for_what_changed(tmp_path: Path) -> None:
    """F-08: an index that names itself ends; a gzipped sitemap is unpacked; what did not change for long is left."""

    def urlset(*entries: tuple[str, str]) -> bytes:
        urls = "".join(
            f"<url><loc>http://courier.example:{web.port}{p}</loc><lastmod>{d}</lastmod></url>" for p, d in entries
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()

    with Web() as web:
        at = f"http://courier.example:{web.port}"
        index = (
            f"<sitemapindex><sitemap><loc>{at}/index.xml</loc></sitemap>"
            f"<sitemap><loc>{at}/new.xml.gz</loc><lastmod>2026-11-20</lastmod></sitemap>"
            f"<sitemap><loc>{at}/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap></sitemapindex>"
        ).encode()
        new = urlset(("/news/a-story-of-this-week-4711", "2026-11-19"), ("/news/a-story-of-old-0815", "2019-01-01"),
                     ("/tags/robots", "2026-11-19"), ("/", "2026-11-20"))  # fmt: skip
        web.routes = {
            "courier.example/index.xml": Answer(index),
            "courier.example/new.xml.gz": Answer(gzip.compress(new), content_type="application/gzip"),
            "courier.example/news/a-story-of-this-week-4711": story(UNLINKED),
        }
        publisher = (
            '[[publishers]]\nname = "C"\ndomain = "courier.example"\nsitemaps = ["http://courier.example:$port/index.xml"]\n'
            "politeness = { delay_s = 0 }\n"
        )
        config = config_in(tmp_path, web.port, publisher)
        run = await night(config, spiders=[NewsSpider])
        asked = [asked.path for asked in web.asked]
    assert asked.count("/index.xml") == 1
    assert "/old.xml" not in asked
    assert query(config, "select state, source_kind from page") == [("live", "sitemap")]
    assert run.counts["skipped/too_old"] == 1
