"""Words that only the mark-up runs together are parted; words that only the mark-up cuts stay whole."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.walk import walk_tree
from mentions.extraction.walked import Walk
from mentions.matching import Watchlist, compile_watchlist
from mentions.targets import Target


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    names = ("Corabix Analytics", "Tidemud", "Quay! News")
    return compile_watchlist([Target(name=name, domains=("us.example",)) for name in names])


def walk(html: str) -> Walk:
    return walk_tree(LexborHTMLParser(f"<html><body>{html}</body></html>".encode()))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href=/a>Tidal Atlas<span>A map of every gauge</span></a>", "Tidal Atlas\nA map of every gauge"),
        ("<a href=/a><span>Mud</span><span>An interactive map</span></a>", "Mud\nAn interactive map"),
        ("<a href=/a><em>News</em><b>Eel prices fall again</b></a>", "News\nEel prices fall again"),
        ("<a href=/a>About</a><a href=/b>Imprint</a>", "About\nImprint"),
        ("<a href=/a>log in</a><span> </span><a href=/b>sign up</a>", "log in sign up"),
        ("<a href=/a>log in</a><a href=/b>sign up</a>", "log in\nsign up"),
        ("<button>Yes</button><button>no</button>", "Yes\nno"),
        ("<label>Name</label><b>Required</b>", "Name\nRequired"),
        ("<time>1 May</time><span>Ann</span>", "1 May\nAnn"),
        ("<div class='flex gap-2'><span>ferry</span><span>times</span></div>", "ferry\ntimes"),
        ("<div style='display: grid'><span>ferry</span><span>times</span></div>", "ferry\ntimes"),
        ("<a href=/a>Ferry times<span class=block>for spring</span></a>", "Ferry times\nfor spring"),
        ("Ferry times <span style='display:block'>for spring</span> and summer", "Ferry times\nfor spring\nand summer"),
        ("<span>No ferry runs.</span><span>The quay is wet.</span>", "No ferry runs. The quay is wet."),
        ("Words by<a href=/a>Tessa Marlow</a>", "Words by Tessa Marlow"),
        ("<span>TIDE HOUSE</span><span>Gauges for the north</span>", "TIDE HOUSE\nGauges for the north"),
    ],
)
def test_what_a_style_sheet_sets_apart_is_set_apart(html: str, text: str) -> None:
    assert walk(html).text == text


@pytest.mark.parametrize(
    "html",
    [
        "<b>B</b>rackwater is a lake",
        "<span>B</span><span>rackwater is a lake</span>",
        "<span>i</span>Gauge is new",
        "<span>i</span><span>Gauge is new</span>",
        "<b>Mud</b>Maps are new",
        "<b>Mud</b><i>Maps</i>",
        "Mud<span>Maps</span> are new",
        "<span class=flex><span>M</span><span>u</span><span>d</span></span>",
        "<a href=/a>Mud</a><a href=/a>maps</a>",
        "the second of 21<sup>St Ives</sup>",
        "The Current<sup>TM</sup>",
        "H<sub>2</sub>O in <code>list<b>Of Things</b></code>",
        "<pre>list<b>Of Things</b></pre>",
        "Mc<span>arthur was there</span>",
        "all of <a href=/a>it</a>, <a href=/b>and</a>. <b>Not</b>)",
        "<a href=/a>潮位</a><a href=/b>計測</a>",
        "<span>J.</span><span>Marlow of the quay</span>",
        "$<span>40</span><span>99 a piece</span>",
        "a<wbr>Very long word",
    ],
)
def test_what_a_tag_only_marks_stays_one_word(html: str) -> None:
    parser = LexborHTMLParser(f"<html><body>{html}</body></html>".encode())
    assert parser.body is not None
    assert walk(html).text == parser.body.text()


def test_a_word_that_the_page_writes_elsewhere_is_not_cut() -> None:
    seam = "<p><span>Bright</span><span>Quay is a bank for boats</span></p>"
    assert walk(seam).text == "Bright\nQuay is a bank for boats"
    assert walk(seam + "<p>BrightQuay was founded last year.</p>").text.startswith("BrightQuay is a bank")


def test_links_begin_where_their_words_begin() -> None:
    page = walk("<p><a href=/a><b>Ferry</b></a><a href=/b><span>Quay house</span></a>Open all day</p>")
    assert page.text == "Ferry\nQuay house\nOpen all day"
    assert [page.text[anchor.start : anchor.end] for anchor in page.anchors] == ["Ferry", "Quay house"]


def test_what_is_hidden_sets_nothing_apart() -> None:
    assert walk("Ferry <span class=block hidden>x</span>times").text == "Ferry times"
    assert walk("Ferry<span hidden>A long line</span>times").text == "Ferrytimes"


def test_a_piece_without_white_space_is_read_in_good_time_however_deep_it_is() -> None:
    """Only the innermost elements around a seam are looked at."""
    page = walk("<span>" * 300 + "Ferry times" + "</span>" * 300 + "<span>Quay house hours</span>")
    assert page.text == "Ferry times\nQuay house hours"


@pytest.mark.parametrize(
    "html",
    [
        "<a href=/a>Corabix Analytics<span>A map of gauges</span></a>",
        "<a href=/a>Our Tidemud<span>An interactive map</span></a>",
        "<a href=/a>more</a><a href=/b>Tidemud</a><a href=/c>ferry</a>",
        "<b>See Quay!</b><i>News of today</i>",
    ],
)
def test_names_at_seams_are_found_and_pass_the_sieve(watchlist: Watchlist, html: str) -> None:
    body = f"<html><body><p>{html}</p></body></html>".encode()
    assert watchlist.candidates(walk(html).text)
    assert watchlist.may_mention(body)
    assert watchlist.prefilter.by_words(body)
    assert watchlist.prefilter.by_patterns(body)
