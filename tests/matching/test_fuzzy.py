"""Misspelt names: the filter loses nothing, and the guards keep neighbours out."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from mentions.matching.dress import dress
from mentions.matching.fuzzy import FuzzyIndex, edits_allowed, edits_of_a_word, neighbours
from mentions.matching.watchlist import Watchlist, compile_watchlist
from mentions.targets import Target

NAMES = (
    "Zapplin",
    "Quendorf Industries",
    "Brixo",
    "Veltmar & Gruhn",
    "Intercontinentale Wollwerke",
    "Kraimbert",
    "Oschmanntechnik",
)
WORDS = sorted({word.lower() for name in NAMES for word in name.split() if word.isalpha()})
INDEX = FuzzyIndex([dress(name) for name in NAMES])


def watchlist(*aliases: str) -> Watchlist:
    return compile_watchlist([Target(name=aliases[0], aliases=aliases[1:], domains=("acme.example",))])


def found(text: str, *aliases: str) -> list[tuple[str, str, float]]:
    return [
        (text[c.start : c.end], c.method.value, round(c.similarity, 2)) for c in watchlist(*aliases).candidates(text)
    ]


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A word of a name after up to three edits: letters taken out, put in, changed, and neighbours swapped."""
    word = draw(st.sampled_from(WORDS))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(word) - 2, 0)))
        letter = draw(st.sampled_from(string.ascii_lowercase))
        edit = draw(st.sampled_from(("delete", "insert", "change", "swap", "append")))
        match edit:
            case "delete":
                word = word[:place] + word[place + 1 :]
            case "insert":
                word = word[:place] + letter + word[place:]
            case "change":
                word = word[:place] + letter + word[place + 1 :]
            case "swap":
                word = word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]
            case _:
                word += letter
    return word or "x"


def brute_force(spelling: str) -> set[tuple[str, int]]:
    distances = ((word, OSA.distance(spelling, word)) for word in WORDS)
    return {
        (word, distance)
        for word, distance in distances
        if 0 < distance <= edits_of_a_word(len(word)) and spelling[0] == word[0]
    }


@settings(max_examples=600, deadline=None)
@given(st.one_of(edited(), st.text(string.ascii_lowercase, min_size=1, max_size=30)))
def test_the_filter_loses_nothing_that_brute_force_finds(spelling: str) -> None:
    assert set(INDEX.near(spelling)) == brute_force(spelling)


@pytest.mark.parametrize("word", WORDS)
def test_every_single_transposition_is_near(word: str) -> None:
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)} - {word}
    assert all((word, 1) in INDEX.near(spelling) for spelling in swapped)


@pytest.mark.parametrize("word", [word for word in WORDS if len(word) >= 12])
def test_two_transpositions_of_a_long_word_are_near(word: str) -> None:
    for first in range(1, len(word) - 3):
        once = word[:first] + word[first + 1] + word[first] + word[first + 2 :]
        for second in range(first + 2, len(word) - 1):
            twice = once[:second] + once[second + 1] + once[second] + once[second + 2 :]
            if OSA.distance(twice, word) == 2:
                assert (word, 2) in INDEX.near(twice)


def test_edits_grow_with_length() -> None:
    assert [edits_allowed(letters) for letters in (4, 5, 11, 12, 30)] == [0, 1, 1, 2, 2]


def test_a_misspelling_is_reported_with_its_similarity() -> None:
    assert found("The Zapplni plant closes.", "Zapplin") == [("Zapplni", "fuzzy", 0.86)]


@pytest.mark.parametrize(
    "text",
    [
        "The zappiln plant",  # not capitalised
        "The Sapplin plant",  # another first letter
        "The Zapplinist plant",  # the name with a suffix
        "The Zaplpni plant",  # two edits in seven letters
    ],
)
def test_guards_hold(text: str) -> None:
    assert found(text, "Zapplin") == []


def test_dictionary_words_are_no_misspellings() -> None:
    assert found("He is on Strike. A Strife broke out.", "Stripe") == []
    assert {"strike", "strife"} <= neighbours(["stripe"])["stripe"]


def test_a_dictionary_word_beside_the_rest_of_the_name_is_a_misspelling() -> None:
    assert found("Buy from Proctor & Gamble now", "Procter & Gamble")[0][0] == "Proctor & Gamble"


def test_another_name_is_no_misspelling() -> None:
    assert [c[1] for c in found("Zapplin and Zapplon merge.", "Zapplin", "Zapplon")] == ["exact", "exact"]


def test_acronyms_and_short_names_are_never_misspelt() -> None:
    assert found("QRXT and Brxi", "QRXTV", "Brix") == []


def test_words_in_two_sentences_are_no_name() -> None:
    assert found("We saw Quendorf. Industrios grew.", "Quendorf Industries") == []


def test_where_the_name_stands_rightly_it_is_not_misspelt_as_well() -> None:
    assert found("Quendorf Industries", "Quendorf Industries", "Quendorff Industries") == [
        ("Quendorf Industries", "exact", 1.0)
    ]


def test_a_name_does_not_go_on_in_the_next_line() -> None:
    assert found("Visit Quendrof\nIndustries of all kinds", "Quendorf Industries") == []
    assert found("x\nVisit Quendrof Industries\ny", "Quendorf Industries")[0][0] == "Quendrof Industries"


def test_words_seen_on_pages_before_change_nothing() -> None:
    names = watchlist("Zapplin", "Quendorf Industries")
    text = "The Zapplni plant of Quendrof Industries\nclosed: Zapplni, Zapplni."
    first = names.candidates(text)
    assert [c.start for c in first] == [4, 21, 49, 58]
    names.candidates("Other words entirely, and the Zaplin plant")
    assert names.candidates(text) == first


@pytest.mark.parametrize(
    ("text", "alias", "is_found"),
    [
        ("Corabxi grew.", "Corabix", True),
        ("CORABXI grew.", "Corabix", True),
        ("CoraBxi grew.", "Corabix", False),
        ("aZxCorabxiQw CoRaBxI", "Corabix", False),
        ("HelloBrmi grew.", "HelloBrim", True),
        ("Hellobrmi grew.", "HelloBrim", True),
        ("iCorabxi grew.", "iCorabix", True),
    ],
)
def test_capitals_within_a_word_are_no_misspelling_but_of_a_name_that_has_some(
    text: str, alias: str, *, is_found: bool
) -> None:
    assert bool(found(text, alias)) is is_found


def test_of_many_names_with_a_common_word_those_beside_it_are_found() -> None:
    names = [f"{start}orabix Group" for start in "BCDFGHKL"] + ["Group Delmar", "Corabix & Group"]
    watched = compile_watchlist([Target(name=name, domains=("acme.example",)) for name in names])

    def targets(text: str) -> set[str]:
        return {candidate.target for candidate in watched.candidates(text)}

    assert targets("The Korabix Gruop grew.") == {"Korabix Group"}
    assert targets("The Gruop Delmar grew.") == {"Group Delmar"}
    assert "Corabix & Group" in targets("Corabxi and Group grew.")
    assert targets("The Gruop grew.") == set()
