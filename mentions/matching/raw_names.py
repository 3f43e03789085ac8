"""Which names may the bytes of a page hold? Patterns for hyperscan, and what their matches are worth.

A match is looked at: the word it stands in has to be one that a name is known by. Where that is a common word
("Delivery" of "Delivery Hero"), the next word of the name has to stand beside it; or somewhere on the page, where both
stand beside mark-up, since that may hide what is between them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from typing import Final

from mentions.matching.companions import SHORT, beside, core_words, telling_words
from mentions.matching.dress import COMMON_ZIPF, Dress
from mentions.matching.fuzzy import FuzzyIndex, edits_of_a_word
from mentions.matching.lexicon import zipf
from mentions.matching.raw_patterns import (
    MIXED,
    companion_patterns,
    cut_patterns,
    dotted_patterns,
    misspelling_patterns,
    outside_ascii_patterns,
    spelling_patterns,
    symbolic_pattern,
)
from mentions.matching.raw_places import after_word, before_word, cut_word_at, word_at
from mentions.matching.raw_scanner import AS_WRITTEN, EACH, Event
from mentions.matching.raw_words import folded_parts

_LEAST_COMPANION: Final = 3  # letters of a word that tells something where it stands on a page
_LARGEST_MEMORY: Final = 100_000  # words remembered before the memory is emptied


class _Worth(Enum):
    """What a match is worth."""

    ALL = "all"  # a name may stand there
    WORD = "word"  # a name may, if one is known by the word
    CUT = "cut"  # the same for the word without the mark-up that cuts it
    COMMON = "common"  # the same, where the next word of the name may stand beside it
    ALIKE = "alike"  # the same, misspelt
    OTHER = "other"  # that next word: it counts where mark-up stands between the two
    LIKE = "like"  # the same, misspelt


_MISSPELT: Final = frozenset([_Worth.ALIKE, _Worth.LIKE])
_OF_WORD: Final = frozenset([_Worth.COMMON, _Worth.ALIKE])
_OF_OTHER: Final = frozenset([_Worth.OTHER, _Worth.LIKE])


@dataclass(frozen=True, slots=True)
class _Pair:
    """A common word by which a name is known, and the one that stands beside it."""

    word: str
    other: str
    is_before: bool  # does the other stand before the word?


Clues = set[tuple[_Pair, bool]]  # words of pairs that stand beside mark-up; True: it is the common one


class RawNames:
    """The patterns of all names."""

    def __init__(self, dresses: Sequence[Dress], fuzzy: FuzzyIndex, tells: Callable[[str], bool]) -> None:
        """Prepares the patterns of these names; while they are compiled, since it asks for word frequencies.

        `tells` says of a folded word whether a name is known by it.
        """
        self._fuzzy, self._tells = fuzzy, tells
        self._worth: dict[tuple[str, int], set[tuple[_Worth, _Pair | None]]] = defaultdict(set)  # by pattern and flags
        self._alone: set[str] = set()  # words that tell of a name without others
        self._common: set[str] = set()
        for dress, telling in zip(dresses, telling_words(dresses, fuzzy), strict=True):
            for word in telling - self._add_spelt(dress, telling):
                self._add(_Worth.WORD, self._misspellings(word))
        keys = frozenset(key for dress in dresses for key in dress.keys)
        self._misspellable = frozenset().union(*telling_words(dresses, fuzzy))
        self._add(_Worth.WORD, _each(MIXED if self._misspellable else ()))
        self._add(_Worth.ALL, _each(outside_ascii_patterns(keys, self._misspellable)))
        self.patterns: tuple[tuple[str, int], ...] = tuple(self._worth)
        self._of_pattern = tuple(map(tuple, self._worth.values()))
        self._mixed = {number for number, (pattern, _) in enumerate(self.patterns) if pattern in MIXED}
        self._forget()

    def _forget(self) -> None:
        self._weighed: dict[bytes, bool] = {}
        self._others: dict[tuple[bytes, str], bool] = {}

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_weighed": {}, "_others": {}}

    def may_name(self, data: bytes, events: Sequence[Event], clues: Clues) -> bool:
        """Do these matches in `data` make a name, with the `clues` found before? Adds those that are found now."""
        seen = {number for number, _ in events}
        others = {pair for number in seen for worth, pair in self._of_pattern[number] if worth in _OF_OTHER}
        mixed = not self._mixed.isdisjoint(seen)
        for number, end in events:
            for worth, pair in self._of_pattern[number]:
                if pair is not None and worth in _OF_WORD and pair not in others and not mixed:
                    clues.add((pair, True))  # nothing beside it, unless the other is disguised: no need to look
                    found = (pair, False) in clues
                else:
                    found = self._may_be_name(data, end, worth, pair, clues)
                if found:
                    return True
        return False

    def _may_be_name(self, data: bytes, end: int, worth: _Worth, pair: _Pair | None, clues: Clues) -> bool:
        if pair is None:
            match worth:
                case _Worth.WORD:
                    return self._is_told(word_at(data, end))
                case _Worth.CUT:
                    word = cut_word_at(data, end)
                    return word.decode("ascii", "replace").lower() in self._common or self._is_told(word)
                case _:
                    return True
        if worth in _MISSPELT:
            known = pair.word if worth is _Worth.ALIKE else pair.other
            if not any(self._is_like(part, known) for part in folded_parts(word_at(data, end))):
                return False
        is_word = worth in _OF_WORD
        beside = (before_word if pair.is_before is is_word else after_word)(data, end)
        if beside is None:
            clues.add((pair, is_word))
            return (pair, not is_word) in clues
        return is_word and self._is_other(beside, pair.other)

    def _is_other(self, word: bytes, other: str) -> bool:
        """Is this the other word of a pair: whole, inflected, misspelt, or as initials with points?"""
        known = self._others.get((word, other))
        if known is None:
            if len(self._others) >= _LARGEST_MEMORY:
                self._others.clear()
            parts = [part for run in word.split(b".") for part in folded_parts(run)]
            known = self._others[word, other] = any(
                _is_form(part, other) or self._is_like(part, other) for part in ("".join(parts), *parts)
            )
        return known

    def _is_told(self, word: bytes) -> bool:
        """Does the word tell of a name by itself?"""
        told = self._weighed.get(word)
        if told is None:
            if len(self._weighed) >= _LARGEST_MEMORY:
                self._weighed.clear()
            told = self._weighed[word] = any(
                self._fuzzy.may_be_misspelt(part, self._misspellable)
                or (self._tells(part) and (part.lower() in self._alone or part.lower() not in self._common))
                for part in folded_parts(word)
            )
        return told

    def _is_like(self, word: str, known: str) -> bool:
        return any(near == known for near, _ in self._fuzzy.near(word.lower()))

    def _add_spelt(self, dress: Dress, telling: Set[str]) -> Set[str]:
        """Adds the patterns of a name where it is spelt rightly; the words of which another has to stand beside."""
        symbolic = symbolic_pattern(dress)
        if symbolic is not None:
            self._add(_Worth.ALL, _each([symbolic]))
            return frozenset()
        alone, paired = set(), set()
        for key in dress.keys | telling:
            pair = _pair(key, dress) if zipf(key) >= COMMON_ZIPF else None
            if pair:
                paired.add(key)
                self._add(_Worth.COMMON, _each(spelling_patterns([key])), pair)
                if key in telling:
                    self._add(_Worth.ALIKE, self._misspellings(key, is_common=True), pair)
                self._add(_Worth.OTHER, _each(companion_patterns(pair.other)), pair)
                self._add(_Worth.LIKE, self._misspellings(pair.other), pair)
            else:
                alone.add(key)
        self._alone |= alone
        self._common |= paired
        self._add(_Worth.WORD, _each(spelling_patterns(alone)))
        self._add(_Worth.CUT, _each(cut_patterns(dress.keys | telling)))
        self._add(_Worth.ALL, _each(dotted_patterns(dress)))
        return paired

    def _misspellings(self, word: str, *, is_common: bool = False) -> Iterator[tuple[str, int]]:
        edits = edits_of_a_word(len(word))
        found = misspelling_patterns(word, edits, humped=word in self._fuzzy.humped, is_common=is_common)
        return ((pattern, AS_WRITTEN if as_written else EACH) for pattern, as_written in found)

    def _add(self, worth: _Worth, patterns: Iterable[tuple[str, int]], pair: _Pair | None = None) -> None:
        for pattern in patterns:
            self._worth[pattern].add((worth, pair))


def _is_form(word: str, other: str) -> bool:
    if len(other) >= SHORT:
        return word.startswith(other[:SHORT])
    return word in (other, f"{other}s", f"{other}es")


def _each(patterns: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((pattern, EACH) for pattern in patterns)


def _pair(key: str, dress: Dress) -> _Pair | None:
    """The key and the word beside it, where a page writes both in one way."""
    words = [word.lower() for word in core_words(dress)]
    if not beside(key, dress) or not all(word.isascii() and word.isalpha() for word in words):
        return None
    at = next((nth for nth, word in enumerate(words) if key.startswith(word)), None)
    if at is None or len(words) < 2:
        return None
    is_before = at > 0
    other = words[at - 1] if is_before else words[at + 1]
    return _Pair(key, other, is_before) if len(other) >= _LEAST_COMPANION else None
