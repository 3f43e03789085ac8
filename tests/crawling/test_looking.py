"""Where links lead is looked up in a run: shorteners on pages that name us, and pages of ours that may be gone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.core.engine import ExecutionEngine

from mentions.config import Config, load_config
from mentions.rechecking.wanted import Wanted
from mentions.store import open_store
from spiders.news import NewsSpider
from tests.crawling.newsweb import LINKED, UNLINKED, feed, night, query, story, write_config
from tests.hostile_web import Answer, Asked, Route, Web, redirect, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

SHORT = 'Acme Robotics built them, says <a href="http://bit.ly:{port}/{code}">the foreman</a>.'


def config_in(folder: Path, web: Web, *, looks: str = "", pages: str = "") -> Config:
    """A run over one feed; our own page is served by the same web."""
    path = write_config(folder, web.port)
    body = path.read_text().replace(
        'domains = ["acme.example"]', f'domains = ["acme.example"]\nurl = "{web.url("/", "acme.example")}"\n{pages}'
    )
    path.write_text(f"{body}\n[elsewhere]\npoliteness = {{ delay_s = 0 }}\n[looks]\n{looks}\n")
    return load_config(path)


def routes_for(web: Web, sentences: dict[str, str]) -> dict[str, Route]:
    """A feed that announces a story for each path."""
    routes: dict[str, Route] = {"courier.example/feed.xml": feed(sentences), "acme.example/": Answer()}
    for path, sentence in sentences.items():
        routes[f"courier.example{path}"] = story(sentence.replace("{port}", str(web.port)))
    return routes


def verdicts(config: Config) -> dict[str, str]:
    found = query(config, "select page.url, verdict from finding join page on page.id = page_id")
    return {"/" + url.split("/", 3)[3]: verdict for url, verdict in found}


def asked_of(web: Web, host: str) -> list[str]:
    return [f"{asked.method} {asked.path}" for asked in web.asked if asked.host == host and asked.path != "/robots.txt"]


async def test_a_shortener_is_followed_by_its_headers_and_the_page_judged_by_where_it_leads(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        sentences = {"/ours": SHORT.replace("{code}", "ours"), "/theirs": SHORT.replace("{code}", "theirs")}
        web.routes |= routes_for(web, sentences)
        web.routes["bit.ly/ours"] = redirect(web.url("/report", "acme.example"))
        web.routes["bit.ly/theirs"] = redirect("http://unrelated.example/")
        web.routes["acme.example/report"] = Answer()
        config = config_in(tmp_path, web)
        run = await night(config, spiders=[NewsSpider])
        assert sorted(asked_of(web, "bit.ly")) == ["HEAD /ours", "HEAD /theirs"]
        assert asked_of(web, "unrelated.example") == [], "where it leads is enough to know"
    assert verdicts(config) == {"/ours": "linked", "/theirs": "unlinked"}
    assert run.counts["links/resolved"] == 2


async def test_a_chain_of_shorteners_is_followed_and_one_without_end_is_left(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        web.routes |= routes_for(
            web, {"/chain": SHORT.replace("{code}", "chain"), "/loop": SHORT.replace("{code}", "loop")}
        )
        web.routes["bit.ly/chain"] = redirect(f"http://t.co:{web.port}/x", 301)
        web.routes["t.co/x"] = redirect(web.url("/", "acme.example"))
        web.routes["bit.ly/loop"] = redirect(web.url("/loop", "bit.ly"))
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider])
        assert len(asked_of(web, "bit.ly")) == 1 + 5
    assert verdicts(config) == {"/chain": "linked", "/loop": "unlinked"}


async def test_a_site_that_refuses_head_is_asked_with_get_and_its_body_left_unread(tmp_path: Path) -> None:
    sent: list[int] = []

    def endless(asked: Asked) -> Answer:
        if asked.method == "HEAD":
            return Answer(b"", 405)

        def chunks() -> Iterator[bytes]:
            for number in range(10_000):
                sent.append(number)
                yield b"x" * 65_536

        return Answer(status=302, headers=(("Location", web.url("/", "acme.example")),), chunks=chunks())

    with Web(heads=True) as web:
        web.routes |= routes_for(web, {"/a": SHORT.replace("{code}", "get")})
        web.routes["bit.ly/get"] = endless
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "bit.ly") == ["HEAD /get", "GET /get"]
    assert verdicts(config) == {"/a": "linked"}
    assert len(sent) < 200, "the connection ended with the headers, but for what was in the buffers"


async def test_robots_txt_of_a_shortener_is_obeyed_and_remembered(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        web.routes |= routes_for(web, {"/a": SHORT.replace("{code}", "no")})
        web.routes["bit.ly/robots.txt"] = text("User-agent: *\nDisallow: /\n")
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "bit.ly") == []
    [(problem, failures)] = query(config, "select problem, failures from destination where not ours")
    assert "robots.txt asks us not to" in problem
    assert failures == 0, "we did not ask, so nothing failed"
    assert verdicts(config) == {"/a": "unlinked"}


async def test_a_shortener_into_the_private_network_is_refused(tmp_path: Path) -> None:
    """F-03 for looks at links: it leads there, and nobody goes."""
    with Web(heads=True) as web:
        web.routes |= routes_for(web, {"/a": SHORT.replace("{code}", "in")})
        web.routes["bit.ly/in"] = redirect(f"http://t.co:{web.port + 1}/")  # a port that is not allowed
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider])
    [(problem,)] = query(config, "select problem from destination where not ours")
    assert "is not one of network.ports" in problem


async def test_what_is_known_is_not_asked_again_and_budgets_hold(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        web.routes |= routes_for(web, {f"/{n}": SHORT.replace("{code}", f"{n}") for n in range(3)})
        for n in range(3):
            web.routes[f"bit.ly/{n}"] = redirect(web.url("/", "acme.example"))
        config = config_in(tmp_path, web, looks="max_a_night = 2")  # one of them for our own page
        await night(config, spiders=[NewsSpider])
        first = asked_of(web, "bit.ly")
        assert len(first) == 1
        web.asked.clear()
        web.routes["courier.example/feed.xml"] = feed(["/0", "/1", "/2", "/again"])
        web.routes["courier.example/again"] = story(SHORT.format(port=web.port, code=first[0].rpartition("/")[2]))
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "bit.ly") == []
    assert verdicts(config)["/again"] == "linked"


async def test_no_shortener_is_asked_where_a_link_proves_itself_or_nobody_names_us(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        link = f'<a href="http://bit.ly:{web.port}/x">more</a>'
        web.routes |= routes_for(web, {"/linked": LINKED + link, "/nameless": f"Nobody is named here. {link}"})
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "bit.ly") == []


async def test_a_link_to_a_page_of_ours_that_is_gone_is_misdirected(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        old = f'The makers, <a href="{web.url("/old", "acme.example")}">Acme Robotics</a>, agree.'
        web.routes |= routes_for(web, {"/dead": old, "/fine": old.replace("/old", "/new")})
        web.routes["acme.example/new"] = Answer()
        config = config_in(tmp_path, web)
        run = await night(config, spiders=[NewsSpider])
        dead = web.url("/old", "acme.example")
    assert verdicts(config) == {"/dead": "misdirected", "/fine": "linked"}
    [(reasons,)] = query(config, "select reasons from finding where verdict = 'misdirected'")
    assert "a page of ours that is gone" in reasons
    assert f"a page of yours is gone: {dead} (not found (HTTP 404))" in run.warnings


@pytest.mark.parametrize("status", [500, 503, 403, 401])
async def test_one_bad_answer_kills_no_page_of_ours(tmp_path: Path, status: int) -> None:
    """A 5xx says "not now", a refusal says nothing of what readers see."""
    with Web(heads=True) as web:
        link = f'The makers, <a href="{web.url("/report", "acme.example")}">Acme Robotics</a>, agree.'
        web.routes |= routes_for(web, {"/a": link})
        web.routes["acme.example/report"] = Answer(b"", status)
        config = config_in(tmp_path, web)
        run = await night(config, spiders=[NewsSpider], BACKOFF_LONGEST_S=0.0)
    assert verdicts(config) == {"/a": "linked"}
    assert not [warning for warning in run.warnings if "is gone" in warning]


async def test_our_own_pages_are_looked_at_once_in_so_many_days(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        pages = f'pages = [{{ url = "{web.url("/report", "acme.example")}", when = ["report"] }}]'
        web.routes |= routes_for(web, {"/a": UNLINKED})
        web.routes["acme.example/report"] = redirect("/reports/2026")
        web.routes["acme.example/reports/2026"] = Answer()
        config = config_in(tmp_path, web, pages=pages)
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "acme.example") == ["HEAD /", "HEAD /report", "HEAD /reports/2026"]
        web.asked.clear()
        await night(config, spiders=[NewsSpider])
        assert asked_of(web, "acme.example") == []
        moved = web.url("/reports/2026", "acme.example")
    store = open_store(config.store_url)
    try:
        found = {page.url: page for page in store.own_pages()}
    finally:
        store.close()
    assert found[web.url("/report", "acme.example")].final_url == moved
    assert not any(page.is_dead for page in found.values())


async def test_the_run_ends_with_the_look_at_our_own_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExecutionEngine, "_SLOT_HEARTBEAT_INTERVAL", 600.0)  # s until Scrapy would look by itself
    with Web(heads=True) as web:
        web.routes |= routes_for(web, {"/a": UNLINKED})
        config = config_in(tmp_path, web)
        async with asyncio.timeout(300):  # only so that a failure ends
            await night(config, spiders=[NewsSpider])
        assert asked_of(web, "acme.example") == ["HEAD /"]


async def test_somebody_who_asked_for_a_look_does_not_wait_for_our_own_pages(tmp_path: Path) -> None:
    with Web(heads=True) as web:
        web.routes |= routes_for(web, {"/a": UNLINKED})
        config = config_in(tmp_path, web)
        await night(config, spiders=[NewsSpider], wanted=Wanted(asked_only=True))
        assert asked_of(web, "acme.example") == []
