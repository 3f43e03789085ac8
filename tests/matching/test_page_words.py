"""The words of a page, split fast, are those that the patterns part."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.matching.dress import dress, without_spaceless
from mentions.matching.folding import IS_SPACELESS, SPACELESS, WORD, fold
from mentions.matching.page_words import PageWords, words_in

_WORDLIKE = rf"[^\W{SPACELESS}]"
DOTTED = re.compile(rf"(?<!{_WORDLIKE})(?:[^\W\d_{SPACELESS}]\.){{1,12}}[^\W\d_{SPACELESS}](?!{_WORDLIKE})")
TEXTS = st.text(st.sampled_from("abAZ09._-/ é\u00df東京か한·•…'©\u0130Σς²\n"), max_size=60)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_splitting_bytes_finds_the_words_that_the_pattern_parts(text: str) -> None:
    assert words_in(text) == set(WORD.findall(text))


@settings(max_examples=600, deadline=None)
@given(st.text(st.sampled_from("abU.S_-1 é東\n"), max_size=40))
def test_acronyms_with_points_are_found_where_one_pattern_over_the_whole_text_finds_them(text: str) -> None:
    folded = fold(text)
    form = dress("USB")
    page = PageWords(folded)
    starts = {match.start() for match in DOTTED.finditer(folded.text.lower())}
    assert starts <= set(page.places(form))
    letters = {match[0].replace(".", "") for match in DOTTED.finditer(folded.text.lower())}
    assert letters <= page.keys


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["Acme", "IBM", "Face Book", "JD Power", "Zapplinwerk"]),
    st.text("aAcCmMeEsS IiBb.-'é2_", max_size=30),
)
def test_patterns_for_texts_without_spaceless_scripts_match_the_same(alias: str, text: str) -> None:
    pattern = dress(alias).pattern
    for line in (text, f"{text}{alias}", f"{alias}{text}", f"x {alias} {text}"):
        assert not IS_SPACELESS.search(line)
        spans = [match.span() for match in re.finditer(pattern, line, re.IGNORECASE)]
        assert spans == [match.span() for match in re.finditer(without_spaceless(pattern), line, re.IGNORECASE)]


def test_a_word_stands_alone_or_not_at_all() -> None:
    page = PageWords(fold("acme Acme2 xacme (ACME) 2acme acme-x"))
    assert sorted(page.places(dress("Acme"))) == [0, 18, 30]


def test_capital_sigma_is_looked_up_as_the_whole_text_writes_it_small() -> None:
    assert "οδος" in PageWords(fold("ΟΔΟΣ")).keys
