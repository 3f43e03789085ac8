"""Names to addresses: what network.resolve answers, and F-03, F-04: no private address is ever connected to."""

import pytest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

from mentions.crawling.resolver import override
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


def _stub_dns(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    assert callable(answer)

    def look_up(self: CachingThreadedResolver, name: str, timeout: object = ()) -> "defer.Deferred[str]":
        return defer.succeed(answer(name))

    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", look_up)
