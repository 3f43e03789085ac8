"""Pages are judged in processes of their own: the same answers, and no page takes another one with it."""

import asyncio
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mentions.analysis import Analysis, analyse
from mentions.crawling.analyst import MOST_OPEN, Answer, Desk
from mentions.crawling.analysts import Analysts, AnalystStumbled
from mentions.findings import Verdict
from mentions.links import LinkKind
from mentions.matching import Watchlist, compile_watchlist
from mentions.outreach.contacts.reading import read_contacts
from mentions.pages import Page, PageState
from mentions.publishers import Publisher
from mentions.targets import Target

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PUBLISHER = Publisher(name="The Courier", domain="courier.example", feeds=("https://courier.example/rss",))
WATCHLIST = compile_watchlist([Target(name="Acme Robotics", domains=("acme.example",))])
TEXT = "The harbour board met on Tuesday to talk about the cranes that have stood still since the storms of spring. "


class Sickly(Watchlist):
    """A watchlist on which a page can die: what happens to a parser that meets the wrong bytes."""

    def may_mention(self, body: bytes) -> bool:
        if b"crash" in body:
            os.kill(os.getpid(), signal.SIGSEGV)
        if b"hang" in body:
            signal.pause()
        if b"stumble" in body:
            raise ZeroDivisionError("by a page")
        if b"devour" in body:
            raise MemoryError
        return super().may_mention(body)


def page(inner: str) -> Page:
    """An article with `inner` in it."""
    body = f"<html><h1>Cranes</h1><article><p>{TEXT * 3}</p><p>{TEXT}{inner}</p><p>{TEXT * 3}</p></article>"
    return Page("https://courier.example/story", body.encode(), fetched_at=NOW)


@pytest.fixture(scope="module")
def at_work() -> Iterator[Analysts]:
    """One process for all tests of this module, because starting one takes a second; ended afterwards."""
    at_work = Analysts(Sickly(WATCHLIST.targets), 1, patience_s=60.0)
    yield at_work
    at_work.close()


UNLINKED = page("Machines from Acme Robotics could lift them.")


@pytest.mark.asyncio(loop_scope="session")
async def test_another_process_says_what_this_one_says(at_work: Analysts) -> None:
    got = await at_work.analyse(UNLINKED, PUBLISHER, now=NOW)
    expected = analyse(UNLINKED, WATCHLIST, now=NOW, publisher=PUBLISHER)
    assert expected.article is not None
    assert got.article is not None
    assert (got.page, got.state, got.findings) == (UNLINKED, expected.state, expected.findings)
    assert (got.article.text, got.article.metadata) == (expected.article.text, expected.article.metadata)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_ends_its_process_is_unparsable_and_the_others_are_judged(at_work: Analysts) -> None:
    """F-07: one page never stops the rest, whatever it does to the parser."""
    pages = [UNLINKED, page("Acme Robotics: crash"), UNLINKED]
    first, crashed, last = await asyncio.gather(*(at_work.analyse(p, PUBLISHER, now=NOW) for p in pages))
    assert (first.state, last.state) == (PageState.LIVE, PageState.LIVE)
    assert (crashed.state, crashed.findings) == (PageState.UNPARSABLE, ())
    assert crashed.reason == "reading the page ended the process that read it"
    assert crashed.page is pages[1]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_hangs_is_given_up(at_work: Analysts) -> None:
    await at_work.analyse(UNLINKED, PUBLISHER, now=NOW)  # so that the process has started
    with pytest.MonkeyPatch.context() as patch:  # every other page gets all the time that a busy machine takes
        patch.setattr(at_work._keepers[0], "_patience_s", 2.0)
        hung = await at_work.analyse(page("Acme Robotics: hang"), PUBLISHER, now=NOW)
    after = await at_work.analyse(UNLINKED, PUBLISHER, now=NOW)
    assert hung.reason == "reading the page takes longer than 2 seconds"
    assert after.state is PageState.LIVE


@pytest.mark.asyncio(loop_scope="session")
async def test_a_mistake_of_ours_has_its_name_and_the_process_lives(at_work: Analysts) -> None:
    with pytest.raises(AnalystStumbled, match="by a page") as caught:
        await at_work.analyse(page("stumble"), PUBLISHER, now=NOW)
    after = await at_work.analyse(UNLINKED, PUBLISHER, now=NOW)
    assert caught.value.kind == "ZeroDivisionError"
    assert [finding.verdict for finding, _ in after.findings] == [Verdict.UNLINKED]


@pytest.mark.asyncio(loop_scope="session")
async def test_without_a_process_everything_is_judged_here() -> None:
    here = Analysts(WATCHLIST, 0)
    got = await here.analyse(UNLINKED, PUBLISHER, now=NOW)
    here.close()
    assert [finding.verdict for finding, _ in got.findings] == [Verdict.UNLINKED]


@pytest.mark.asyncio(loop_scope="session")
async def test_no_process_outlives_its_crawl() -> None:
    leaving = Analysts(WATCHLIST, 1)
    await leaving.analyse(UNLINKED, PUBLISHER, now=NOW)
    [keeper] = leaving._keepers
    process = keeper._process
    assert process is not None
    leaving.close()
    assert process.poll() is not None
    assert not keeper.is_alive()


async def steps(at_work: Analysts, page: Page) -> Analysis:
    """A page through the three steps."""
    reading = await at_work.read(page)
    await at_work.match(reading)
    return await at_work.judge(reading, PUBLISHER, now=NOW)


@pytest.mark.asyncio(loop_scope="session")
async def test_three_steps_say_what_one_says(at_work: Analysts) -> None:
    at_once = await at_work.analyse(UNLINKED, PUBLISHER, now=NOW)
    assert await steps(at_work, UNLINKED) == at_once


def test_whom_a_page_publishes_is_read_with_it_where_somebody_may_be_asked() -> None:
    asked = page('Machines from Acme Robotics could lift them. <a href="mailto:newsroom@courier.example">Write</a>')
    linked = page('Machines from <a href="https://acme.example/">Acme Robotics</a> could lift them.')
    desk = Desk(WATCHLIST)
    for number, step in enumerate((asked, linked)):
        desk.answer("read", number, step)
        desk.answer("match", number)
    in_steps, nobody = desk.answer("judge", 0, PUBLISHER, NOW), desk.answer("judge", 1, PUBLISHER, NOW)
    assert in_steps.published == read_contacts(asked, ours=("acme.example",), publisher=PUBLISHER)
    assert in_steps.published == desk.answer("analyse", asked, PUBLISHER, NOW).published
    assert nobody.published is None
    assert [contact.address for contact in in_steps.published[0].contacts] == ["newsroom@courier.example"]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_between_two_steps_survives_the_end_of_its_process(at_work: Analysts) -> None:
    reading = await at_work.read(UNLINKED)
    crashed = await steps(at_work, page("Acme Robotics: crash"))
    await at_work.match(reading)
    judged = await at_work.judge(reading, PUBLISHER, now=NOW)
    assert crashed.state is PageState.UNPARSABLE
    assert [finding.verdict for finding, _ in judged.findings] == [Verdict.UNLINKED]


def test_pages_that_nobody_asks_for_again_are_forgotten() -> None:
    desk = Desk(WATCHLIST)
    for number in range(MOST_OPEN + 1):
        assert desk.answer("read", number, Page("https://courier.example/", b"<p>Nothing")) == Answer.DONE
    assert desk.answer("match", 0) == Answer.NOT_OPEN
    assert desk.answer("judge", 0, PUBLISHER, NOW) == Answer.NOT_OPEN
    assert isinstance(desk.answer("judge", MOST_OPEN, PUBLISHER, NOW), Analysis)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_needs_too_much_memory_is_unparsable() -> None:
    here = Analysts(Sickly(WATCHLIST.targets), 0)
    devoured = await here.analyse(page("devour"), PUBLISHER, now=NOW)
    assert (devoured.state, devoured.reason) == (PageState.UNPARSABLE, "reading the page takes too much memory")


def test_a_page_that_must_not_be_read_is_unknown_not_without_a_link() -> None:
    """What is not parsed may still hold our name, and then nobody knows what it links to."""
    said = Desk(WATCHLIST).give_up(UNLINKED, "too much", PUBLISHER, NOW)
    assert (said.state, said.reason) == (PageState.UNPARSABLE, "too much")
    assert [finding.verdict for finding, _ in said.findings] == [Verdict.UNKNOWN]


def test_what_comes_back_is_light_but_for_links_whose_end_nobody_knows() -> None:
    links = '<a href="https://bit.ly/3x">Acme Robotics</a> and <a href="https://other.example/">others</a>'
    said = Desk(WATCHLIST).analyse(page(links), PUBLISHER, NOW)
    assert said.article is not None
    assert said.page.body == b""
    assert said.article.blocks == ()
    assert [(link.kind, link.url) for link in said.article.links] == [(LinkKind.OPAQUE, "https://bit.ly/3x")]
