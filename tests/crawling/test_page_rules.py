"""Opting out page by page, by our robot's name; what is said to everybody is evidence and no ban."""

import pytest

from mentions.crawling.page_rules import NOFOLLOW, rules_for
from mentions.pages import PageState
from tests.crawling.harness import config_for, crawl
from tests.hostile_web import Answer, Web

NAME = "MentionsBot"


def meta(name: str, content: str) -> bytes:
    return f'<!doctype html><head><meta name="{name}" content="{content}"></head><body>'.encode()


@pytest.mark.parametrize(
    ("head", "header", "ours", "everybodys"),
    [
        (meta("MentionsBot", "noindex"), "", {"noindex"}, {"noindex"}),
        (meta("robots", "NoIndex, NoFollow"), "", set(), {"noindex", "nofollow"}),
        (meta("otherbot", "none"), "", set(), set()),
        (b"<META CONTENT='none' NAME=mentionsbot>", "", {"none"}, {"none"}),
        (b"<body>" + meta("mentionsbot", "noindex"), "", set(), set()),
        (b"<meta name=mentionsbot>", "", set(), set()),
        (b"", "mentionsbot: noindex", {"noindex"}, {"noindex"}),
        (b"", "nofollow, mentionsbot: noindex, otherbot: all", {"noindex"}, {"nofollow", "noindex"}),
        (b"", "otherbot: noindex, nofollow", set(), set()),
        (b"", "*: nofollow", set(), {"nofollow"}),
        (b"", "unavailable_after: 25 Jun 2030, none", set(), {"unavailable_after: 25 jun 2030", "none"}),
        (b"<meta " * 20_000, "", set(), set()),
    ],
)
def test_who_is_told_what(head: bytes, header: str, ours: set[str], everybodys: set[str]) -> None:
    assert rules_for(NAME, head, header) == (frozenset(ours), frozenset(everybodys))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_a_page_that_names_us_is_left_out_and_counted_as_robots() -> None:
    routes = {
        "/out": Answer(meta("mentionsbot", "noindex")),
        "/header": Answer(headers=(("X-Robots-Tag", "MentionsBot: none"),)),
        "/stay": Answer(meta("robots", "noindex, nofollow")),
        "/plain": Answer(),
    }
    with Web(dict(routes)) as web:
        result = await crawl(map(web.url, routes), config_for(web.port))
    for path in ("/out", "/header"):
        trouble = result.trouble(web.url(path))
        assert (trouble.state, trouble.counter) == (PageState.ROBOTS_DENIED, "skipped/robots")
        assert trouble.reason == "the page asks MentionsBot to leave it out"
    assert NOFOLLOW in result.pages[web.url("/stay")][0].flags
    assert NOFOLLOW not in result.pages[web.url("/plain")][0].flags
