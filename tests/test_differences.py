"""What a person changed in a text."""

from hypothesis import given
from hypothesis import strategies as st

from mentions.differences import MOST_WORDS, Change, Difference, differences


def test_changed_words_stand_together_as_phrases() -> None:
    assert differences("Thank you for the good piece.", "Thank you for a fine piece.") == (
        Difference("Thank you for ", Change.SAME),
        Difference("the good", Change.REMOVED),
        Difference("a fine", Change.ADDED),
        Difference(" piece.", Change.SAME),
    )


def test_nothing_changed() -> None:
    assert differences("One.\nTwo.", "One.\nTwo.") == (Difference("One.\nTwo.", Change.SAME),)
    assert differences("", "") == ()


def test_a_text_beyond_all_emails_is_told_as_a_whole() -> None:
    old, new = "a " * (MOST_WORDS + 1), "b"
    assert differences(old, new) == (Difference(old, Change.REMOVED), Difference(new, Change.ADDED))


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_both_texts_can_be_read_from_the_differences(old: str, new: str) -> None:
    told = differences(old, new)
    assert "".join(d.text for d in told if d.change is not Change.ADDED) == old
    assert "".join(d.text for d in told if d.change is not Change.REMOVED) == new
