"""The words of a page: split once, looked up by every name."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from mentions.matching.dress import Casing, Dress
from mentions.matching.folding import IS_SPACELESS, SPACELESS, WORD, Folded

_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# ASCII letters and digits and every byte of other letters stay; splitting bytes is three times as fast as a pattern.
_TO_SPACES: Final = bytes(code if code > 0x7F or chr(code).isalnum() else 0x20 for code in range(256))
_WORDLIKE: Final = rf"[^\W{SPACELESS}]"
# I.B.M; the last point is optional
_DOTTED: Final = re.compile(rf"(?<!{_WORDLIKE})(?:[^\W\d_{SPACELESS}]\.){{1,12}}[^\W\d_{SPACELESS}](?!{_WORDLIKE})")
_DOT_LETTER: Final = re.compile(r"\.[^\W\d_]")  # stands in all of these, and begins with a plain sign: found fast
_RUN: Final = re.compile(r"[\w.]*")


@dataclass(frozen=True, slots=True)
class Dotted:
    """An acronym with points: where it begins, and its letters."""

    start: int
    letters: str


class PageWords:
    """A folded text, and where its words stand."""

    def __init__(self, folded: Folded) -> None:
        """Splits the text; places are looked up when they are asked for."""
        self.folded = folded
        self.lowered = folded.text.lower()
        self.spellings = words_in(folded.text)
        # A letter of which the small form is two characters: places would not agree, so look everywhere.
        self._shifted = len(self.lowered) != len(folded.text)
        self.has_spaceless = not folded.text.isascii() and bool(IS_SPACELESS.search(folded.text))
        self._dotted = list(_dotted(self.lowered))
        self.keys = self._keys()
        self._found: dict[str, list[int]] = {}

    def _keys(self) -> Set[str]:
        """Every key of the text: words, pairs of letters of scripts without spaces, acronyms; all in small letters."""
        if self._shifted or "Σ" in self.folded.text:  # its small form depends on what follows
            keys = words_in(self.lowered)
        else:
            keys = set(map(str.lower, self.spellings))
        if self.has_spaceless:
            for run in [key for key in keys if IS_SPACELESS.match(key)]:
                keys.update(run[start : start + 2] for start in range(len(run)))
        for acronym in self._dotted:
            letters = acronym.letters
            keys.update(letters[start:end] for start, end in combinations(range(len(letters) + 1), 2))
        return keys

    def places(self, form: Dress) -> Iterator[int]:
        """Where keys of a name stand, in no order."""
        if self._shifted:
            yield from range(0, len(self.folded.text), len(form.folded))
            return
        capitals = form.casing is Casing.CAPITALS
        spaced = not any(map(IS_SPACELESS.match, form.keys))
        for key in form.keys & self.keys if spaced else {key[:2] for key in form.keys}:
            for place in self._places(key):
                if not capitals or not self.folded.text[place : place + len(key)].islower():
                    yield place
        if form.is_acronym:
            yield from (acronym.start for acronym in self._dotted)

    def _places(self, key: str) -> list[int]:
        places = self._found.get(key)
        if places is None:
            spaced = not IS_SPACELESS.match(key)
            places = self._found[key] = list(_words_at(self.lowered, key) if spaced else _strings_at(self.lowered, key))
        return places


def words_in(text: str) -> set[str]:
    """The different words of a folded text, as `WORD` parts them."""
    runs = set(text.encode("utf-8", "surrogatepass").translate(_TO_SPACES).split())
    distinct = b" ".join(runs).decode("utf-8", "surrogatepass").split(" ") if runs else []
    if text.isascii():
        return set(distinct)
    words = {run for run in distinct if run.isascii()}
    words.update(WORD.findall(" ".join(run for run in distinct if not run.isascii())))
    return words


def _words_at(text: str, word: str) -> Iterator[int]:
    """Where `word` stands with no letter or digit of ASCII beside it."""
    for match in _word_pattern(word).finditer(text):
        place = match.start()
        if not place or text[place - 1] not in _LATIN:
            yield place


@lru_cache(maxsize=20_000)
def _word_pattern(word: str) -> re.Pattern[str]:
    # The letter before is looked at afterwards: a pattern that begins with plain letters is found faster.
    return re.compile(re.escape(word) + r"(?![a-z0-9])")


def _strings_at(text: str, string: str) -> Iterator[int]:
    place = text.find(string)
    while place >= 0:
        yield place
        place = text.find(string, place + len(string))


def _dotted(lowered: str) -> Iterator[Dotted]:
    """The acronyms with points of a text in small letters."""
    looked_at = 0
    for sign in _DOT_LETTER.finditer(lowered):
        if sign.start() < looked_at:
            continue
        start = sign.start()
        while start > looked_at and (lowered[start - 1] == "." or lowered[start - 1].isalnum()):
            start -= 1
        run = _RUN.match(lowered, sign.start())
        looked_at = run.end() if run else sign.end()
        for match in _DOTTED.finditer(lowered, start, looked_at):
            yield Dotted(match.start(), match[0].replace(".", ""))
