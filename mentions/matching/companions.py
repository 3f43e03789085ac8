"""Does a word stand together with the other words of a name? Most pages say "group", few say "GEA Group"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mentions.matching.dress import Casing, Dress
from mentions.matching.folding import WORD
from mentions.matching.fuzzy import FuzzyIndex, words_of
from mentions.matching.raw_passages import TAG
from mentions.matching.raw_words import folded_parts

SHORT: Final = 4  # letters by which a companion is known: inflections come after them
_CONJUNCTIONS: Final = frozenset(["and", "und", "et", "y", "e", "en", "och", "og"])  # "&" may stand for each
_SHORT_ENDINGS: Final = ("", "s", "S", "es")  # of words shorter than that: see dress
_TAG: Final = TAG.strip()
_TAG_BETWEEN: Final = f" {_TAG.decode()}"
_NONE: Final[frozenset[str]] = frozenset()
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LEAST_TORN: Final = 7  # letters of a word that is also looked for in two halves
# Acronyms are written in capitals, long ones at least with one ("Unesco").
_CAPITALS: Final = {Casing.CAPITALS: 2, Casing.CAPITALS_OR_TITLE: 1}

Asked = frozenset[frozenset[str]]


class Companions:
    """For each word that a name is known by, the other words that must stand around it."""

    def __init__(self, dresses: Sequence[Dress], fuzzy: FuzzyIndex) -> None:
        """Prepares the question for these names; `fuzzy` is their index of misspellings."""
        self._fuzzy = fuzzy
        found: dict[str, set[frozenset[str]]] = defaultdict(set)
        # The same for misspellings, and how many letters of the name stand in its other words.
        misspelt: dict[str, set[tuple[frozenset[str], int]]] = defaultdict(set)
        for dress, telling in zip(dresses, telling_words(dresses, fuzzy), strict=True):
            in_capitals = dress.casing is Casing.CAPITALS
            for key in dress.keys | telling:
                others = beside(key, dress)
                found[key].add(frozenset(map(str.upper, others)) if in_capitals else others)
            for word in telling:
                letters = sum(len(other) for other in words_of(dress) if other != word)
                misspelt[word].add((beside_misspelt(word, dress), letters))
        self._others = {key: tuple(others) for key, others in found.items()}
        self._misspelt = {key: tuple(others) for key, others in misspelt.items()}
        self.longest = max((len(dress.capitals) for dress in dresses), default=1)  # words in a name

    def asked_by(self, spellings: Iterable[str]) -> Asked:
        """For these words, or what they are misspellings of: the other words of each of their names.

        None are asked for where a page may write them in several ways: numbers, words outside ASCII, words joined in
        one.
        """
        asked: set[frozenset[str]] = set()
        for spelling in spellings:
            lower = spelling.lower()
            asked.update(self._others.get(lower, ()))
            for word in self._fuzzy.promising(spelling):
                asked.update(
                    others
                    for others, letters in self._misspelt.get(word, ())
                    if self._fuzzy.may_stand_for(lower, word, letters)
                )
        return frozenset([_NONE]) if _NONE in asked else frozenset(asked)

    def stand_among(self, asked: Asked, around: Sequence[bytes]) -> bool:
        """Do the other words of one of the names stand among these words of a page?"""
        if _NONE in asked:
            return True
        page = _Around(around, self._fuzzy)
        return any(all(map(page.holds, others)) for others in asked)


class _Around:
    """The words around a place, in every way in which another word of a name is recognised."""

    def __init__(self, words: Sequence[bytes], fuzzy: FuzzyIndex) -> None:
        self._fuzzy = fuzzy
        self._words = b" ".join(words)
        self._parts = folded_parts(self._words)
        self._as_written = f" {' '.join(self._parts)} "
        self._lower = self._as_written.lower()
        self._glued: str | None = None
        self._misspelt: dict[str, set[str]] = {}  # by first letter: the words that spellings here are near to

    def holds(self, word: str) -> bool:
        """Is it there: whole, inflected, cut by mark-up, misspelt, or as initials? In capitals where it has them."""
        text = self._as_written if word.isupper() else self._lower
        if len(word) <= 2:
            return any(f" {form} " in text for form in (word, f"{word}s", " ".join(word)))
        if len(word) >= SHORT and f" {word[:SHORT]}" in text:
            return True
        if len(word) < SHORT:
            forms = (*(f"{word}{ending}" for ending in _SHORT_ENDINGS), " ".join(word))  # the last with points
            plain = text.replace(_TAG_BETWEEN, "")
            if any(f" {form} " in plain for form in forms):
                return True
        word = word.lower()
        return word in self._over_tags() or word in self._meant(word[0])

    def _over_tags(self) -> str:
        """What stands before and behind each tag, joined, in small letters: the words that mark-up cuts."""
        if self._glued is None:
            runs = self._words.replace(TAG, _TAG).split()
            joined = b" ".join(run.replace(_TAG, b"") for run in runs if _TAG in run)
            self._glued = " ".join(folded_parts(joined)).lower()
        return self._glued

    def _meant(self, letter: str) -> set[str]:
        """The words that begin with this letter, as misspellings do, and of which one stands here misspelt."""
        found = self._misspelt.get(letter)
        if found is None:
            alike = {part.lower() for part in self._parts if not part.islower()}
            found = self._misspelt[letter] = {
                near for part in alike if part[0] == letter for near, _ in self._fuzzy.near(part)
            }
        return found


def telling_words(dresses: Sequence[Dress], fuzzy: FuzzyIndex) -> Iterator[frozenset[str]]:
    """For each name, the word by which its misspellings are known; none where it is never misspelt."""
    telling: dict[str, set[str]] = defaultdict(set)
    for word, _, alias in fuzzy.telling_words(dresses):
        telling[alias].add(word)
    for dress in dresses:
        yield frozenset(telling[dress.alias])


def beside(key: str, dress: Dress) -> frozenset[str]:
    """The other words that stand beside a key of a name; none where a page may write them in several ways."""
    return _others(key, core_words(dress)) if dress.alias.isascii() else _NONE


def beside_misspelt(word: str, dress: Dress) -> frozenset[str]:
    """The other words that stand beside a misspelt word of a name: all of them."""
    if not dress.alias.isascii():
        return _NONE
    return frozenset(other for other in words_of(dress) if other != word and other.isalpha())


def core_words(dress: Dress) -> list[str]:
    """The words of a name that a page has to write: no conjunctions, no legal form at the end; two for HelloFresh."""
    tokens = [_HUMP.split(word) for word in WORD.findall(dress.folded)]
    words = [part.lower() for parts in tokens for part in (parts if min(map(len, parts)) >= 2 else ["".join(parts)])]
    return [word for word in words if word not in _CONJUNCTIONS][: len(dress.capitals)]


def _others(key: str, words: Sequence[str]) -> frozenset[str]:
    if len(words) == 1 and len(words[0]) >= _LEAST_TORN and key != words[0]:  # "Face Book": its other half
        rest = words[0].removeprefix(key).removesuffix(key)
        if len(rest) == len(words[0]) - len(key):
            return frozenset([rest])
    alone = any(
        key == word or (key.startswith(word) and len(key) <= len(word) + 2 and not "".join(words[nth:]).startswith(key))
        for nth, word in enumerate(words)
    )
    if not alone:  # words joined in one
        return _NONE
    return frozenset(word for word in words if word.isalpha() and not key.startswith(word))


def capitals_of(dresses: Iterable[Dress]) -> dict[str, int]:
    """For each word that names are known by, how many of its first letters must be capitals, as Dress.fits has it."""
    found: dict[str, int] = {}
    for dress in dresses:
        capitals = _CAPITALS.get(dress.casing, 0)
        if dress.casing is Casing.NAME and len(dress.capitals) == 1:
            capitals = int(dress.capitals[0])
        for key in dress.keys:
            found[key] = min(found.get(key, capitals), capitals)
    return found
