"""The names that benchmarks/phrases.py draws from a page."""

from benchmarks.phrases import drawn, phrases_in
from mentions.pages import Page
from tests.extraction.pages_for_tests import page_html


def test_phrases_that_begin_a_sentence_are_left_out() -> None:
    text = "Later the Port Authority of Lindow asked Acme Robotics. Nobody knew: Rosalind was late.\nMenu\nOther News"
    assert phrases_in(text) == ["Port Authority", "Lindow", "Acme Robotics", "Other News"]


def test_what_the_policy_decides_is_drawn_only_from_the_gold_text() -> None:
    caption = "<figure><img src='a.jpg'><figcaption>The arm that Hall Mechanics built</figcaption></figure>"
    page = Page("https://courier.example/harbour", page_html(caption))
    gold = "The harbour of Port Lindow. It was told to Ines Falk."
    phrases = dict(drawn(page, gold))
    assert phrases["Port Lindow"]
    assert phrases["Ines Falk"]
    assert phrases["By Jane Doe"] is False
    assert "Hall Mechanics" not in phrases
    assert drawn(page, gold) == drawn(page, gold)
