"""Crawled text in one line, and cut where a reader would cut it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.outreach.cleaning import display_name, header_text, one_line, plain_lines, shortened
from mentions.outreach.lint import word_count


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("a\x00b\x1bc\x85d", "a b c d"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde"),
        ("  a \u00a0 b ", "a b"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\ud800b", "ab"),
        ("👩‍🚀 می‌خواهم", "👩‍🚀 می‌خواهم"),
    ],
)
def test_one_line(text: str, clean: str) -> None:
    assert one_line(text) == clean


@given(st.text())
def test_headers_hold_no_line_and_no_encoded_word(text: str) -> None:
    for cleaned in (header_text(text), display_name(text)):
        assert len(cleaned.splitlines()) <= 1
        assert "=?" not in cleaned
    assert not set(display_name(text)) & set('"<>@,;:\\')


@given(st.text())
def test_a_body_keeps_its_lines_and_nothing_hidden(text: str) -> None:
    cleaned = plain_lines(text)
    assert cleaned == plain_lines(cleaned)
    assert "\r" not in cleaned
    cleaned.encode("utf-8")


def test_a_long_text_is_cut_between_words_around_the_name() -> None:
    text = "word " * 50 + "Quillon said " + "more " * 50
    cut = shortened(text.strip(), 60, around="Quillon")
    assert "Quillon said" in cut
    assert cut.startswith("… word")
    assert cut.endswith(" …")
    assert len(cut) <= 64


def test_a_text_without_spaces_is_cut_at_as_many_words_as_another() -> None:
    text = "川の水質を調べた結果" * 10 + "クイロン" + "によると水は去年よりも澄んでいるという" * 10
    cut = shortened(text, 180, around="クイロン")
    assert "クイロン" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) <= 64
    assert word_count(cut) <= 32
    assert shortened("水" * 60, 180) == "水" * 60


@given(st.text(alphabet="ab 水", max_size=200), st.integers(10, 60))
def test_a_cut_text_is_short_and_keeps_the_name(text: str, limit: int) -> None:
    whole = f"{text}Quillon{text}"
    cut = shortened(whole, limit, around="Quillon")
    assert "Quillon" in cut
    assert len(cut) <= limit + 4
