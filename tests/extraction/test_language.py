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
GREEK = "Το λιμάνι έβαλε σαράντα νέα μηχανήματα σε λειτουργία αυτή την εβδομάδα. " * 4
RUSSIAN = "На этой неделе порт запустил сорок новых машин. " * 4
FRENCH = (
    "Le port a mis en service quarante machines et les équipes de nuit apprennent à s’en servir dans la journée. " * 8
)


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
        (["en"], GREEK, "el"),
        (["uk"], RUSSIAN, "uk"),
        (["en"], FRENCH, "fr"),
        (["en"], GREEK + ENGLISH[:80], "el"),  # letters within ASCII count as well, but less
        (["el"], GREEK[:30] + ENGLISH, "en"),
        (["en"], "\ud800" * 30 + ENGLISH, "en"),
    ],
)
def test_language(declared: list[str], text: str, language: str | None) -> None:
    assert read_language(declared, text) == language
