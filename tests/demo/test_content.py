"""The demo's pages: enough of them, long enough, in several languages, and each with its truth."""

import re
from datetime import UTC, date, datetime

import pytest

from mentions.demo.content import DemoPage, load_sites
from mentions.demo.rendering import format_day
from mentions.demo.truth import TARGETS, load_truth
from mentions.findings import Verdict
from mentions.pages import PageState

ARTICLES = [
    page
    for site in load_sites().values()
    for page in site.pages
    if page.announced and page.status == 200 and not page.trap and page.body.strip() and not page.listing
]


def test_there_are_sites_pages_and_languages_enough() -> None:
    sites = load_sites().values()
    assert len(sites) >= 7
    assert len(ARTICLES) >= 60
    assert {site.language for site in sites} == {"en", "de", "fr", "ja"}


def test_every_page_has_its_truth_and_every_truth_its_page() -> None:
    served = {page.host + page.path for site in load_sites().values() for page in site.pages}
    assert served == set(load_truth())


def test_every_verdict_and_most_page_states_occur() -> None:
    truths = load_truth().values()
    assert {verdict for truth in truths for verdict in truth.verdicts.values()} == set(Verdict)
    states = {truth.state for truth in truths} | {
        PageState.ROBOTS_DENIED for truth in truths if truth.crawl == "robots_denied"
    }
    assert states == set(PageState) - {PageState.GONE, PageState.SOFT_404}  # gone takes three nights


def test_most_pages_name_nobody() -> None:
    not_mentioned = dict.fromkeys(TARGETS, Verdict.NOT_MENTIONED)
    assert sum(truth.verdicts == not_mentioned for truth in load_truth().values()) >= 40


OUR_SITES = {"kelvarra.example", "rillwatch.example", "xn--gewsserwacht-icb.example"}
CUT_SHORT = {"plus", "shell"}  # a paywall's teaser, a script shell


@pytest.mark.parametrize(
    "page",
    [page for page in ARTICLES if page.host not in OUR_SITES and not page.flags & CUT_SHORT],
    ids=lambda page: page.host + page.path,
)
def test_articles_are_as_long_as_news(page: DemoPage) -> None:
    text = re.sub(r"<[^>]+>", " ", page.body + " ".join(comment.text for comment in page.comments))
    length = len(text) / 2.5 if page.host == "minato.example" else len(text.split())
    assert 100 <= length <= 600


def test_pages_are_never_from_the_future() -> None:
    today = date(2026, 3, 1)
    newest = max(page.published(today) for site in load_sites().values() for page in site.pages)
    assert newest < datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "3 March 2026"), ("de", "3. März 2026"), ("fr", "3 mars 2026"), ("ja", "2026年3月3日")],
)
def test_dates_are_printed_as_papers_do(language: str, text: str) -> None:
    assert format_day(date(2026, 3, 3), language) == text
