"""F-10: every URL asked for gets exactly one answer, wherever it leads; F-03 and F-05 at every hop; F-11."""

import pytest

from mentions.pages import PageState
from tests.crawling.harness import config_for, crawl
from tests.hostile_web import Answer, Web, redirect, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


def refresh(to: str, delay_s: int = 0) -> Answer:
    return Answer(f'<!doctype html><meta http-equiv="refresh" content="{delay_s}; url={to}"><p>here'.encode())


async def test_two_pages_leading_to_one_both_get_it() -> None:
    with Web({"/a": redirect("/t"), "/b": redirect("/t"), "/c": refresh("/t"), "/t": Answer(b"<p>target")}) as web:
        urls = [web.url("/a"), web.url("/b"), web.url("/c"), web.url("/t")]
        result = await crawl(urls, config_for(web.port))
    for url in urls:
        assert [page.url for page in result.pages[url]] == [web.url("/t")]


async def test_loops_and_long_chains_end_with_a_reason() -> None:
    chain = {f"/hop{n}": redirect(f"/hop{n + 1}") for n in range(20)}
    routes = {"/loop": redirect("/loop"), **chain, "/ping": refresh("/pong"), "/pong": refresh("/ping")}
    with Web(dict(routes)) as web:
        urls = [web.url("/loop"), web.url("/hop0"), web.url("/ping")]
        result = await crawl(urls, config_for(web.port))
        assert len(web.paths()) == 3 * 11
    for url in urls:
        trouble = result.trouble(url)
        assert (trouble.state, trouble.counter) == (PageState.ERROR, "skipped/redirects")
        assert trouble.reason == "still redirected after 10 redirects"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://2130706434/",
        "http://127.2/",
        "http://0x7f000002/",
        "http://0.0.0.0/",
        "http://①②⑦.⓪.⓪.②/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.2]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "http://192.0.0.192/",
        "http://168.63.129.16/",
        "http://[64:ff9b::7f00:2]/",
    ],
)
@pytest.mark.parametrize("how", [redirect, refresh])
async def test_no_redirect_leads_into_a_private_network(how: object, target: str) -> None:
    assert callable(how)
    with Web({"/a": how(target)}) as web:
        url = web.url("/a")
        result = await crawl([url], config_for(web.port, ports=(80,)))
    assert result.trouble(url).counter == "skipped/private_address"
    assert "is not a public address" in result.trouble(url).reason


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://other.example:22/", "port 22"),
        ("http://other.example:6379/", "port 6379"),
        ("http://user:pw@other.example/", "carries a user name"),
    ],
)
async def test_no_redirect_leads_to_other_ports_or_with_a_password(target: str, reason: str) -> None:
    with Web({"/a": redirect(target), "/b": refresh(target)}) as web:
        urls = [web.url("/a"), web.url("/b")]
        result = await crawl(urls, config_for(web.port, ports=(80,)))
    for url in urls:
        assert reason in result.trouble(url).reason


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://other.example/", "gopher://other.example/"])
async def test_redirects_to_other_schemes_are_not_followed(target: str) -> None:
    with Web({"/a": redirect(target), "/b": refresh(target)}) as web:
        result = await crawl([web.url("/a"), web.url("/b")], config_for(web.port))
    assert result.trouble(web.url("/a")).reason == "the site redirects to nowhere (HTTP 302)"
    assert [page.url for page in result.pages[web.url("/b")]] == [web.url("/b")]


@pytest.mark.parametrize("location", ["http://[::1", "http://h:99999/", "", "//", "http://a b.example/", "\x00"])
async def test_redirects_that_make_no_sense_end_with_an_answer(location: str) -> None:
    with Web({"/a": Answer(b"", 302, (("Location", location),)), "/b": refresh(location)}) as web:
        urls = [web.url("/a"), web.url("/b")]
        result = await crawl(urls, config_for(web.port, ports=(80,)))
    assert [result.outcomes(url) for url in urls] == [1, 1]


async def test_pages_that_reload_themselves_or_move_on_slowly_are_the_page() -> None:
    routes = {"/self": refresh("/self", 0), "/slow": refresh("/elsewhere", 60), "/plain": refresh("")}
    with Web(dict(routes)) as web:
        result = await crawl(map(web.url, routes), config_for(web.port))
        assert sorted(web.paths()) == sorted(routes)
    for path in routes:
        assert [page.url for page in result.pages[web.url(path)]] == [web.url(path)]


async def test_the_next_hosts_robots_txt_and_pace_hold_after_a_redirect() -> None:
    routes = {
        "site.example/a": redirect("PLACE/b"),
        "other.example/robots.txt": text("User-agent: *\nDisallow: /b\n"),
        "other.example/b": Answer(),
    }
    with Web() as web:
        web.routes = {**routes, "site.example/a": redirect(web.url("/b", "other.example"))}
        result = await crawl([web.url("/a")], config_for(web.port))
        assert web.paths("other.example") == []
    assert result.trouble(web.url("/a")).state is PageState.ROBOTS_DENIED
    assert set(result.slots) == {"site.example", "other.example"}


async def test_no_page_is_told_where_we_come_from_whatever_a_site_asks_for() -> None:
    policies = ["sys.exit", "unsafe-url", "no-such-policy", "scrapy.spidermiddlewares.referer.UnsafeUrlPolicy"]
    with Web() as web:
        for number, policy in enumerate(policies):
            moved = Answer(b"", 302, (("Location", f"/t{number}"), ("Referrer-Policy", policy)))
            web.routes |= {f"/p{number}": moved, f"/t{number}": Answer(headers=(("Referrer-Policy", policy),))}
        urls = [web.url(f"/p{number}") for number in range(len(policies))]
        result = await crawl(urls, config_for(web.port))
        assert not [a for a in web.asked if "referer" in a.headers]
    assert [result.outcomes(url) for url in urls] == [1] * len(urls)
