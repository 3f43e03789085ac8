"""Names to addresses: what network.resolve answers, and F-03, F-04: no private address is ever connected to."""

from collections.abc import Callable

import pytest
from twisted.internet import defer

from mentions.crawling import resolver
from mentions.crawling.address_guard import parse_address
from mentions.crawling.resolver import in_ascii, override
from tests.crawling.harness import config_for, crawl
from tests.hostile_web import Answer, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

RESOLVE = {"site.example": "10.0.0.1", "*.example": "10.0.0.2", "*.deep.example": "10.0.0.3", "*": "10.0.0.4"}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("site.example", "10.0.0.1"),
        ("SITE.example.", "10.0.0.1"),
        ("www.site.example", "10.0.0.2"),
        ("a.b.deep.example", "10.0.0.3"),
        ("deep.example", "10.0.0.2"),
        ("example", "10.0.0.4"),
        ("elsewhere.test", "10.0.0.4"),
    ],
)
async def test_the_most_specific_entry_of_resolve_answers(name: str, address: str) -> None:
    assert override(name, RESOLVE) == address


async def test_without_an_entry_the_name_servers_are_asked() -> None:
    assert override("elsewhere.test", {"*.example": "10.0.0.2"}) is None


async def test_resolve_is_no_way_round_allow_private() -> None:
    with Web({"/a": Answer()}) as web:
        result = await crawl([web.url("/a")], config_for(web.port, allow_private=()))
        assert web.asked == []
    assert result.trouble(web.url("/a")).reason == (
        "robots.txt could not be read (site.example stands for 127.0.0.1, which is not a public address)"
    )


async def test_a_public_name_that_stands_for_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"evil.example": "169.254.169.254"}
    _stub_dns(monkeypatch, lambda name: answers[name])
    url = "http://evil.example/latest/meta-data/"
    result = await crawl([url], config_for(80, resolve={}, allow_private=()))
    assert "evil.example stands for 169.254.169.254" in result.trouble(url).reason


async def test_rebinding_the_second_answer_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04: allowed at first (as a public address would be), the cloud's metadata service the second time."""
    answers = iter(["127.0.0.1", "127.0.0.1", *["127.0.0.2"] * 20])
    _stub_dns(monkeypatch, lambda _: next(answers))
    closing = (("Connection", "close"),)
    with Web({"/robots.txt": Answer(b"", 404, closing), "/a": Answer(headers=closing), "/b": Answer()}) as web:
        config = config_for(web.port, resolve={})
        first, second = web.url("/a"), web.url("/b")
        result = await crawl([first, second], config, CONCURRENT_REQUESTS=1)
        assert web.paths() == ["/a"]
    assert first in result.pages
    assert result.trouble(second).counter == "skipped/private_address"
    assert result.trouble(second).reason == "site.example stands for 127.0.0.2, which is not a public address"


async def test_f03_a_name_with_public_and_private_addresses_never_leads_to_the_private_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _stub_dns(monkeypatch, lambda _: "10.0.0.1 127.0.0.1 fd00::1")
    with Web({"/a": Answer()}) as web:
        result = await crawl([web.url("/a")], config_for(web.port, resolve={}))
        assert "/a" in web.paths()
    assert web.url("/a") in result.pages  # by the one address that may be reached


@pytest.mark.parametrize(
    "address",
    [
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
        "fd00::1",
        "fe80::1",
        "ff02::1",
    ],
)
async def test_f03_no_disguise_in_ipv6_is_connected_to(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    _stub_dns(monkeypatch, lambda _: address)
    with Web({"/a": Answer()}, address="::1") as web:
        result = await crawl([web.url("/a")], config_for(web.port, resolve={}, allow_private=()))
        assert web.asked == []
    assert f"site.example stands for {parse_address(address)}" in result.trouble(web.url("/a")).reason


async def test_a_host_that_has_only_an_ipv6_address_is_crawled(monkeypatch: pytest.MonkeyPatch) -> None:
    _stub_dns(monkeypatch, lambda _: "::1")
    with Web({"/a": Answer()}, address="::1") as web:
        config = config_for(web.port, resolve={}, allow_private=("::1/128",))
        literal = f"http://[::1]:{web.port}/a"
        result = await crawl([web.url("/a"), literal], config)
        assert web.paths() == ["/a", "/a"]
    assert {web.url("/a"), literal} == set(result.pages)


async def test_network_resolve_may_give_an_ipv6_address() -> None:
    with Web({"/a": Answer()}, address="::1") as web:
        config = config_for(web.port, resolve={"site.example": "::1"}, allow_private=("::1/128",))
        result = await crawl([web.url("/a")], config)
    assert web.url("/a") in result.pages


async def test_ipv4_is_tried_first(monkeypatch: pytest.MonkeyPatch) -> None:
    _stub_dns(monkeypatch, lambda _: "::1 127.0.0.1")
    with Web({"/a": Answer()}) as web:  # listens on IPv4 only
        config = config_for(web.port, resolve={}, allow_private=("::1/128", "127.0.0.1/32"))
        result = await crawl([web.url("/a")], config)
    assert web.url("/a") in result.pages


async def test_a_name_server_that_does_not_answer_is_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    never: defer.Deferred[object] = defer.Deferred()
    monkeypatch.setattr(resolver, "look_up", lambda _reactor, _name: never)
    url = "http://slow.example/a"
    result = await crawl([url], config_for(80, resolve={}), DNS_TIMEOUT=0.05, RETRY_TIMES=0)
    assert result.trouble(url).reason == "robots.txt could not be read (there is no such host)"


@pytest.mark.parametrize(
    ("host", "ascii_name"),
    [
        ("Site.EXAMPLE", "site.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("\udc80.example", "\udc80.example"),
    ],
)
async def test_names_are_compared_in_one_form(host: str, ascii_name: str) -> None:
    assert in_ascii(host) == ascii_name


def _stub_dns(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], str]) -> None:
    """Name servers that answer with these addresses, separated by spaces."""

    def look_up(_reactor: object, name: str) -> "defer.Deferred[object]":
        return defer.succeed(tuple(map(parse_address, answer(name).split())))

    monkeypatch.setattr(resolver, "look_up", look_up)
