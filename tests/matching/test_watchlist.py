"""The compiled names: places in any text, copies, thousands of names."""

import pickle
import re
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.matching import compile_watchlist
from mentions.matching.folding import fold
from mentions.targets import Target
from tests.matching.conftest import watch

ALIASES = (
    "Brimwick",
    "Veltmar & Gruhn",
    "Q&Z 300",
    "XQZ",
    "Pell Research Center",
    "Élodine",
    "tuesday.example",
    "林檎社",
)
WATCHLIST = watch(*ALIASES)
PIECES = st.sampled_from(
    [
        *ALIASES,
        "brimwick",
        "BRIMWICK's",
        "Elodine",
        "X.Q.Z.",
        "Veltmar",
        "Gruhn",
        "and",
        "the",
        "of",
        ". ",
        ", ",
        "\n",
        " ",
        "-",
        "\u00ad",
        "É",
        "e\u0301",
        "ＸＱＺ",
        "製品",
        "İ",
        "ß",
        "(",
        ")",
        "'s",
        "300",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(string.printable, max_size=4)), max_size=25))
def test_looking_only_where_words_stand_loses_nothing(parts: list[str]) -> None:
    """What the patterns find in the whole text, the search around keys finds too."""
    text = "".join(parts)
    folded = fold(text)
    brute = set()
    for name in WATCHLIST._names:
        for match in re.finditer(name.dress.pattern, folded.text, re.IGNORECASE):
            start, end = folded.span(*match.span())
            if name.dress.fits(match, text[start:end]):
                brute.add((start, end))
    found = [(c.start, c.end) for c in WATCHLIST.candidates(text)]
    assert all(any(start <= one and two <= end for start, end in found) for one, two in brute)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_places_fit(text: str) -> None:
    for candidate in WATCHLIST.candidates(text):
        assert 0 <= candidate.start < candidate.end <= len(text)


def test_a_copy_finds_the_same() -> None:
    text = "Brimwick and X.Q.Z. and Brimwcik"
    copy = pickle.loads(pickle.dumps(WATCHLIST))
    assert copy.candidates(text) == WATCHLIST.candidates(text)
    assert len(copy.candidates(text)) == 3


def test_thousands_of_names_at_once() -> None:
    targets = [
        Target(name=f"Quor{a}{b}{c}fix", domains=("acme.example",))
        for a in "abcdefgh"
        for b in "aeiou"
        for c in "klmnprst"
    ]
    watchlist = compile_watchlist(targets)
    assert [c.target for c in watchlist.candidates("We met Quorbekfix and Quorhutfix.")] == ["Quorbekfix", "Quorhutfix"]


def test_one_spelling_of_two_targets_is_a_candidate_of_both() -> None:
    targets = [
        Target(name=name, aliases=("Brimwick",), domains=("acme.example",)) for name in ("Brimwick One", "Brimwick Two")
    ]
    assert [c.target for c in compile_watchlist(targets).candidates("Brimwick grew")] == [
        "Brimwick One",
        "Brimwick Two",
    ]
