"""The passage around a name: what a person reads to see whether it is us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.passages import LONGEST_BESIDE, Passage, Piece, marked, passage

TEXT = (
    "Robots at work\n"
    "Night falls over the harbour. Dr. Ada Vance says Quillon sorts the parcels, and Quillon never sleeps. "
    "Nobody minds! Is that so?\n"
    "Another paragraph begins here."
)
AT = TEXT.index("Quillon")
SECOND = TEXT.index("Quillon", AT + 1)


def at(name: str, start: int = 0) -> tuple[int, int]:
    found = TEXT.index(name, start)
    return found, found + len(name)


def test_a_name_stands_marked_in_its_sentence_between_its_neighbours() -> None:
    told = passage(TEXT, at("Quillon"), "", "Quillon", [(SECOND, SECOND + 7)])
    assert told.before == "Night falls over the harbour."
    assert told.sentence == (
        Piece("Dr. Ada Vance says "),
        Piece("Quillon", marked=True),
        Piece(" sorts the parcels, and "),
        Piece("Quillon", marked=True),
        Piece(" never sleeps."),
    )
    assert told.after == "Nobody minds!"


def test_neighbours_may_stand_in_the_next_paragraph() -> None:
    told = passage(TEXT, at("so?"), "", "so?")
    assert (told.before, told.after) == ("Nobody minds!", "Another paragraph begins here.")


def test_the_first_and_the_last_sentence_have_one_neighbour() -> None:
    assert passage(TEXT, at("Robots"), "", "Robots").before == ""
    assert passage(TEXT, at("here"), "", "here").after == ""
    assert passage("Quillon", (0, 7), "", "Quillon") == Passage((Piece("Quillon", marked=True),))


@pytest.mark.parametrize("text", [None, "Something else stands there by now."])
def test_without_the_text_the_stored_sentence_tells(text: str | None) -> None:
    told = passage(text, (0, 7), "Here Quillon sorts.", "Quillon")
    assert told == Passage((Piece("Here "), Piece("Quillon", marked=True), Piece(" sorts.")))
    assert passage(text, (0, 7), "A shortened sentence.", "Quillon").sentence == (Piece("A shortened sentence."),)


def test_long_neighbours_are_cut_where_they_are_far_from_the_name() -> None:
    text = f"{'And a ' * 60}bees. Quillon sorts. {'And c ' * 60}dogs."
    told = passage(text, (text.index("Quillon"), text.index("Quillon") + 7), "", "Quillon")
    assert len(told.before) <= LONGEST_BESIDE + 2
    assert told.before.endswith("bees.")
    assert told.after.startswith("And c")


@given(st.text(alphabet="ab .!?\n", max_size=60), st.data())
def test_nothing_is_lost_or_added(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = [tuple(sorted((data.draw(place), data.draw(place)))) for _ in range(3)]
    pieces = marked(text, [(low, high) for low, high in spans])
    assert "".join(piece.text for piece in pieces) == text
    for low, high in spans:
        if low < high:
            told = passage(text, (low, high), "", text[low:high])
            assert text[low:high] in "".join(piece.text for piece in told.sentence)
            assert told.before in text or told.before.startswith("…")
