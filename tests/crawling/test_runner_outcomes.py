"""From a look at a page to its rows."""

from mentions.analysis import Analysis
from mentions.crawling.failures import Trouble
from mentions.crawling.outcomes import content_hash, outcome_of_mistake, outcome_of_trouble, outcomes_of
from mentions.extraction.article import Article, Metadata
from mentions.findings import Finding, Verdict
from mentions.opportunities import Assessment, Level
from mentions.pages import Page, PageState
from mentions.store.records import WaitingPage
from tests.crawling.test_runner_ledger import NOW

ASKED = WaitingPage("https://a.example/story", "https://a.example/story?utm_source=rss", "a.example")


def analysis_of(url: str, *verdicts: Verdict) -> Analysis:
    """A judged page."""
    page = Page(url, b"<p>bytes", headers={"etag": '"7"', "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT"})
    article = Article(url, "Acme is here", (), (), Metadata(title="T", authors=("Jo Doe", "Al Roe"), language="en"))
    findings = tuple((Finding(url, "Acme", verdict), Assessment(Level.SKIP, None)) for verdict in verdicts)
    return Analysis(page, article, findings, PageState.LIVE)


def test_a_page_is_one_row_with_what_it_says_of_itself() -> None:
    (outcome,) = outcomes_of(
        ASKED,
        analysis_of("https://a.example/story?utm_source=rss", Verdict.UNLINKED),
        looked_at=NOW,
        publisher_of=lambda _: "a.example",
    )
    assert (outcome.key, outcome.state) == (ASKED.key, PageState.LIVE)
    assert (outcome.title, outcome.author, outcome.language) == ("T", "Jo Doe, Al Roe", "en")
    assert (outcome.etag, outcome.last_modified) == ('"7"', "Fri, 20 Nov 2026 10:00:00 GMT")
    assert outcome.text == "Acme is here"
    assert len(outcome.findings) == 1


def test_f10_a_redirect_leaves_a_row_for_both_addresses() -> None:
    asked, led_to = outcomes_of(
        ASKED,
        analysis_of("https://www.partner.example/t", Verdict.UNLINKED),
        looked_at=NOW,
        publisher_of=lambda url: "partner.example" if "partner" in url else "a.example",
    )
    assert (asked.key, asked.state, asked.final_url) == (
        ASKED.key,
        PageState.REDIRECTED,
        "https://www.partner.example/t",
    )
    assert asked.findings == ()
    assert (led_to.key, led_to.publisher, led_to.state) == (
        "https://www.partner.example/t",
        "partner.example",
        PageState.LIVE,
    )
    assert len(led_to.findings) == 1


def test_text_is_kept_only_as_evidence() -> None:
    for verdict, kept in ((Verdict.NOT_MENTIONED, False), (Verdict.OWN_PAGE, False), (Verdict.LINKED, True)):
        (outcome,) = outcomes_of(
            ASKED, analysis_of(ASKED.url, verdict), looked_at=NOW, publisher_of=lambda _: "a.example"
        )
        assert (outcome.text is not None) is kept


def test_trouble_keeps_state_status_and_reason() -> None:
    outcome = outcome_of_trouble(
        ASKED, Trouble(PageState.BLOCKED, "the site refuses us (HTTP 403)", "skipped/blocked", 403), looked_at=NOW
    )
    assert (outcome.state, outcome.http_status, outcome.final_url) == (PageState.BLOCKED, 403, None)
    assert outcome.reason == "the site refuses us (HTTP 403)"


def test_a_mistake_of_ours_is_an_error_to_be_tried_again() -> None:
    outcome = outcome_of_mistake(ASKED, ZeroDivisionError("x"), looked_at=NOW)
    assert (outcome.state, outcome.reason) == (PageState.ERROR, "a mistake of ours: ZeroDivisionError")


def test_the_digest_is_of_every_byte_because_a_link_may_come_where_each_word_stays() -> None:
    assert content_hash(b"<p>one") == content_hash(b"<p>one")
    assert content_hash(b"<p>one") != content_hash(b"<p><a href=/>one</a>")
