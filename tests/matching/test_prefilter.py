"""The sieve on raw bytes: whatever a parsed page names, its bytes must pass; most other pages must not."""

import pickle
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.matching import Watchlist, compile_watchlist
from mentions.targets import Target

NAMES = (
    "Corabix Analytics",
    "Telefónica",
    "AT&T",
    "Weltraumforschung",
    "苹果",
    "Газпромбанк",
    "IBMX",
    "L'Oréal",
    "GitLab",
)
TARGETS = tuple(Target(name=name, domains=("us.example",)) for name in NAMES)
FILLER = "<p>The harbour was quiet, and nobody counted anything at all on that day.</p>"


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    watchlist = compile_watchlist(TARGETS)
    watchlist.prefilter.compile()
    return watchlist


def ways(watchlist: Watchlist) -> tuple[Callable[[bytes], bool], ...]:
    return watchlist.prefilter.by_patterns, watchlist.prefilter.by_words


def page(words: str, charset: str = "utf-8") -> bytes:
    return f'<!doctype html><meta charset="{charset}"><body>{FILLER}<p>Today {words} did.</p>{FILLER}'.encode(
        charset, "xmlcharrefreplace"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Corabix Analytics", "CORABIX ANALYTICS", "Corabix-Analytics", "CorabixAnalytics", "Corabix&nbsp;Analytics",
        "Corabix <b>Analytics</b>", "<b>C</b>orabix Analytics", "Cor<wbr>abix Analytics", "Cor<!-- -->abix Analytics",
        "<span>Cora</span><span>bix</span> Analytics", "Cora\u00adbix Analytics", "Cora&shy;bix Analytics",
        "Cora\u200bbix Analytics", "Corabix’s Analytics", "“Corabix Analytics”", "_Corabix Analytics_",
        "Cörabix Anályticś", "C&#111;rabix Analytics", "C&#x6f;rabix Analytics", "&nbspCorabix Analytics",
        "Ｃｏｒａｂｉｘ Ａｎａｌｙｔｉｃｓ", "Corabxi Analytics",
        "Corbix Analytics", "Coorabix Analytics", "Corabix Analitics",
        "Telefónica", "Telefonica", "TELEFÓNICA", "Telef&oacute;nica", "Telef&#243;nica", "Telefo\u0301nica",
        "Telefónca",
        "AT&amp;T", "AT &amp; T", "AT&T", "L'Oréal", "L’Oréal", "Loreal", "L&rsquo;Or&eacute;al", "I.B.M.X", "IBMX",
        "Weltraumforschung", "Weltraumforschnug", "Weltraumforshcugn", "Git Lab", "GitLab's", "Gitlab",
        "苹果", "在苹果公司", "&#33529;&#26524;", "Газпромбанк", "ГАЗПРОМБАНК", "5 < 6 Corabix Analytics",
    ],
)  # fmt: skip
def test_every_dress_a_page_may_put_on_a_name_passes(watchlist: Watchlist, words: str) -> None:
    for may_match in ways(watchlist):
        assert may_match(page(words))


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        ("Telefónica", "latin-1"),
        ("Telefónica", "cp1252"),
        ("L’Oréal", "cp1252"),
        ("Corabix Analytics", "utf-16"),
        ("Corabix Analytics", "utf-16-be"),
        ("苹果", "gb18030"),
        ("苹果", "big5"),
        ("苹果", "shift_jis"),
        ("Газпромбанк", "cp1251"),
        ("Газпромбанк", "koi8-r"),
    ],
)
def test_every_charset_passes(watchlist: Watchlist, words: str, charset: str) -> None:
    for may_match in ways(watchlist):
        assert may_match(page(words, charset))


@pytest.mark.parametrize(
    "words",
    [
        "nobody",
        "Corab",
        "Analytics",
        "telephone",
        "AT a T",
        "Отдел",
        "漢字",
        "préféré",
        "f&uuml;r",
        "IBM",
    ],
)
def test_other_words_do_not_pass(watchlist: Watchlist, words: str) -> None:
    assert not watchlist.prefilter.by_patterns(page(words))


def test_an_empty_page_and_an_empty_list_hold_nothing(watchlist: Watchlist) -> None:
    for may_match in ways(watchlist):
        assert not may_match(b"")
    assert not compile_watchlist([]).may_mention(page("Corabix Analytics"))


def test_the_first_pages_need_no_patterns_and_pickling_keeps_the_answers() -> None:
    fresh = compile_watchlist(TARGETS[:1])
    copy = pickle.loads(pickle.dumps(fresh))
    for some in (fresh, copy):
        assert some.may_mention(page("Corabix Analytics"))
        assert not some.may_mention(page("nobody"))


@pytest.mark.parametrize("far", [0, 40, 90, 100, 500])
@pytest.mark.parametrize(
    "words", ["Telef&oacute;<b {}>nica", "T\u00e9l\u00e9fo<i {}>n\u00edca", "Cora\u00ad<span {}>bix Analytics"]
)
def test_a_long_tag_beside_a_disguised_letter_hides_nothing(watchlist: Watchlist, words: str, far: int) -> None:
    assert watchlist.prefilter.by_patterns(page(words.format("x" * far)))


def test_a_name_passes_among_more_disguised_letters_than_are_looked_at_one_by_one(watchlist: Watchlist) -> None:
    assert watchlist.prefilter.by_patterns(page("\u00e9t\u00e9 " * 3000 + "Telef\u00f3nica"))
    assert watchlist.prefilter.by_patterns(page("\u00e9t\u00e9 " * 300 + "Telef\u00f3nica" + " \u00e9t\u00e9" * 300))
    assert not watchlist.prefilter.by_patterns(page("\u00e9t\u00e9 " * 3000))


@pytest.mark.parametrize("words", ["\uff29.\uff22.\uff2d.\uff38", "\uff21\uff34\uff06\uff34", "\uff34elefonica"])
def test_full_width_letters_are_read(watchlist: Watchlist, words: str) -> None:
    for may_match in ways(watchlist):
        assert may_match(page(words))
        assert not may_match(page("\uff34okyo"))


def test_the_words_of_a_name_must_stand_together(watchlist: Watchlist) -> None:
    by_words = watchlist.prefilter.by_words
    assert by_words(page("Corabix" + " <i>and some words that nobody sees</i>" * 3 + " Analytics"))
    assert not by_words(page("Corabix" + " <i>and some words that nobody sees</i>" * 30 + " Analytics"))
    assert by_words(page("Corabix<style>.a { color: red }" + " .b { top: 0 }" * 99 + "</style> Analytics"))
    assert by_words(page("Corabix and " * 60 + " Corabix Analytics" + " and Corabix" * 60))


LETTERS = st.sampled_from("abcorix .'-&ÀéßØ\uff21\uff42\u00ad\u200b’–Ж漢<>")


@settings(max_examples=150, deadline=None)
@given(before=st.text(LETTERS, max_size=8), name=st.sampled_from(NAMES), after=st.text(LETTERS, max_size=8))
def test_what_is_a_candidate_in_the_text_passes_in_the_bytes(
    watchlist: Watchlist, before: str, name: str, after: str
) -> None:
    text = f"Today {before}{name}{after} did."
    if watchlist.candidates(text):
        for may_match in ways(watchlist):
            assert may_match(page(escape(f"{before}{name}{after}")))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(["Corabix Analytics", "Telefonica", "Weltraumforschung"]))
def test_misspelt_names_pass(watchlist: Watchlist, data: st.DataObject, name: str) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("aeinrst"))
    changed = data.draw(
        st.sampled_from([
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ])
    )  # fmt: skip
    if watchlist.candidates(f"Today {changed} did."):
        for may_match in ways(watchlist):
            assert may_match(page(changed))


def test_without_hyperscan_every_page_is_read_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentions.matching.watchlist.find_spec", lambda name: None)
    bare = compile_watchlist(TARGETS)
    assert bare.may_mention(FILLER.encode())
    text = "Today Corabix Analytics and Telefonica met GitLab's people."
    assert bare.candidates(text) == compile_watchlist(TARGETS).candidates(text) != []
    with pytest.raises(LookupError, match="hyperscan"):
        _ = bare.prefilter
