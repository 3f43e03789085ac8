"""robots.txt by RFC 9309 (F-02), and Crawl-delay."""

import time
from collections.abc import Iterator

import pytest

from mentions.crawling.robots import MAX_BYTES, read_robots
from mentions.publishers import Politeness, Publisher
from tests.crawling.harness import config_for, crawl, hasty
from tests.hostile_web import Answer, Asked, Web, redirect, text
from tests.ports import silent_port

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

NAME = "MentionsBot"
PAGE = "https://site.example/a"
DENY_ALL = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("status", "body", "counter"),
    [
        (200, DENY_ALL, "skipped/robots"),
        (200, b"", None),
        (200, b"<!doctype html><title>Welcome</title>", None),
        (200, b"\xff\xfe\x00\x01 garbage", None),
        (204, b"", None),
        (400, DENY_ALL, None),
        (401, DENY_ALL, None),
        (403, DENY_ALL, None),
        (404, DENY_ALL, None),
        (410, DENY_ALL, None),
        (429, b"", "skipped/robots_unreadable"),
        (500, b"", "skipped/robots_unreadable"),
        (503, b"", "skipped/robots_unreadable"),
        (304, b"", "skipped/robots_unreadable"),
    ],
)
async def test_what_an_answer_means(status: int, body: bytes, counter: str | None) -> None:
    refused = read_robots(status, body, NAME).refusal(PAGE)
    assert (refused.counter if refused else None) == counter


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"User-agent: *\nDisallow: /\n\nUser-agent: MentionsBot\nDisallow:\n", True),
        (b"User-agent: mentionsbot\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        (b"User-agent: OtherBot\nDisallow: /\n", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", False),
        (b"User-agent: *\nDisallow: /a\nAllow: /a\n", True),
        (b"User-agent: *\nDisallow: /*a$\n", False),
    ],
)
async def test_rules_are_read_for_our_name(rules: bytes, *, allowed: bool) -> None:
    assert (read_robots(200, rules, NAME).refusal(PAGE) is None) is allowed


async def test_only_the_first_512_kib_count_and_no_half_line() -> None:
    filler = b"# " + b"x" * 61 + b"\n"
    lead = b"User-agent: *\nDisallow: /early\n"
    padding = filler * ((MAX_BYTES - len(lead)) // len(filler))
    body = lead + padding + b"Allow: /" * 20 + b"\nDisallow: /late\n"
    robots = read_robots(200, body, NAME)
    assert robots.refusal("https://site.example/early") is not None
    assert robots.refusal("https://site.example/late") is None


async def test_a_crawl_delay_longer_than_a_run_waits_is_a_no() -> None:
    refused = read_robots(200, b"User-agent: *\nCrawl-delay: 3600\n", NAME).refusal(PAGE)
    assert refused is not None
    assert "3,600 seconds between two pages" in str(refused)


async def test_endless_robots_txt_is_cut_and_obeyed() -> None:
    def endless(_: Asked) -> Answer:
        lines = (b"Disallow: /late\n" * 4_096 for _ in range(2_000))
        return Answer(chunks=[DENY_ALL.replace(b"/\n", b"/early\n"), *lines], content_type="text/plain")

    with Web({"/robots.txt": endless, "/early": Answer(), "/fine": Answer()}) as web:
        early, fine = web.url("/early"), web.url("/fine")
        result = await crawl([early, fine], config_for(web.port))
        assert web.paths() == ["/fine"]
    assert result.trouble(early).counter == "skipped/robots"


async def test_a_robots_txt_larger_than_any_page_by_its_own_word_is_read_too() -> None:
    big = text(DENY_ALL + b"#" * 6_000_000)
    with Web({"/robots.txt": big, "/a": Answer()}) as web:
        result = await crawl([web.url("/a")], config_for(web.port))
        assert web.paths() == []
    assert result.trouble(web.url("/a")).counter == "skipped/robots"


async def test_redirects_of_robots_txt_are_followed_five_times() -> None:
    def routes(hops: int) -> dict[str, Answer]:
        chain = {f"/r{n}": redirect(f"/r{n + 1}") for n in range(1, hops)}
        return {"/robots.txt": redirect("/r1"), **chain, f"/r{hops}": text(DENY_ALL), "/a": Answer()}

    for hops, counter in ((5, "skipped/robots"), (6, "skipped/robots_unreadable")):
        with Web(dict(routes(hops))) as web:
            result = await crawl([web.url("/a")], config_for(web.port))
            assert "/a" not in web.paths()
        assert result.trouble(web.url("/a")).counter == counter


async def test_a_robots_txt_that_never_comes_means_no() -> None:
    with Web({"/robots.txt": lambda _: Answer(chunks=_dripping()), "/a": Answer()}) as web:
        result = await crawl([web.url("/a")], config_for(web.port, timeout_s=1.0))
        assert web.paths() == []
    assert result.trouble(web.url("/a")).reason == "robots.txt could not be read (no answer in time)"


def _dripping() -> Iterator[bytes]:
    for _ in range(6_000):  # until the other side has had enough
        time.sleep(0.05)  # in the server's own thread
        yield b"#"


async def test_a_refused_connection_means_no() -> None:
    with silent_port() as port:
        url = f"http://site.example:{port}/a"
        result = await crawl([url], config_for(port))
    assert "robots.txt could not be read (the host refuses connections)" in result.trouble(url).reason


async def test_each_scheme_host_and_port_has_its_own_rules_and_they_are_asked_once() -> None:
    routes = {"site.example/robots.txt": text(DENY_ALL), "/a": Answer(), "/b": Answer()}
    with Web(dict(routes)) as web:
        here, there = [web.url("/a"), web.url("/b")], [web.url("/a", "other.example"), web.url("/b", "other.example")]
        result = await crawl([*here, *there], config_for(web.port))
        assert sorted(web.paths("other.example")) == ["/a", "/b"]
        assert web.paths("site.example") == []
        assert [a.host for a in web.asked if a.path == "/robots.txt"].count("other.example") == 1
    assert result.stats["robots/asked"] == 2


async def test_meta_of_a_request_cannot_switch_robots_off() -> None:
    with Web({"/robots.txt": text(DENY_ALL), "/a": Answer()}) as web:
        await crawl([web.url("/a")], config_for(web.port), meta={"dont_obey_robotstxt": True, "robots_token": True})
        assert web.paths() == []


async def test_crawl_delay_is_kept_also_under_autothrottle_and_at_a_hasty_publisher() -> None:
    rules = text("User-agent: *\nCrawl-delay: 0.05\n")
    pages = [f"/p{number}" for number in range(4)]
    with Web({"/robots.txt": rules, **{path: Answer() for path in pages}}) as web:
        config = config_for(web.port, publishers=[hasty("site.example")])
        result = await crawl(map(web.url, pages), config, AUTOTHROTTLE_ENABLED=True)
        assert web.paths() == pages
    delay_s, concurrency, jitter = result.slots["site.example"]
    assert delay_s >= 0.05
    assert (concurrency, jitter) == (1, 0.0)


async def test_a_publishers_own_longer_delay_wins_over_crawl_delay() -> None:
    politeness = Politeness(delay_s=0.1, concurrency=4)
    publisher = Publisher(name="Site", domain="site.example", crawl=("http://site.example/",), politeness=politeness)
    with Web({"/robots.txt": text("User-agent: *\nCrawl-delay: 0.05\n"), "/a": Answer()}) as web:
        result = await crawl([web.url("/a", "www.site.example")], config_for(web.port, publishers=[publisher]))
    assert result.slots["www.site.example"] == (0.1, 1, 0.0)
