"""The sentence of a mention."""

import pytest

from mentions.matching.sentences import MAX_LENGTH, sentence_span


def sentence(text: str, name: str) -> str:
    start = text.index(name)
    return text[slice(*sentence_span(text, start, start + len(name)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Brimwick grew. It stopped.", "Brimwick grew."),
        ("Mr. Pell of Brimwick Inc. spoke on 3. May. It rained.", "Mr. Pell of Brimwick Inc. spoke on 3. May."),
        ("Why Brimwick? Because!", "Why Brimwick?"),
        ("Das gilt z. B. für Brimwick. Und nun?", "Das gilt z. B. für Brimwick."),
        ("“Brimwick grew.” She left.", "“Brimwick grew.”"),
        ("雨が降った。Brimwickは伸びた。終わり。", "Brimwickは伸びた。"),
        ("In the U.S. Brimwick grew by 3.5 percent. Fine.", "In the U.S. Brimwick grew by 3.5 percent."),
        ("One line\nBrimwick grew\nanother", "Brimwick grew"),
        ("Wait... what about Brimwick? Nothing.", "Wait... what about Brimwick?"),
    ],
)
def test_sentence(text: str, expected: str) -> None:
    assert sentence(text, "Brimwick") == expected


def test_long_sentences_are_cut_between_words_with_the_name_inside() -> None:
    text = "word " * 300 + "Brimwick " + "other " * 300
    cut = sentence(text, "Brimwick")
    assert len(cut) <= MAX_LENGTH
    assert "Brimwick" in cut
    assert set(cut.split()) == {"word", "Brimwick", "other"}


def test_a_block_bounds_its_sentences() -> None:
    text = "Title without end Brimwick grew"
    start = text.index("Brimwick")
    assert text[slice(*sentence_span(text, start, start + 8, start, len(text)))] == "Brimwick grew"
