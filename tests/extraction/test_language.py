"""The declared language is believed when the text agrees."""

import pytest

from mentions.extraction.language import read_language

GERMAN = (
    "Der Hafen hat in dieser Woche vierzig neue Maschinen und die Leute sind nicht mit der Arbeit auf dem Kai fertig. "
    * 8
)
ENGLISH = "The harbour has put forty new machines to work this week and the people who used to be there are not. " * 8
JAPANESE = "港では今週、四十台の新しい機械が働き始めた。夜勤の人々はまだ慣れていない。" * 8
CHINESE = "港口本周投入四十台新机器，夜班工人仍在学习如何使用它们。" * 8


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        (["de-AT"], GERMAN, "de"),
        (["en_US"], ENGLISH, "en"),
        (["en"], JAPANESE, "ja"),
        (["zh-Hans"], CHINESE, "zh"),
        (["ja"], JAPANESE, "ja"),
        (["ja"], CHINESE, "ja"),
        (["en"], GERMAN, "de"),
        ([], GERMAN, "de"),
        ([], JAPANESE, "ja"),
        ([], "Acme", None),
        (["deu"], "Acme", "de"),
        (["x", "{{lang}}"], "Acme", None),
        (["en", "de"], GERMAN, "de"),
    ],
)
def test_language(declared: list[str], text: str, language: str | None) -> None:
    assert read_language(declared, text) == language
