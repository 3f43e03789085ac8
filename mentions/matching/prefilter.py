"""The first sieve, on the bytes of a page before anyone parses it. It may let too much through, never too little.

A few names are patterns, looked for in all bytes; up to some hundred are patterns too, looked for in what stands
between the tags; of more names, every word that stands there is looked up. In the end always words decide, those around
a word that a name is known by. What is not promised: a name that mark-up cuts in three or more pieces, or that is both
misspelt and cut, wherever it stands on the page, is missed; likewise one between the words of which stand 30 others
that no reader sees.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from functools import cached_property
from itertools import chain
from typing import Final

from mentions.matching.companions import Asked, Companions, capitals_of
from mentions.matching.dress import Dress
from mentions.matching.fuzzy import FuzzyIndex
from mentions.matching.raw_breaks import Layout
from mentions.matching.raw_passages import TAG, Mark, marks_scanner, passages, without_code
from mentions.matching.raw_patterns import (
    GLUES,
    SIGNS,
    TAG_SIGN,
    TAGS,
    Sign,
    dotted_patterns,
    misspelling_patterns,
    outside_ascii_patterns,
    spelling_patterns,
)
from mentions.matching.raw_scanner import EACH, ONCE, Event, Scanner
from mentions.matching.raw_text import is_single_byte, surroundings, undisguised
from mentions.matching.raw_words import Place, RawWords, folded_parts

_MOST_IN_ALL_BYTES: Final = 4  # names; the patterns of more cost more than leaving out the tags first
_MOST_AS_PATTERNS: Final = 120  # names; more take longer to compile than they save
_PAGES_BEFORE_COMPILING: Final = 200  # a page alone is not worth the seconds that the patterns of all names take
_MOST_PLACES: Final = 2_000  # of signs on a page; more are not looked at one by one
_MOST_HITS: Final = 100  # of patterns on a page; of more, all its words are looked at
_AROUND_HIT: Final = 400  # bytes before and after it: 30 words and the tags between
_AROUND_GLUE: Final = 300  # bytes before and after mark-up in a word
_TAG_WORD: Final = TAG.strip()
_HERE: Final = frozenset(Sign) - {Sign.UTF8_DECLARED, Sign.ZERO}  # signs of which each place matters


class Prefilter:
    """May these bytes hold one of the names?"""

    def __init__(self, dresses: Sequence[Dress], fuzzy: FuzzyIndex, found_in: Callable[[str], object]) -> None:
        """Prepares the search for these names; `fuzzy` is their index of misspellings.

        `found_in` says what of them stands in a text; it is asked about single passages that seem to name one.
        """
        self._found_in = found_in
        self._dresses = tuple(dresses)
        self._fuzzy = fuzzy
        self._keys = frozenset(key for dress in dresses for key in dress.keys)
        self._capitals = capitals_of(dresses)
        self._misspellable = frozenset(word for word, _, _ in fuzzy.telling_words(dresses))
        odd = [
            *outside_ascii_patterns(self._keys, self._misspellable),
            *chain.from_iterable(map(dotted_patterns, dresses)),
        ]
        self._odd = tuple(dict.fromkeys(odd))
        self._companions = Companions(dresses, fuzzy)
        self._pages = 0
        self._forget()

    def _forget(self) -> None:
        self._scanners: dict[str, Scanner] = {}
        self._asked: dict[bytes, Asked] = {}  # what was asked for each word that tells: as many as there are of those
        self._words = RawWords(self._tells, reach=2 * self._companions.longest + 4)  # signs between are words as well

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_scanners": {}, "_words": None, "_asked": {}}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._forget()

    def may_match(self, body: bytes) -> bool:
        """False only when the page surely holds none of the names."""
        names = len(self._dresses)
        if not names:
            return False
        self._pages += 1
        if names > _MOST_AS_PATTERNS or self._pages <= _PAGES_BEFORE_COMPILING:
            return self.by_words(body)
        if names > _MOST_IN_ALL_BYTES:
            return self.by_passages(body) and self.by_words(body)
        # Patterns also match in scripts and addresses, which the words leave out; the few pages they pass are worth it.
        return self.by_patterns(body) and self.by_words(body)

    def compile(self) -> None:
        """Compiles now what would be compiled when it pays: for measuring."""
        self._pages = _PAGES_BEFORE_COMPILING
        self.may_match(b"<p>")

    def by_patterns(self, body: bytes) -> bool:
        """`may_match` by patterns of all names, in all bytes."""
        scanner, first = self._names_in_bytes(), len(SIGNS)
        events = scanner.events(body, stop_at=first)
        signs, places = _signs(events)
        if Sign.ZERO in signs or _hits(events, first):
            return True
        if is_single_byte(body, signs):
            return bool(_hits(scanner.events(undisguised(body, signs), stop_at=first), first))
        return bool(places) and bool(_hits(scanner.events(_shown(body, signs, places), stop_at=first), first))

    def by_passages(self, body: bytes) -> bool:
        """`may_match` by patterns of all names, in what stands between tags."""
        text, signs = self._text(body)
        if text is None:
            return True
        scanner = self._names_in_passages()
        events = scanner.events(text)
        if self._is_odd(events):  # before anything is undone: they are written for every charset
            return True
        found, places = _signs(events)
        signs |= found
        if is_single_byte(text, signs):
            text = undisguised(text, signs)
            return self._is_confirmed(text, scanner.events(text), set())
        if self._is_confirmed(text, events, found):
            return True
        if not places:
            return False
        text = _shown(text, signs, places)
        return self._is_confirmed(text, scanner.events(text), set())

    def by_words(self, body: bytes) -> bool:
        """`may_match` by looking up every word between the tags."""
        marks = self._scanner("glues", lambda: marks_scanner(GLUES)).events(body)
        text, signs = self._text(body, marks)
        if text is None:
            return True
        scanner, odd = self._signs_and_odd(), len(SIGNS)
        events = scanner.events(text, stop_at=odd)
        signs |= _signs(events)[0]
        if _hits(events, odd):
            return True
        if Sign.WIDE in signs and self._odd and _hits(scanner.events(undisguised(text, signs), stop_at=odd), odd):
            return True
        if self._is_told(text, signs) and self._is_told(text, signs, Layout(without_code(body, marks))):
            return True
        glues = [end for number, end in marks if number >= len(Mark)]
        if not glues:
            return False
        glued = passages(b">" + surroundings(body, glues, _AROUND_GLUE), ())
        return self._is_told(glued.replace(TAG, b""), signs)

    def _text(self, body: bytes, marks: Sequence[Event] | None = None) -> tuple[bytes | None, set[Sign]]:
        """What stands between the tags, None where that cannot be said; and what the page says of its charset."""
        if marks is None:
            marks = self._scanner("marks", marks_scanner).events(body)
        kinds = {number for number, _ in marks}
        if Mark.UNREADABLE in kinds:
            return None, set()
        return passages(body, marks), {Sign.UTF8_DECLARED} if Mark.UTF8_DECLARED in kinds else set()

    def _is_confirmed(self, text: bytes, events: Sequence[Event], signs: Set[Sign]) -> bool:
        """Do the words around the hits tell of a name, be they whole or cut by mark-up? `text` is UTF-8."""
        if self._is_odd(events):
            return True
        first = len(SIGNS) + len(self._odd)
        hits, cut = _hits(events, first), _hits(events, first + len(self._whole))
        return self._is_told_around(text, hits, signs) or self._is_told_around(text, cut, signs, glued=True)

    def _is_told_around(self, text: bytes, hits: Sequence[int], signs: Set[Sign], *, glued: bool = False) -> bool:
        if not hits:
            return False
        part = text if len(hits) > _MOST_HITS else surroundings(text, hits, _AROUND_HIT)
        return self._is_told(part.replace(TAG, b"") if glued else part, signs | {Sign.UTF8_DECLARED})

    def _is_odd(self, events: Iterable[Event]) -> bool:
        """Does one of the patterns match that need no words to confirm them?"""
        return any(len(SIGNS) <= number < len(SIGNS) + len(self._odd) for number, _ in events)

    def _is_told(self, text: bytes, signs: Set[Sign], layout: Layout | None = None) -> bool:
        """Does a word by which a name is known stand there together with the others of that name?"""
        unsaid: set[int | None] = set()  # passages that hold no name
        for word, places in self._words.look(text, signs, layout):
            asked = self._asked.get(word)
            if asked is None:
                asked = self._asked[word] = self._companions.asked_by(folded_parts(word))
            for place in places:
                if place.passage not in unsaid and self._companions.stand_among(asked, place.around):
                    if layout is None or self._may_be_said(place, layout):
                        return True
                    unsaid.add(place.passage)
        return False

    def _may_be_said(self, place: Place, layout: Layout) -> bool:
        """May a name stand at a place, be it said in the words of its passage or go on beyond that?"""
        if place.passage is None or _TAG_WORD in place.around:
            return True
        text = layout.text(place.passage)
        return text is None or bool(self._found_in(text))

    def _tells(self, word: str) -> bool:
        """Is this a word by which a page that holds a name is known?"""
        lower = word.lower()
        capitals = self._capitals.get(lower)
        if capitals is not None and word[:capitals] == word[:capitals].upper():
            return True
        return self._fuzzy.may_be_misspelt(word, self._misspellable)

    def _scanner(self, name: str, patterns: Callable[[], Scanner]) -> Scanner:
        scanner = self._scanners.get(name)
        if scanner is None:
            scanner = self._scanners[name] = patterns()
        return scanner

    def _names_in_bytes(self) -> Scanner:
        return self._scanner("bytes", lambda: _scanner(_HERE, [*self._odd, *self._patterns(TAGS)], flags=ONCE))

    def _names_in_passages(self) -> Scanner:
        return self._scanner("passages", lambda: _scanner(_HERE, [*self._odd, *self._whole, *self._cut()], flags=EACH))

    def _cut(self) -> list[str]:
        """Patterns of words that a tag cuts in two."""
        return [pattern for pattern in self._patterns([TAG_SIGN]) if TAG_SIGN in pattern]

    def _signs_and_odd(self) -> Scanner:
        return self._scanner("odd", lambda: _scanner(frozenset(), self._odd, flags=ONCE))

    @cached_property
    def _whole(self) -> list[str]:
        """Patterns of words that no mark-up cuts."""
        return self._patterns([])

    def _patterns(self, cuts: Sequence[str]) -> list[str]:
        patterns = dict.fromkeys(pattern for dress in self._dresses for pattern in spelling_patterns(dress, cuts))
        for word, edits, _ in self._fuzzy.telling_words(self._dresses):
            patterns |= dict.fromkeys(misspelling_patterns(word, edits, humped=word in self._fuzzy.humped))
        return list(patterns)


def _scanner(each: Set[Sign], names: Iterable[str], *, flags: int) -> Scanner:
    """Signs, each place reported of those in `each`, then names."""
    signs = [(pattern, EACH if sign in each else ONCE) for sign, pattern in SIGNS.items()]
    return Scanner([*signs, *((name, flags) for name in names)])


def _signs(events: Sequence[Event]) -> tuple[set[Sign], list[int]]:
    """The signs among the events, and where those stand that can be undone."""
    found = {number for number, _ in events if number < len(SIGNS)}
    return set(map(Sign, found)), [end for number, end in events if number in _HERE] if found & _HERE else []


def _hits(events: Iterable[Event], first: int) -> list[int]:
    """Where patterns numbered `first` or higher match."""
    return [end for number, end in events if number >= first]


def _shown(text: bytes, signs: Set[Sign], places: Sequence[int]) -> bytes:
    """What stands around these signs in UTF-8, undone."""
    part = surroundings(text, places) if len(places) < _MOST_PLACES else text
    return undisguised(part, signs | {Sign.UTF8_DECLARED})
