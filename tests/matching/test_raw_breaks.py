"""Where names end in the bytes of a page: a block ends them, and nothing else does that a parser might not see."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.walk import walk_tree
from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.raw_breaks import ENDING_TAGS, Break, Layout, break_at
from mentions.targets import Target

NAMES = ("Corabix Analytics", "Veltmar & Gruhn", "Weare Tavolari")


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    watchlist = compile_watchlist([Target(name=name, domains=("us.example",)) for name in NAMES])
    watchlist.prefilter.compile()
    return watchlist


def shown(body: bytes) -> str:
    return walk_tree(LexborHTMLParser(body)).text


@pytest.mark.parametrize("tag", ENDING_TAGS)
def test_tags_that_end_a_name_end_it_for_a_reader_too(tag: str) -> None:
    assert break_at(f" </b>\n<{tag} class=x>".encode()) is Break.END
    assert "one two" not in shown(f"<body>one <{tag}></{tag}>two".encode()).replace("\n", "|")
    assert "one two" not in shown(f"<body>one <{tag} hidden>x</{tag}> two".encode()).replace("\n", "|")


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (b"<b>", Break.NONE),
        (b"</b> <i class='x'>", Break.NONE),
        (b"</div>", Break.NONE),  # of nothing, perhaps: parsers ignore it
        (b"<form>", Break.NONE),
        (b"<x-card>", Break.NONE),
        (b"</li><li>", Break.END),
        (b"<P\nid=a>", Break.END),
        (b"<br/>", Break.END),
        (b"</p><svg><p>", Break.SHIELD),
        (b"<p><svg>", Break.END),
        (b"<!-- <p> -->", Break.SHIELD),
        (b"<? <p>", Break.SHIELD),
        (b"</3 <p>", Break.SHIELD),
        (b"<table><tr><td><p>", Break.SHIELD),
        (b"<noscript><p>", Break.SHIELD),
        (b'<a title="<p>">', Break.SHIELD),
        (b'<a title="> <p> <b x=">', Break.SHIELD),
        (b"<a title='it> <p>", Break.SHIELD),
        (b"<param>", Break.NONE),
    ],
)
def test_a_break_counts_only_where_no_parser_may_see_something_else(between: bytes, expected: Break) -> None:
    assert break_at(between) is expected


def test_passages_are_numbered_and_read_where_no_charset_matters() -> None:
    layout = Layout("<p>one &amp;\n two</p><b>drei</b>&eacute;<p>vier\u00e9".encode())
    assert [layout.text(number) for number in range(5)] == ["", "one & two", "drei", "\u00e9", None]
    assert [layout.break_behind(number) for number in range(5)] == [
        Break.END, Break.NONE, Break.NONE, Break.END, Break.SHIELD,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "<li>Corabix</li><li>Analytics</li>",
        "<p>Corabix<br>Analytics",
        "<a>Corabix</a></li>\n<li class='x'><a>Analytics</a>",
        "<p>Corabix said that the analytics of others are worse<p>",
        "Corabix <b hidden>and</b> others <b>use</b><p>analytics",
        "<p>People were asked. <b>Were</b><h2>Tavolari",
    ],
)
def test_words_that_stand_near_each_other_are_no_name(watchlist: Watchlist, words: str) -> None:
    body = f"<body><p>The harbour</p>{words}</body>".encode()
    assert not watchlist.candidates(shown(body))
    assert not watchlist.prefilter.by_words(body)


@pytest.mark.parametrize(
    "words",
    [
        "Corabix <span hidden>and</span> Analytics",
        "Corabix<noscript><div>x</div></noscript> Analytics",
        "Corabix <!-- <p> or so --> Analytics",
        "Corabix </div> Analytics",
        "Corabix <a title='<p>'>Analytics</a>",
        'Corabix <a title="> <p> <b x=">Analytics</a>',
        "<table>Corabix <tr><td><p>x</p></td></tr>Analytics</table>",
        "Veltmar <i class='sr-only'>x</i> &amp; <b>Gruhn</b>",
        "<p>Corabxi <b>Analytics</b>",
        "Corabix Analytisc",
        "Weare <svg><title>x</title></svg>Tavolrai",
    ],
)
def test_names_over_tags_are_not_lost(watchlist: Watchlist, words: str) -> None:
    body = f"<body><p>The harbour</p>{words}</body>".encode()
    assert watchlist.candidates(shown(body))
    assert watchlist.prefilter.by_words(body)


PIECES = st.sampled_from([
    "Corabix", "Corabxi", "CORABIX", "Analytics", "analytics", "Analytisc", "Veltmar", "Gruhn", "Weare", "Were",
    "Tavolrai", "Tavolari",
    " ", " ", " ", "\n", " & ", " &amp; ", "&nbsp;", "-", " and ", ". ", "x", "the ", "<", ">", '"', "'", "5 < 6",
    "<b>", "</b>", "<i class=x>", "</i>", "<span hidden>", "<span style='display:none'>", "</span>", "<a title='<p>'>",
    '<a title="> <p> ">', "</a>", "<div>", "</div>", "<p>", "</p>", "<li>", "</li>", "<br>", "<h2>", "</h2>", "<ul>",
    "<div hidden>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<form>", "</form>", "<select>",
    "<option>", "</select>", "<noscript>", "</noscript>", "<svg>", "</svg>", "<template>", "</template>", "<!--",
    "-->", "<!-- <p> -->", "<!-->", "<script>", "</script>", "<style>", "</style>", "<textarea>", "</textarea>",
    "<x-y>", "</x-y>", "<button>", "</button>", "<hr>", "<? <p>", "</3 <p>", "<math>", "</math>", "<title>", "</title>",
])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example(["<table>", "Corabix", " ", "<tr>", "<td>", "<p>", "</table>", "Analytics"])
def test_whatever_marks_up_a_name_it_is_not_lost(watchlist: Watchlist, pieces: list[str]) -> None:
    body = "".join(["<body>", *pieces]).encode()
    if watchlist.candidates(shown(body)):
        sieve = watchlist.prefilter
        assert all(may_match(body) for may_match in (sieve.by_words, sieve.by_patterns))
