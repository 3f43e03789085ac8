"""One page, judged whole: states, early leave, own pages, several targets."""

from datetime import UTC, datetime

import pytest

from mentions.analysis import Analysis, analyse
from mentions.findings import Verdict
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page, PageState
from mentions.targets import Target

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TARGETS = (
    Target(name="Globexia", domains=("globexia.example",)),
    Target(name="Acmetrics", domains=("acmetrics.example",)),
    Target(name="Acmetrics Blog", domains=("acmetrics.example/blog",)),
)
STORY = "<p>The robots of the north are counted every autumn, and there are a few more of them than before.</p>" * 6


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    return compile_watchlist(TARGETS)


def page(body: str, url: str = "https://courier.example/1", status: int = 200) -> Page:
    html = f"<!doctype html><html lang=en><title>Robots</title><article><h1>Robots</h1>{body}</article></html>"
    return Page(url, html.encode(), status=status, headers={"content-type": "text/html"})


def verdicts(analysis: Analysis) -> list[tuple[str, Verdict]]:
    return [(finding.target, finding.verdict) for finding, _ in analysis.findings]


def test_targets_are_judged_in_the_order_of_the_configuration(watchlist: Watchlist) -> None:
    text = '<p>Acmetrics and <a href="https://globexia.example/">Globexia</a> counted them.</p>'
    analysis = analyse(page(STORY + text), watchlist, now=NOW)
    assert verdicts(analysis) == [("Globexia", Verdict.LINKED), ("Acmetrics", Verdict.UNLINKED)]
    assert analysis.state is PageState.LIVE
    assert not analysis.early


def test_a_priority_is_only_given_where_somebody_would_ask(watchlist: Watchlist) -> None:
    text = '<p>Acmetrics and <a href="https://globexia.example/">Globexia</a> counted them.</p>'
    (linked, _), (unlinked, assessment) = analyse(page(STORY + text), watchlist, now=NOW).findings
    assert linked.priority is None
    assert unlinked.priority == assessment.priority


def test_a_page_that_names_nobody_leaves_early(watchlist: Watchlist) -> None:
    analysis = analyse(page(STORY), watchlist, now=NOW)
    assert (analysis.early, analysis.article, analysis.findings) == (True, None, ())


def test_our_own_page_is_ours_even_when_it_names_nobody(watchlist: Watchlist) -> None:
    own = page(STORY, "https://www.acmetrics.example/blog/1")
    assert verdicts(analyse(own, watchlist, now=NOW)) == [
        ("Acmetrics", Verdict.OWN_PAGE),
        ("Acmetrics Blog", Verdict.OWN_PAGE),
    ]


def test_our_own_page_is_judged_for_the_others(watchlist: Watchlist) -> None:
    own = page(STORY + "<p>Globexia and Acmetrics counted them.</p>", "https://acmetrics.example/news")
    assert verdicts(analyse(own, watchlist, now=NOW)) == [
        ("Acmetrics", Verdict.OWN_PAGE),
        ("Globexia", Verdict.UNLINKED),
    ]


@pytest.mark.parametrize(
    ("status", "state"), [(403, PageState.BLOCKED), (429, PageState.BLOCKED), (503, PageState.ERROR)]
)
def test_an_error_page_is_never_read_as_no_link(watchlist: Watchlist, status: int, state: PageState) -> None:
    refused = page("<p>Acmetrics is not for robots.</p>", status=status)
    analysis = analyse(refused, watchlist, now=NOW)
    assert analysis.state is state
    assert verdicts(analysis) == [("Acmetrics", Verdict.UNKNOWN)]
    assert str(status) in (analysis.reason or "")


def test_a_page_that_must_not_be_parsed_is_unknown_for_the_names_in_its_bytes(watchlist: Watchlist) -> None:
    """F-07"""
    bomb = page("<p>Acmetrics</p>" + "<div>" * 100_000)
    analysis = analyse(bomb, watchlist, now=NOW)
    assert (analysis.state, verdicts(analysis)) == (PageState.UNPARSABLE, [("Acmetrics", Verdict.UNKNOWN)])


def test_a_paywalled_teaser_is_unknown(watchlist: Watchlist) -> None:
    wall = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    analysis = analyse(page(wall + "<p>Acmetrics counted them.</p>"), watchlist, now=NOW)
    assert (analysis.state, verdicts(analysis)) == (PageState.PAYWALLED, [("Acmetrics", Verdict.UNKNOWN)])


def test_a_script_shell_is_unknown(watchlist: Watchlist) -> None:
    shell = b"""<!doctype html><html><head><title>Acmetrics counts robots</title></head>
    <body><div id="root"></div><script src="/app.js"></script></body></html>"""
    analysis = analyse(Page("https://courier.example/1", shell), watchlist, now=NOW)
    assert analysis.state is PageState.UNPARSABLE
    assert set(verdicts(analysis)) <= {("Acmetrics", Verdict.UNKNOWN)}


@pytest.mark.parametrize("body", [b"", b"\x00" * 5000, b"\xff\xfe<", b"<" * 5000, b"%PDF-1.7 Acmetrics"])
def test_any_bytes_have_an_answer(watchlist: Watchlist, body: bytes) -> None:
    assert analyse(Page("https://courier.example/1", body), watchlist, now=NOW).page.body == body


@pytest.mark.parametrize("body", [b"", b" \n\t "])
def test_an_empty_page_is_not_live(watchlist: Watchlist, body: bytes) -> None:
    analysis = analyse(Page("https://courier.example/1", body), watchlist, now=NOW)
    assert (analysis.state, analysis.reason, analysis.findings) == (PageState.UNPARSABLE, "the page is empty", ())
