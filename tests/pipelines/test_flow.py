"""The pipelines, one after the other, say what `analyse` says of the same page (crawl == scan)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from mentions.analysis import Analysis, analyse, leaves_early
from mentions.crawling.analysts import Analysts
from mentions.crawling.bookkeeping import Bookkeeper
from mentions.crawling.items import LeftEarly, PageItem
from mentions.crawling.job import Job
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page, PageState
from mentions.publishers import Publisher
from mentions.store.records import WaitingPage
from mentions.targets import Target
from pipelines.extract_article import ExtractArticle
from pipelines.judge_links import JudgeLinks
from pipelines.match_mentions import MatchMentions
from pipelines.render_drafts import RenderDrafts
from pipelines.store_findings import StoreFindings

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PUBLISHER = Publisher(name="The Courier", domain="courier.example", feeds=("https://courier.example/rss",))
WATCHLIST = compile_watchlist(
    [Target(name="Acme Robotics", domains=("acme.example",)), Target(name="Globex", domains=("globex.example",))]
)
TEXT = "The harbour board met on Tuesday to talk about the cranes that have stood still since the storms of spring. "


def html(inner: str, head: str = "") -> bytes:
    """A page with an article."""
    return (
        f"<!doctype html><html lang=en><head><title>Cranes</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Cranes stand still</h1><p>{TEXT * 3}</p><p>{TEXT}{inner}</p><p>{TEXT * 3}</p></article></body>"
    ).encode()


PAGES = {
    "unlinked": html("Machines from Acme Robotics could lift them."),
    "linked": html('Machines from <a href="https://acme.example/">Acme Robotics</a> could lift them.'),
    "two targets": html('Acme Robotics and <a rel=nofollow href="https://globex.example/x">Globex</a> both bid.'),
    "nofollow page": html(
        'Machines from <a href="https://acme.example/">Acme Robotics</a>.', "<meta name=robots content=nofollow>"
    ),
    "homonym or nothing": html("Nobody else was named."),
    "paywalled": b'<!doctype html><title>x</title><script type="application/ld+json">{"@type":"NewsArticle",'
    b'"isAccessibleForFree":false}</script><article><p>Acme Robotics said</article>',
    "must not be parsed": b"<p>Acme Robotics" + b"<div>" * 200_000,
    "empty": b"",
    "no html": b"\x00\x01Acme Robotics\xff\xfe" * 20,
}


@dataclass
class Books:
    """Notes what the store pipeline hands over."""

    judged_items: list[tuple[PageItem, Analysis]] = field(default_factory=list)

    def judged(self, item: PageItem, analysis: Analysis) -> None:
        self.judged_items.append((item, analysis))


def job_with(watchlist: Watchlist = WATCHLIST) -> Job:
    """As much of a job as the pipelines look at."""
    return cast("Job", SimpleNamespace(watchlist=watchlist, analysts=Analysts(watchlist, 0), clock=lambda: NOW))


def item_of(body: bytes, url: str = "https://courier.example/story") -> PageItem:
    """A fetched page."""
    return PageItem(WaitingPage(url, url, "courier.example"), Page(url, body, fetched_at=NOW), PUBLISHER)


async def flow(item: PageItem) -> Analysis:
    """The way of a page through the pipelines."""
    books = Books()
    job = job_with()
    item = await ExtractArticle(job).process_item(item)
    item = await MatchMentions(job.analysts).process_item(item)
    item = await JudgeLinks(job).process_item(item)
    item = StoreFindings(cast("Bookkeeper", books)).process_item(item)
    assert RenderDrafts(job_with()).process_item(item) is item
    ((_, analysis),) = books.judged_items
    return analysis


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.asyncio(loop_scope="session")
async def test_the_crawl_says_what_a_scan_says(name: str) -> None:
    page = item_of(PAGES[name]).page
    expected = analyse(page, WATCHLIST, now=NOW, publisher=PUBLISHER)
    if leaves_early(page, WATCHLIST):
        with pytest.raises(LeftEarly):
            await flow(item_of(PAGES[name]))
        return
    got = await flow(item_of(PAGES[name]))
    assert (got.state, got.reason, got.findings) == (expected.state, expected.reason, expected.findings)


@pytest.mark.asyncio(loop_scope="session")
async def test_an_own_page_is_judged_although_no_name_stands_on_it() -> None:
    analysis = await flow(item_of(b"<p>Welcome", "https://www.acme.example/jobs"))
    assert [finding.verdict.value for finding, _ in analysis.findings] == ["own_page"]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_without_a_candidate_leaves_before_anyone_reads_it() -> None:
    with pytest.raises(LeftEarly):
        await ExtractArticle(job_with()).process_item(item_of(html("Nobody else was named.")))


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_must_not_be_parsed_goes_on_with_its_reason() -> None:
    analysis = await flow(item_of(PAGES["must not be parsed"]))
    assert (analysis.article, analysis.state) == (None, PageState.UNPARSABLE)
    assert analysis.reason
    assert [finding.verdict.value for finding, _ in analysis.findings] == ["unknown"]


def test_an_item_is_short_in_logs() -> None:
    assert repr(item_of(PAGES["unlinked"])) == "<page https://courier.example/story>"
