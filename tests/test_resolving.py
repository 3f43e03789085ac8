"""An article that knows where its hidden links lead is judged by it; the offline judgement stays as it is."""

from datetime import UTC, datetime

from mentions.analysis import Analysis, analyse
from mentions.findings import Verdict
from mentions.matching import compile_watchlist
from mentions.pages import Page, PageState
from mentions.resolving import linked_pages_of_ours, worth_resolving
from mentions.targets import Target

ACME = Target(name="Acme Robotics", domains=("acme.example",))
WATCHLIST = compile_watchlist([ACME])
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
FILLER = "The harbour board met on Tuesday to talk about the cranes that have stood still since the spring storms. " * 5


def judged(sentence: str, resolved: dict[str, str] | None = None, dead: frozenset[str] = frozenset()) -> Analysis:
    body = f"<title>Cranes</title><article><h1>Cranes</h1><p>{FILLER}</p><p>{sentence} {FILLER}</p></article>"
    page = Page("https://courier.example/2026/cranes", body.encode())
    return analyse(page, WATCHLIST, now=NOW, resolved=resolved or {}, dead=dead)


def verdict(analysis: Analysis) -> Verdict:
    [(finding, _)] = analysis.findings
    return finding.verdict


BESIDE = 'Acme Robotics built them, <a href="https://bit.ly/x">it is said</a>.'
LABELLED = '<a href="https://bit.ly/x">Acme Robotics</a> built them.'


def test_a_hidden_link_beside_the_name_is_a_link_once_it_is_known() -> None:
    assert verdict(judged(BESIDE)) is Verdict.UNLINKED
    assert verdict(judged(BESIDE, {"https://bit.ly/x": "https://acme.example/cranes"})) is Verdict.LINKED
    assert verdict(judged(BESIDE, {"https://bit.ly/x": "https://elsewhere.example/"})) is Verdict.UNLINKED


def test_a_label_is_believed_only_as_long_as_nobody_looked() -> None:
    assert verdict(judged(LABELLED)) is Verdict.LINKED
    assert verdict(judged(LABELLED, {"https://bit.ly/x": "https://rival.example/"})) is Verdict.UNLINKED


def test_a_share_button_behind_a_shortener_is_no_link() -> None:
    sharer = "https://www.facebook.com/sharer/sharer.php?u=https://acme.example/"
    assert verdict(judged(BESIDE, {"https://bit.ly/x": sharer})) is Verdict.UNLINKED


def test_what_leads_to_another_shortener_stays_hidden() -> None:
    analysis = judged(BESIDE, {"https://bit.ly/x": "https://t.co/y"})
    assert analysis.article is not None
    assert verdict(analysis) is Verdict.UNLINKED
    assert worth_resolving(analysis.article.links, [f for f, _ in analysis.findings]) == ("https://bit.ly/x",)


def test_only_what_can_change_the_verdict_is_worth_a_look() -> None:
    def worth(sentence: str) -> tuple[str, ...]:
        analysis = judged(sentence)
        assert analysis.article is not None
        return worth_resolving(analysis.article.links, [finding for finding, _ in analysis.findings])

    assert worth(BESIDE) == worth(LABELLED) == ("https://bit.ly/x",)
    assert worth(BESIDE + 'See <a href="https://acme.example/">Acme Robotics</a>.') == ()
    assert worth('<a href="https://bit.ly/x">More</a>.<section class="comments"><p>Acme Robotics!</p></section>') == ()
    assert worth(BESIDE + '<nav><a href="https://t.co/nav">follow us</a></nav>') == ("https://bit.ly/x",)


def test_a_link_to_a_page_that_is_gone_is_misdirected_and_says_so() -> None:
    analysis = judged('<a href="https://acme.example/old?utm_source=a">Acme Robotics</a> built them.')
    assert linked_pages_of_ours([f for f, _ in analysis.findings]) == ("https://acme.example/old?utm_source=a",)
    gone = judged(
        '<a href="https://acme.example/old?utm_source=a">Acme Robotics</a> built them.',
        dead=frozenset({"https://acme.example/old"}),
    )
    assert verdict(gone) is Verdict.MISDIRECTED
    assert "gone" in gone.findings[0][0].reasons[0]


def test_a_shell_that_was_not_rendered_is_unknown_and_never_without_a_link() -> None:
    shell = b'<title>Acme Robotics</title><div id="root"></div><script src="/app.js"></script>'
    page = Page("https://courier.example/a", shell, unrendered="needs rendering: no browser is installed")
    analysis = analyse(page, WATCHLIST, now=NOW)
    assert (analysis.state, analysis.reason) == (PageState.ERROR, "needs rendering: no browser is installed")
    assert verdict(analysis) is Verdict.UNKNOWN
