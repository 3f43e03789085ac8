"""Names as patterns in all bytes: nothing is lost that brute force finds, and common words alone name nobody."""

from collections.abc import Iterator
from string import ascii_lowercase

import pytest
from rapidfuzz.distance import OSA

from mentions.matching import Watchlist, compile_watchlist
from mentions.matching.raw_places import after_word, before_word, cut_word_at, word_at
from mentions.targets import Target

# One word of each length that is spelt out in its own way, and one with capitals within.
WORDS = ("Brixo", "Kraimb", "Zapplin", "Oschmatt", "Wollwerken", "Weltraumforschung", "HelloBrim")
NAMES = (*WORDS, "QEA Group", "Delivery Zero", "Sixo Boten", "Brems & Gruhn")


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    watchlist = compile_watchlist([Target(name=name, domains=("us.example",)) for name in NAMES])
    watchlist.prefilter.compile()
    return watchlist


def spellings(word: str) -> Iterator[str]:
    """Every spelling with one edit, in every place but the first letter."""
    for at in range(1, len(word) + 1):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        for letter in f"{ascii_lowercase}é\u0434":
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]


def named(watchlist: Watchlist, words: str) -> bool:
    return watchlist.prefilter.by_patterns(f"<meta charset=utf-8><p>We saw {words} there.</p>".encode())


@pytest.mark.parametrize("word", [word for name in NAMES for word in name.split() if len(word) >= 4])
def test_every_spelling_with_one_edit_is_found(watchlist: Watchlist, word: str) -> None:
    name = next(name for name in NAMES if word in name.split())
    tried = {spelt for spelling in set(spellings(word)) for spelt in (spelling, spelling.upper(), f"_{spelling}_")}
    lost = [
        spelt
        for spelt in (name.replace(word, changed) for changed in sorted(tried))
        if watchlist.candidates(f"We saw {spelt} there.") and not named(watchlist, spelt)
    ]
    assert lost == []


def test_every_second_of_two_edits_is_found(watchlist: Watchlist) -> None:
    word = "Weltraumforschung"
    for first in sorted(set(spellings(word)))[::40]:
        for second in sorted(set(spellings(first)))[::97]:
            if OSA.distance(word.lower(), second.lower()) == 2 and watchlist.candidates(second):
                assert named(watchlist, second), second


@pytest.mark.parametrize(
    "words",
    [
        "QEA Group", "Q.E.A. Group", "QEA&nbsp;&ndash;&nbsp;Group", "the <b>QEA</b> Group", "QEA <i>Group</i>",
        "QEA Gruop", "Delivery Zero", "DELIVERY ZERO", "Delivery &amp; Zero", "Delivery <i hidden>x</i> Zero",
        "Delivery Zreo",
        "Delivrey Zero", "Deliv<b>ery</b> Zero", "Delivery Ze<wbr>ro", "Delivery Z&eacute;ro", "D\u00e9livery Zero",
        "Brems and Gruhn", "Brems &#38; Gruhn", "Brems <b>&amp;</b> Gruhn", "Zapplin\u00ad", "Z\u00e4pplin",
        "Hello-Brim", "D&eacute;livery <i hidden>x</i>" + "<wbr class='x'>" * 20 + " Zero",
        "Delivery <i hidden>x</i>" + "<wbr class='x'>" * 20 + " Z&eacute;ro",
    ],
)  # fmt: skip
def test_pairs_are_found_in_every_dress(watchlist: Watchlist, words: str) -> None:
    assert named(watchlist, words)


@pytest.mark.parametrize(
    "words",
    [
        "a group", "the great group", "<b>the group</b>", "delivery and zest", "fast delivery</p><p class='zero'>now",
        "<p>zero</p>", "zero delivery", "the .group-qea", "Deliver us", "<p>Group</p>", "hello", "q e a",
    ],
)  # fmt: skip
def test_common_words_alone_name_nobody(watchlist: Watchlist, words: str) -> None:
    assert not named(watchlist, words)


@pytest.mark.parametrize(
    ("data", "at", "before", "word", "after"),
    [
        (b"see Delivery Zero now", 12, b"see", b"Delivery", b"zero"),
        (b"G.E.A Group", 11, b"g.e.a", b"Group", b""),
        (b"GEA&nbsp;&ndash; Group and Sons.", 21, b"gea", b"Group", b"sons"),
        (b"the <b>Group</b> is", 12, None, b"Group", None),
        (b"Gr<b>oup</b>", 8, None, b"oup", None),
        (b"Delivery Ze<wbr>ro", 8, b"", b"Delivery", None),
        (b"a _Group_", 9, b"a", b"Group", b""),
    ],
)
def test_words_beside_a_match(data: bytes, at: int, before: bytes | None, word: bytes, after: bytes | None) -> None:
    padded = b"." * 300 + b"| " + data + b" |" + b"." * 300
    at += 302
    assert word_at(padded, at) == word
    assert (before_word(padded, at) or before) == before
    assert (after_word(padded, at) or after) == after


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"a Trus<b>tpilot", b"Trustpilot"),
        (b"a Trus</b></i><b class='x'>tpilot", b"Trustpilot"),
        (b"a Trus<!-- -->tpilot", b"Trustpilot"),
        (b"a Trus </b>tpilot", b""),
        (b"a Trus<b> tpilot", b""),
        (b"Trustpilot", b""),
    ],
)
def test_words_cut_by_mark_up_are_put_together(data: bytes, word: bytes) -> None:
    assert cut_word_at(data, data.rfind(b"<") + 2 if b"<" in data else len(data)) == word
