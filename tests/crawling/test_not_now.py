"""429 and 503: the host rests, Retry-After is obeyed, and a host that wants more than a run can give is left alone."""

import pytest

from mentions.pages import PageState
from tests.crawling.harness import config_for, crawl, one_by_one
from tests.hostile_web import Answer, Asked, Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


def busy(status: int, *, after: str | None = None) -> Answer:
    return Answer(b"", status, (("Retry-After", after),) if after else ())


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_a_rest_gets_it_and_is_asked_again(status: int) -> None:
    answers = [busy(status, after="0"), Answer(b"<p>now")]
    with Web({"/a": lambda _: answers.pop(0)}) as web:
        result = await crawl([web.url("/a")], config_for(web.port))
        assert web.paths() == ["/a", "/a"]
    assert [page.body for page in result.pages[web.url("/a")]] == [b"<p>now"]
    assert result.stats["backoff/pauses"] == 1


@pytest.mark.parametrize(("status", "state"), [(429, PageState.BLOCKED), (503, PageState.ERROR)])
async def test_a_long_rest_ends_the_run_for_that_host_only(status: int, state: PageState) -> None:
    pages = [f"/p{n}" for n in range(5)]
    routes: dict[str, Answer] = {f"other.example{path}": Answer() for path in pages}
    with Web({**routes, "/p0": busy(status, after="3600"), **{path: Answer() for path in pages[1:]}}) as web:
        here, there = [web.url(path) for path in pages], [web.url(path, "other.example") for path in pages]
        result = await crawl([*here, *there], config_for(web.port, publishers=one_by_one()))
        assert web.paths("site.example") == ["/p0"]
        assert sorted(web.paths("other.example")) == pages
    assert result.trouble(here[0]).state is state
    for url in here[1:]:
        trouble = result.trouble(url)
        assert (trouble.state, trouble.counter) == (PageState.ERROR, "skipped/host_paused")
        assert trouble.reason == "site.example asked us to come back in 60 minutes"


async def test_a_host_that_turns_us_away_again_and_again_is_left_alone() -> None:
    pages = [f"/p{n}" for n in range(6)]
    with Web({path: busy(503) for path in pages}) as web:
        urls = [web.url(path) for path in pages]
        result = await crawl(urls, config_for(web.port, publishers=one_by_one()), BACKOFF_FIRST_S=0.01)
        assert len(web.paths()) == 3
    assert [result.outcomes(url) for url in urls] == [1] * 6
    assert result.stats["backoff/hosts_given_up"] == 1


async def test_a_broken_page_is_asked_for_once_more_at_its_turn() -> None:
    asked: list[Asked] = []

    def broken(request: Asked) -> Answer:
        asked.append(request)
        return Answer(b"oops", 500) if len(asked) == 1 else Answer(b"<p>better")

    with Web({"/a": broken, "/b": Answer(b"oops", 500)}) as web:
        result = await crawl([web.url("/a"), web.url("/b")], config_for(web.port))
        assert sorted(web.paths()) == ["/a", "/a", "/b", "/b"]
    assert [page.body for page in result.pages[web.url("/a")]] == [b"<p>better"]
    assert result.trouble(web.url("/b")).reason == "the site has a problem (HTTP 500)"
