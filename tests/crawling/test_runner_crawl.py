"""Whole runs in the test's process: every page found ends in one outcome, in budget, and the next night knows it."""

from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from mentions.config import Config
from mentions.crawling.items import PageItem
from mentions.crawling.traps import MAX_OF_ONE_SHAPE
from mentions.exceptions import StoreError
from mentions.store import Store
from mentions.store.records import RunState, WaitingPage
from spiders.industry import IndustrySpider
from spiders.news import NewsSpider
from tests.crawling.newsweb import (
    LINKED,
    NAMELESS,
    UNLINKED,
    config_in,
    feed,
    newspaper,
    night,
    query,
    rows,
    story,
)
from tests.hostile_web import Answer, Asked, Route, Web, redirect, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


def with_budget(port: int, max_pages: int) -> str:
    """A publisher with a feed, of which a run reads so many pages."""
    return f"""name = "Courier"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{port}/feed.xml"]
politeness = {{ delay_s = 0, max_pages = {max_pages} }}"""


def verdicts(config: Config) -> dict[str, str]:
    """The verdict on each page that has one, by path."""
    found = query(config, "select page.url, verdict from finding join page on page.id = page_id")
    return {"/" + url.split("/", 3)[3]: verdict for url, verdict in found}


async def test_pages_of_a_feed_are_fetched_judged_and_stored(tmp_path: Path) -> None:
    routes = {
        "courier.example/feed.xml": feed(["/a", "/b", "/c"]),
        "courier.example/a": story(UNLINKED),
        "courier.example/b": story(LINKED),
        "courier.example/c": story(NAMELESS),
    }
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
    assert verdicts(config) == {"/a": "unlinked", "/b": "linked"}
    assert {row.state for row in rows(config).values()} == {"live"}
    assert run.state is RunState.FINISHED
    assert (run.counts["pages/fetched"], run.counts["pages/judged"]) == (3, 2)
    assert run.counts.get("pages/early", 0) + run.counts.get("pages/unnamed", 0) == 1
    assert run.publishers["courier.example"]["pages/new"] == 3


async def test_g03_the_second_night_asks_only_for_what_is_new(tmp_path: Path) -> None:
    routes: dict[str, Route] = newspaper("courier.example", 8)
    with Web(routes) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
        before = query(config, "select count(*) from mention")
        web.asked.clear()
        routes["courier.example/feed.xml"] = feed(["/new", "/2026/11/20/story-number-1"])
        routes["courier.example/new"] = story(NAMELESS)
        run = await night(config)
        assert web.paths() == ["/feed.xml", "/new"]
    assert query(config, "select count(*) from mention") == before
    assert (run.counts["pages/new"], run.counts["pages/known"]) == (1, 1)


async def test_sources_are_asked_for_only_when_they_changed(tmp_path: Path) -> None:
    seen: list[str | None] = []

    def source(asked: Asked) -> Answer:
        seen.append(asked.headers.get("if-none-match"))
        return Answer(b"", 304) if seen[-1] == '"v1"' else feed(["/a"], etag='"v1"')

    with Web({"/feed.xml": source, "/a": story(NAMELESS)}) as web:
        config = config_in(tmp_path, web.port)
        await night(config)
        run = await night(config)
        again = await night(config)
    assert seen == [None, '"v1"', '"v1"']  # the answer "unchanged" does not make us forget
    assert (run.counts["sources/unchanged"], again.state) == (1, RunState.FINISHED)


async def test_what_was_found_and_not_fetched_comes_first_the_next_night(tmp_path: Path) -> None:
    routes: dict[str, Route] = newspaper("courier.example", 8)
    with Web(routes) as web:
        config = config_in(tmp_path, web.port, publishers=[with_budget(web.port, 3)])
        first = await night(config)
        routes["courier.example/feed.xml"] = Answer(b"<html>broken</html>", 500)
        second = await night(config)
        third = await night(config)
    assert [run.counts.get("pages/fetched", 0) for run in (first, second, third)] == [3, 3, 2]
    assert any("5 pages wait for another night" in warning for warning in first.warnings)
    assert {row.state for row in rows(config).values()} == {"live"}


async def test_f10_every_address_asked_for_ends_in_an_outcome(tmp_path: Path) -> None:
    routes: dict[str, Route] = {
        "/robots.txt": text("User-agent: *\nDisallow: /private\n"),
        "/feed.xml": feed(["/a", "/b", "/t", "/loop", "/gone", "/broken", "/forbidden", "/private/x", "/deep", "/ok"]),
        "/a": redirect("/t"),
        "/b": redirect("/t"),
        "/t": story(UNLINKED),
        "/loop": redirect("/loop"),
        "/broken": Answer(b"oops", 500),
        "/forbidden": Answer(b"no", 403),
        "/deep": Answer(b"<p>Acme Robotics" + b"<div>" * 200_000),
        "/ok": story(LINKED),
    }
    with Web(routes) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
    states = {path: row.state for path, row in rows(config).items()}
    assert states == {
        "/a": "redirected",
        "/b": "redirected",
        "/t": "live",
        "/loop": "error",
        "/gone": "error",
        "/broken": "error",
        "/forbidden": "blocked",
        "/private/x": "robots_denied",
        "/deep": "unparsable",
        "/ok": "live",
    }
    assert verdicts(config) == {"/t": "unlinked", "/deep": "unknown", "/ok": "linked"}
    assert all(row.reason for row in rows(config).values() if row.state != "live")
    assert run.state is RunState.FINISHED


async def test_a_mistake_of_ours_on_one_page_is_counted_and_the_run_goes_on(tmp_path: Path) -> None:
    routes = {
        "/feed.xml": feed(["/a", "/b"]),
        "/a": story(UNLINKED, "Trip over this"),
        "/b": story(UNLINKED),
    }
    pipelines = {
        "tests.crawling.test_runner_crawl.Stumbles": 50,
        "pipelines.extract_article.ExtractArticle": 100,
        "pipelines.match_mentions.MatchMentions": 200,
        "pipelines.judge_links.JudgeLinks": 300,
        "pipelines.store_findings.StoreFindings": 400,
    }
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config, ITEM_PIPELINES=pipelines)
    assert {path: row.state for path, row in rows(config).items()} == {"/a": "error", "/b": "live"}
    assert rows(config)["/a"].reason == "a mistake of ours: ZeroDivisionError"
    assert run.counts["skipped/mistake_of_ours"] == 1
    assert any("please report it" in warning for warning in run.warnings)


class Stumbles:
    """A pipeline with a bug."""

    def process_item(self, item: PageItem) -> PageItem:
        if b"Trip over this" in item.page.body:
            raise ZeroDivisionError
        return item


async def test_a_mistake_of_ours_on_a_source_leaves_the_pages_that_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(*args: Any, **more: Any) -> None:
        raise ZeroDivisionError

    with Web({"/feed.xml": feed(["/a", "/b"]), "/a": story(NAMELESS), "/b": story(NAMELESS)}) as web:
        config = config_in(tmp_path, web.port, publishers=[with_budget(web.port, 1)])
        await night(config)
        monkeypatch.setattr("mentions.crawling.source_reader.read_source", trips)
        run = await night(config)
    assert {row.state for row in rows(config).values()} == {"live"}
    assert run.state is RunState.PARTIAL
    assert any("/feed.xml: a mistake of ours: ZeroDivisionError" in warning for warning in run.warnings)


async def test_a_page_that_our_own_callback_drops_ends_in_an_outcome_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_item = NewsSpider._item

    def trips(self: NewsSpider, response: Response, asked: WaitingPage) -> PageItem:
        if int(response.url.rsplit("-", 1)[-1]) % 2:
            raise ZeroDivisionError
        return make_item(self, response, asked)

    monkeypatch.setattr(NewsSpider, "_item", trips)
    with Web(newspaper("courier.example", 40)) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
    assert sorted(row.state or "" for row in rows(config).values()) == ["error"] * 20 + ["live"] * 20
    assert run.counts["skipped/mistake_of_ours"] == 20


async def test_a_store_that_cannot_be_written_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise StoreError("the disk is full")

    with Web(newspaper("courier.example", 200)) as web:
        config = config_in(tmp_path, web.port)
        monkeypatch.setattr("mentions.crawling.ledger.BATCH", 5)
        monkeypatch.setattr(Store, "save_outcomes", full)
        run = await night(config)
        assert len(web.paths()) < 60
    assert run.state is RunState.RUNNING  # nothing more could be written; the next run says that this one died
    assert {row.state for row in rows(config).values()} == {None}


async def test_drafts_of_a_run_that_died_get_their_files_and_deleted_files_stay_deleted(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 4)) as web:
        config = config_in(tmp_path, web.port)
        await night(config, drafting=True)
        (draft,) = config.drafts_folder.glob("*.eml")
        draft.unlink()
        await night(config, drafting=True)
        assert not draft.exists()
        query(config, "update run set state = 'running' where id = 1")
        query(config, "delete from run where id > 1")
        run = await night(config, drafting=True)
    assert draft.exists()
    assert (run.counts["drafts/rewritten"], "drafts/written" in run.counts) == (1, False)


async def test_a_broken_source_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    routes = {
        "good.example/feed.xml": feed(["/a"]),
        "good.example/a": story(NAMELESS),
        "page.example/feed.xml": Answer(b"<!doctype html><html><body>We moved</body></html>"),
        "empty.example/feed.xml": feed([]),
    }
    hosts = ["good.example", "page.example", "empty.example", "dead.example"]
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port, hosts=hosts)
        run = await night(config)
        assert web.paths("good.example") == ["/feed.xml", "/a"]
    assert run.state is RunState.PARTIAL
    words = "\n".join(run.warnings)
    assert "page.example (page.example): nothing of it could be read" in words
    assert "/feed.xml: this is a web page, not a feed" in words
    assert "/feed.xml: announces nothing" in words
    assert "not found (HTTP 404)" in words


async def test_a_site_that_asks_us_to_stay_away_is_left_alone_and_said(tmp_path: Path) -> None:
    with Web({"/robots.txt": text("User-agent: *\nDisallow: /\n"), "/feed.xml": feed(["/a"])}) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
        assert web.paths() == []
    assert run.state is RunState.FINISHED
    assert any("robots.txt" in warning for warning in run.warnings)


async def test_old_and_unreadable_announcements_are_not_fetched(tmp_path: Path) -> None:
    old = b"<item><link>/old</link><pubDate>Fri, 01 May 2026 10:00:00 GMT</pubDate></item>"
    song = b"<item><link>/song.mp3</link></item>"
    body = b'<rss version="2.0"><channel>' + old + song + b"</channel></rss>"
    with Web({"/feed.xml": Answer(body)}) as web:
        config = config_in(tmp_path, web.port)
        run = await night(config)
        assert web.paths() == ["/feed.xml"]
    assert (run.counts["skipped/too_old"], run.counts["skipped/no_page"]) == (1, 1)
    assert rows(config) == {}


async def test_sitemap_indexes_are_followed_without_loops(tmp_path: Path) -> None:
    def sitemap(kind: str, *paths: str) -> Answer:
        entries = "".join(f"<{kind}><loc>{path}</loc></{kind}>" for path in paths)
        root = "sitemapindex" if kind == "sitemap" else "urlset"
        return Answer(f"<{root}>{entries}</{root}>".encode(), content_type="application/xml")

    publisher = 'name = "C"\ndomain = "courier.example"\nnews_sitemaps = ["http://courier.example:{port}/index.xml"]'
    routes = {
        "/index.xml": sitemap("sitemap", "/news.xml", "/index.xml", "/more.xml", "/news.xml"),
        "/more.xml": sitemap("sitemap", "/index.xml", "/deeper.xml"),
        "/deeper.xml": sitemap("sitemap", "/never.xml"),
        "/news.xml": sitemap("url", "/a"),
        "/a": story(NAMELESS),
    }
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port, publishers=[publisher.format(port=web.port)])
        await night(config)
        assert sorted(web.paths()) == ["/a", "/deeper.xml", "/index.xml", "/more.xml", "/news.xml"]


def crawled(port: int, host: str = "trade.example", max_pages: int = 30) -> str:
    """A publisher that is crawled from its front page."""
    return f"""name = "Trade"\ndomain = "{host}"\ncrawl = ["http://{host}:{port}/"]
politeness = {{ delay_s = 0, concurrency = 4, max_pages = {max_pages} }}"""


def page_of_links(*paths: str) -> Answer:
    """A page with these links and no story."""
    links = "".join(f'<li><a href="{path}">A headline of more than four words</a></li>' for path in paths)
    return Answer(f"<!doctype html><title>List</title><main><ul>{links}</ul></main>".encode())


async def test_a_site_is_crawled_from_its_start_pages_and_not_beyond_itself(tmp_path: Path) -> None:
    routes = {
        "trade.example/": page_of_links(
            "/2026/11/20/a-story-with-links", "http://other.example/2026/11/20/a-story-elsewhere"
        ),
        "trade.example/2026/11/20/a-story-with-links": page_of_links("/2026/11/19/an-older-story-behind-it", "/login"),
        "trade.example/2026/11/19/an-older-story-behind-it": story(UNLINKED),
    }
    with Web(dict(routes)) as web:
        config = config_in(tmp_path, web.port, publishers=[crawled(web.port)])
        run = await night(config)
        crawled_paths = [path for path in web.paths() if path != "/about"]  # that one was looked at for contacts
        assert crawled_paths == ["/", "/2026/11/20/a-story-with-links", "/2026/11/19/an-older-story-behind-it"]
    assert verdicts(config) == {"/2026/11/19/an-older-story-behind-it": "unlinked"}
    assert run.state is RunState.FINISHED


async def test_f12_traps_cost_their_own_host_its_budget_and_others_nothing(tmp_path: Path) -> None:
    def calendar(asked: Asked) -> Answer:
        number = int(asked.path.rsplit("/", 1)[-1] or 0)
        return page_of_links(
            *(f"/days/{number + step}" for step in range(1, 40)), f"{asked.path}/a/a/a/a", "/x?sort=up"
        )

    routes: dict[str, Route] = newspaper("courier.example", 4)
    routes["trade.example/"] = page_of_links("/2026/11/20/the-one-real-story-here", *(f"/days/{n}" for n in range(5)))
    routes["trade.example/2026/11/20/the-one-real-story-here"] = story(UNLINKED)
    routes |= {f"trade.example/days/{n}": calendar for n in range(500)}
    with Web(routes) as web:
        news = f'name = "C"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{web.port}/feed.xml"]'
        config = config_in(tmp_path, web.port, publishers=[crawled(web.port, max_pages=25), news])
        await night(config)
        for_contacts = {"/about"}  # looked at for whom to ask: not of the pages' budget, but of its own
        assert len([path for path in web.paths("trade.example") if path not in for_contacts]) == 1 + 25
        assert web.paths("trade.example").index("/2026/11/20/the-one-real-story-here") <= 16
        assert len([path for path in web.paths("courier.example") if path not in for_contacts]) == 1 + 4
        assert not any("/a/a/a" in path or "sort" in path for path in web.paths())
    (found,) = query(config, "select count(*) from page where url like '%/days/%'")
    assert found[0] <= 3 * MAX_OF_ONE_SHAPE  # one, two and three digits


async def test_each_publisher_belongs_to_one_spider(tmp_path: Path) -> None:
    with Web({}) as web:
        both = crawled(web.port) + f'\nfeeds = ["http://trade.example:{web.port}/feed.xml"]'
        news = f'name = "C"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{web.port}/feed.xml"]'
        config = config_in(tmp_path, web.port, publishers=[both, news])
    assert [p.domain for p in NewsSpider.chosen(config)] == ["courier.example"]
    assert [p.domain for p in IndustrySpider.chosen(config)] == ["trade.example"]


async def test_a_page_of_another_site_belongs_to_that_site(tmp_path: Path) -> None:
    routes: dict[str, Any] = {"courier.example/feed.xml": feed(["/out"]), "partner.example/t": story(UNLINKED)}
    with Web(routes) as web:
        routes["courier.example/out"] = redirect(web.url("/t", "partner.example"))
        config = config_in(tmp_path, web.port)
        await night(config)
    owner = query(
        config, "select domain from page join publisher on publisher.id = publisher_id where page.url like '%/t'"
    )
    assert owner == [("partner.example",)]
