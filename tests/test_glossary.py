"""docs/glossary.md speaks of the code as it is."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from mentions.extraction.article import Zone
from mentions.findings import Verdict

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<word>[\w -]+) \|.*\| `(?P<path>mentions\.[\w.]+)` \|$", re.MULTILINE)
ROWS = ROW.findall(GLOSSARY.read_text(encoding="utf-8"))


def resolve(path: str) -> object:
    """The object at a dotted path: the longest module of it, then attributes."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(path)


def test_the_glossary_holds_the_words_of_the_design() -> None:
    words = {word for word, _ in ROWS}
    assert {
        "target",
        "alias",
        "publisher",
        "page",
        "article",
        "zone",
        "mention",
        "verdict",
        "finding",
        "draft",
    } <= words


@pytest.mark.parametrize(("word", "path"), ROWS)
def test_every_word_lives_where_the_glossary_says(word: str, path: str) -> None:
    assert resolve(path) is not None, word


def test_verdicts_and_zones_are_those_of_the_glossary() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert listed == [verdict.value for verdict in Verdict]
    zones = re.search(r"^\| zone \| [^:]*: ([^|]+) \|", text, re.MULTILINE)
    assert zones is not None
    assert zones[1].strip().split(", ") == [zone.value for zone in Zone]
