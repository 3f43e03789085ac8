"""How often bad news about us is told from harmless pieces, on 80 labelled sentences of our own invention."""

import tomllib
from pathlib import Path

import pytest

from mentions.bad_news import bad_news
from tests.outreach.building import mention

SENTENCES = tomllib.loads((Path(__file__).parent / "bad_news.toml").read_text("utf-8"))
FOUND, FALSE_ALARMS = 9, 1  # of ten each, at least and at most


def flagged(sentences: list[str], language: str) -> list[str]:
    """Those that are taken for bad news."""
    return [s for s in sentences if bad_news(None, (mention(sentence=s, matched="Quillon"),), language)]


@pytest.mark.parametrize("language", SENTENCES)
def test_bad_news_is_found(language: str) -> None:
    bad = SENTENCES[language]["bad"]
    found = flagged(bad, language)
    assert len(found) >= FOUND, f"missed: {sorted(set(bad) - set(found))}"


@pytest.mark.parametrize("language", SENTENCES)
def test_harmless_pieces_are_left_alone(language: str) -> None:
    alarms = flagged(SENTENCES[language]["harmless"], language)
    assert len(alarms) <= FALSE_ALARMS, f"taken for bad news: {alarms}"
