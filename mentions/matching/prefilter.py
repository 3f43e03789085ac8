"""The first sieve, on the bytes of a page before anyone parses it. It may let too much through, never too little.

Short lists of names become patterns, long ones are looked up word by word. What is not promised: a name that mark-up
cuts in three or more pieces, or that is both misspelt and cut, wherever it stands on the page, is missed; likewise one
between the words of which stand 30 others that no reader sees.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import hyperscan

from mentions.matching.dress import Dress
from mentions.matching.folding import WORD
from mentions.matching.fuzzy import FuzzyIndex
from mentions.matching.raw_patterns import (
    GLUES,
    SIGNS,
    Sign,
    dotted_patterns,
    misspelling_patterns,
    outside_ascii_patterns,
    spelling_patterns,
)
from mentions.matching.raw_text import is_single_byte, surroundings, undisguised
from mentions.matching.raw_words import RawWords, folded_parts

_MOST_AS_PATTERNS: Final = 120  # names; more take longer to compile than they save
_PAGES_BEFORE_COMPILING: Final = 200  # a page alone is not worth the seconds that the patterns of all names take
_MOST_PLACES: Final = 2_000  # of signs on a page; more are not looked at one by one
_START: Final = 4  # letters by which a companion is known: inflections come after them
_EACH: Final = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_DOTALL
_ONCE: Final = _EACH | hyperscan.HS_FLAG_SINGLEMATCH
_HERE: Final = frozenset(Sign) - {Sign.UTF8_DECLARED, Sign.ZERO}  # signs of which each place matters


class Prefilter:
    """May these bytes hold one of the names?"""

    def __init__(self, dresses: Sequence[Dress], fuzzy: FuzzyIndex) -> None:
        """Prepares the search for these names; `fuzzy` is their index of misspellings."""
        self._dresses = tuple(dresses)
        self._fuzzy = fuzzy
        self._keys = frozenset(key for dress in dresses for key in dress.keys)
        self._misspellable = frozenset(word for word, _, _ in fuzzy.telling_words(dresses))
        odd = [
            *outside_ascii_patterns(self._keys, self._misspellable),
            *chain.from_iterable(map(dotted_patterns, dresses)),
        ]
        self._odd = tuple(dict.fromkeys(odd))
        self._companions = _companions(dresses)
        self._pages = 0
        self._forget()

    def _forget(self) -> None:
        self._signs: _Scanner | None = None
        self._names: _Scanner | None = None
        self._words = RawWords(self._tells)

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_signs": None, "_names": None, "_words": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._forget()

    def may_match(self, body: bytes) -> bool:
        """False only when the page surely holds none of the names."""
        if not self._dresses:
            return False
        self._pages += 1
        if len(self._dresses) > _MOST_AS_PATTERNS or self._pages <= _PAGES_BEFORE_COMPILING:
            return self.by_words(body)
        # Patterns also match in scripts and addresses, which the words leave out; the few pages they pass are worth it.
        return self.by_patterns(body) and self.by_words(body)

    def compile(self) -> None:
        """Compiles now what would be compiled when it pays: for measuring."""
        self._pages = _PAGES_BEFORE_COMPILING
        self.may_match(b"<p>")

    def by_patterns(self, body: bytes) -> bool:
        """`may_match` by patterns of all names."""
        if self._names is None:
            self._names = _Scanner([*SIGNS.values()], [*self._odd, *self._patterns()])
        named, signs = self._names.look(body)
        if named or Sign.ZERO in signs:
            return True
        places = self._names.places
        if is_single_byte(body, signs):
            return self._names.look(undisguised(body, signs))[0]
        if not places:
            return False
        signs = signs | {Sign.UTF8_DECLARED}
        part = surroundings(body, places) if len(places) < _MOST_PLACES else body
        return self._names.look(undisguised(part, signs))[0]

    def _patterns(self) -> list[str]:
        patterns = dict.fromkeys(pattern for dress in self._dresses for pattern in spelling_patterns(dress))
        for word, edits, _ in self._fuzzy.telling_words(self._dresses):
            patterns |= dict.fromkeys(misspelling_patterns(word, edits))
        return list(patterns)

    def by_words(self, body: bytes) -> bool:
        """`may_match` by looking up every word of the page."""
        if self._signs is None:
            self._signs = _Scanner([*SIGNS.values(), *GLUES], self._odd)
        named, signs = self._signs.look(body)
        if named or Sign.ZERO in signs:
            return True
        if Sign.WIDE in signs and self._odd and self._signs.look(undisguised(body, signs))[0]:
            return True
        found = self._words.look(body, signs, self._signs.glues)
        return any(self._is_accompanied(word, around) for word, around in found)

    def _is_accompanied(self, word: bytes, around: Sequence[bytes]) -> bool:
        """Does this word, or what it is a misspelling of, stand together with the other words of its name?"""
        asked: set[frozenset[str]] = set()
        for lower in map(str.lower, folded_parts(word)):
            for known in {lower, *(near for near, _ in self._fuzzy.near(lower))}:
                asked.update(self._companions.get(known, ()))
        if not asked or frozenset() in asked:
            return bool(asked)
        parts = {part for other in around for part in folded_parts(other)}
        starts = {part.lower()[:_START] for part in parts}
        misspelt: set[str] | None = None
        for others in asked:
            missing = {other for other in others if other[:_START] not in starts}
            if missing and misspelt is None:
                capital = {part.lower() for part in parts if not part.islower()}
                misspelt = {near for part in capital for near, _ in self._fuzzy.near(part)}
            if not missing or missing <= (misspelt or set()):
                return True
        return False

    def _tells(self, word: str) -> bool:
        """Is this a word by which a page that holds a name is known?"""
        lower = word.lower()
        if lower in self._keys:
            return True
        return self._fuzzy.may_be_misspelt(word, self._misspellable)


def _companions(dresses: Sequence[Dress]) -> dict[str, list[frozenset[str]]]:
    """For each key the other words that a page must hold as well, for each name of that key.

    None are asked for where a page may write them in several ways: short words, numbers, words outside ASCII, joined
    spellings.
    """
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for dress in dresses:
        words = WORD.findall(dress.folded.lower())
        plain = dress.alias.isascii() and not any(dress.humps)
        for key in dress.keys | set(words):
            others = {
                word for word in words if plain and len(word) > _START and word.isalpha() and not key.startswith(word)
            }
            joined = not any(key.startswith(word) and len(key) <= len(word) + 2 for word in words)
            found[key].append(frozenset() if joined else frozenset(others))
    return dict(found)


class _Scanner:
    """Patterns compiled together: signs first, each reported; names last, of which one is enough."""

    def __init__(self, signs: Sequence[str], names: Sequence[str]) -> None:
        self._signs = len(signs)
        self.glues: list[int] = []  # where the last page showed one of the GLUES
        self.places: list[int] = []  # where the last page showed signs that undisguised undoes
        self._database: Any = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        expressions = [pattern.encode("ascii") for pattern in (*signs, *names)]
        each = {*_HERE, *range(len(SIGNS), len(signs))}
        flags = [_EACH if number in each else _ONCE for number in range(len(expressions))]
        self._database.compile(expressions=expressions, flags=flags)

    def look(self, body: bytes) -> tuple[bool, set[Sign]]:
        """Does a name match? If not, which signs are there?"""
        found: set[int] = set()
        places: list[int] = []
        glues: list[int] = []
        here, first_glue, names = _HERE, len(SIGNS), self._signs

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            found.add(number)
            if number in here:
                places.append(end)
            elif number >= first_glue:
                glues.append(end)
            return number >= names

        try:
            self._database.scan(body, match_event_handler=note)
        except hyperscan.ScanTerminated:
            return True, set()
        self.places = places
        self.glues = glues
        return False, {Sign(number) for number in found if number < len(SIGNS)}
