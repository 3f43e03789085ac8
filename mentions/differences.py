"""What a person changed in a text, word by word, line by line. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

_WORD: Final = re.compile(r"\n|[^\S\n]+|\S+")
MOST_WORDS: Final = 5_000  # comparing takes quadratic time; an email has 150


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of text, and what became of it."""

    text: str
    change: Change


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """How `new` came from `old`, in reading order: `old` is what was not added, `new` what was not removed.

    Texts of more than MOST_WORDS words are told as one removed and one added.
    """
    words, others = _WORD.findall(old), _WORD.findall(new)
    if max(len(words), len(others)) > MOST_WORDS:
        return tuple(_joined([(Change.REMOVED, old), (Change.ADDED, new)]))
    return tuple(_joined(list(_steps(words, others))))


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Change, str]]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change.SAME, "".join(new[new_from:new_to])
        else:
            yield Change.REMOVED, "".join(old[old_from:old_to])
            yield Change.ADDED, "".join(new[new_from:new_to])


def _joined(steps: Sequence[tuple[Change, str]]) -> Iterator[Difference]:
    """Whole phrases: a lone space between two changes is part of both, so that no word stands alone among spaces."""
    removed = added = ""
    for n, (change, text) in enumerate(steps):
        between = change is Change.SAME and text.isspace() and "\n" not in text and 0 < n < len(steps) - 1
        if change is Change.REMOVED or between:
            removed += text
        if change is Change.ADDED or between:
            added += text
        if change is Change.SAME and not between:
            yield from _both(removed, added)
            removed = added = ""
            yield Difference(text, Change.SAME)
    yield from _both(removed, added)


def _both(removed: str, added: str) -> Iterator[Difference]:
    if removed:
        yield Difference(removed, Change.REMOVED)
    if added:
        yield Difference(added, Change.ADDED)
