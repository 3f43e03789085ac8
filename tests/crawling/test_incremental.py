"""The second night: known pages are asked for again only where their source says that they have changed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mentions.config import Config
from mentions.store import open_store
from tests.crawling.newsweb import LINKED, NAMELESS, NOW, UNLINKED, config_in, night, query, story
from tests.hostile_web import Answer, Asked, Route, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

DAY = timedelta(days=1)


def sitemap(dated: dict[str, datetime]) -> Answer:
    """A sitemap with the date of each page's last change."""
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{at.isoformat()}</lastmod></url>" for url, at in dated.items())
    return Answer(f"<urlset>{urls}</urlset>".encode(), 200, (), "application/xml")


def versioned(versions: list[tuple[str, Answer]]) -> Route:
    """A page with an ETag: the first of `versions`; the test takes it away when the page changes."""

    def answer(asked: Asked) -> Answer:
        etag, page = versions[0]
        if asked.headers.get("if-none-match") == etag:
            return Answer(b"", 304, (("ETag", etag),))
        return Answer(page.body, 200, (("ETag", etag),))

    return answer


def publisher_with_sitemap(port: int) -> str:
    """A declaration in TOML."""
    return f'name = "The Courier"\ndomain = "courier.example"\nsitemaps = ["http://courier.example:{port}/sitemap.xml"]'


def verdicts(config: Config) -> dict[str, str]:
    """The verdict of each finding, by path."""
    found = query(config, "select p.url, f.verdict from finding f join page p on p.id = f.page_id")
    return {"/" + url.rpartition("/")[2]: verdict for url, verdict in found}


def seen(config: Config) -> dict[str, datetime]:
    """When each finding was last seen, by path."""
    store = open_store(config.store_url)
    found = {finding.page_url.rpartition("/")[2]: finding.last_seen_at for finding in store.findings()}
    store.close()
    return found


async def test_g03_only_what_has_changed_is_asked_for_again_and_304_keeps_the_judgement(tmp_path: Path) -> None:
    versions = [('"1"', story(UNLINKED)), ('"2"', story(LINKED))]
    dates: dict[str, datetime] = {}
    routes: dict[str, Route] = {
        "courier.example/sitemap.xml": lambda _: sitemap(dates),
        "courier.example/story-a": versioned(versions),
        "courier.example/story-b": story(UNLINKED),
    }
    with Web(routes) as web:
        a, b = (f"http://courier.example:{web.port}/story-{letter}" for letter in "ab")
        config = config_in(tmp_path, web.port, publishers=[publisher_with_sitemap(web.port)])

        def asked_for() -> list[str]:
            paths = [path for path in web.paths("courier.example") if path.startswith("/story")]
            web.asked.clear()
            return sorted(paths)

        dates |= {a: NOW - DAY, b: NOW - DAY}
        await night(config)
        assert asked_for() == ["/story-a", "/story-b"]
        before = query(config, "select count(*) from mention")

        # Nothing has changed, though an hour has passed.
        await night(config, now=NOW + timedelta(hours=1))
        assert asked_for() == []

        # The sitemap says that a page has changed; the page says that it has not.
        dates[a] = NOW + timedelta(hours=12)
        run = await night(config, now=NOW + DAY)
        assert asked_for() == ["/story-a"]
        assert (run.counts["pages/changed"], run.counts["pages/unchanged"]) == (1, 1)
        assert "pages/fetched" not in run.counts
        assert seen(config) == {"story-a": NOW + DAY, "story-b": NOW}
        assert query(config, "select count(*) from mention") == before
        assert verdicts(config) == {"/story-a": "unlinked", "/story-b": "unlinked"}

        # Now it has.
        del versions[0]
        dates[a] = NOW + timedelta(hours=36)
        run = await night(config, now=NOW + 2 * DAY)
        assert asked_for() == ["/story-a"]
        assert run.counts["pages/fetched"] == 1
        assert verdicts(config) == {"/story-a": "linked", "/story-b": "unlinked"}

        # And that was seen: nothing is due any more.
        await night(config, now=NOW + 3 * DAY)
        assert asked_for() == []


async def test_g03_a_page_without_validators_whose_bytes_are_the_same_is_not_judged_again(tmp_path: Path) -> None:
    dates: dict[str, datetime] = {}
    routes: dict[str, Route] = {
        "courier.example/sitemap.xml": lambda _: sitemap(dates),
        "courier.example/story-a": story(UNLINKED),
    }
    page = "select state, final_url, title, text from page"
    with Web(routes) as web:
        dates[f"http://courier.example:{web.port}/story-a"] = NOW - DAY
        config = config_in(tmp_path, web.port, publishers=[publisher_with_sitemap(web.port)])
        await night(config)
        [before] = query(config, "select verdict, first_seen_at, last_seen_at, priority from finding")
        state = query(config, page)
        dates[f"http://courier.example:{web.port}/story-a"] = NOW + timedelta(hours=12)
        run = await night(config, now=NOW + DAY)
        assert (run.counts["pages/fetched"], run.counts["pages/unchanged"]) == (1, 1)
        assert "pages/judged" not in run.counts
        [after] = query(config, "select verdict, first_seen_at, last_seen_at, priority from finding")
        assert (after[:2], after[3]) == (before[:2], before[3])
        assert after[2] > before[2]
        assert query(config, page) == state

        # Now a link has come.
        web.routes["courier.example/story-a"] = story(LINKED)
        dates[f"http://courier.example:{web.port}/story-a"] = NOW + timedelta(hours=36)
        await night(config, now=NOW + 2 * DAY)
        assert verdicts(config) == {"/story-a": "linked"}


async def test_sites_that_date_everything_today_get_a_quarter_of_the_budget_and_new_pages_come_first(
    tmp_path: Path,
) -> None:
    paths = [f"/story-{number}" for number in range(6)]
    dates: dict[str, datetime] = {}
    routes: dict[str, Route] = {"courier.example/sitemap.xml": lambda _: sitemap(dates)}
    routes |= {f"courier.example{path}": story(NAMELESS) for path in [*paths, "/story-new"]}
    with Web(routes) as web:
        base = f"http://courier.example:{web.port}"
        table = publisher_with_sitemap(web.port) + "\npoliteness = { delay_s = 0, max_pages = 8 }"
        config = config_in(tmp_path, web.port, publishers=[table])
        dates |= {base + path: NOW - DAY for path in paths}
        await night(config)
        web.asked.clear()
        dates |= {base + path: NOW + DAY for path in [*paths, "/story-new"]}
        run = await night(config, now=NOW + DAY + timedelta(minutes=1))
        asked = [path for path in web.paths("courier.example") if path.startswith("/story")]
    assert asked[0] == "/story-new"
    assert len(asked) == 3
    assert run.counts["pages/changed"] == 2


async def test_titles_that_name_us_are_asked_for_first(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>{title}</title><link>/story-{n}</link></item>"
        for n, title in enumerate(["Cranes", "Weather", "Acme Robotics lifts more"])
    )
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    routes: dict[str, Route] = {f"courier.example/story-{n}": story(NAMELESS) for n in range(3)}
    routes["courier.example/feed.xml"] = Answer(body, 200, (), "application/rss+xml")
    with Web(routes) as web:
        table = (
            'name = "The Courier"\ndomain = "courier.example"\n'
            f'feeds = ["http://courier.example:{web.port}/feed.xml"]\n'
            "politeness = { delay_s = 0, max_pages = 1 }"
        )
        await night(config_in(tmp_path, web.port, publishers=[table]))
        asked = [path for path in web.paths("courier.example") if path.startswith("/story")]
    assert asked == ["/story-2"]


async def test_a_budget_of_bytes_ends_a_publishers_night_and_the_rest_waits(tmp_path: Path) -> None:
    """F-12: whatever a site does, it costs a night no more than its budget."""
    padding = b"<!-- " + b"x" * 600_000 + b" -->"
    paths = [f"/story-{number}" for number in range(40)]
    items = "".join(f"<item><title>{path}</title><link>{path}</link></item>" for path in paths)
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    routes: dict[str, Route] = {f"courier.example{path}": Answer(story(NAMELESS).body + padding) for path in paths}
    routes["courier.example/feed.xml"] = Answer(body, 200, (), "application/rss+xml")
    with Web(routes) as web:
        table = (
            'name = "The Courier"\ndomain = "courier.example"\n'
            f'feeds = ["http://courier.example:{web.port}/feed.xml"]\n'
            "politeness = { delay_s = 0, max_mb = 1 }"
        )
        config = config_in(tmp_path, web.port, publishers=[table])
        run = await night(config)
    assert run.counts["pages/fetched"] < 30
    assert run.counts["pages/fetched"] + run.counts["pages/beyond_budget"] == len(paths)
    assert any("max_mb 1 " in warning for warning in run.warnings)
