"""The first sieve, on the bytes of a page before anyone parses it. It may let too much through, never too little.

Up to a hundred or so names are patterns, looked for in all bytes at once; of more names, and on the few pages where a
pattern matches, every word that stands between the tags is looked up, with those around it. What is not promised: a
name that mark-up cuts in three or more pieces, or that is both misspelt and cut, wherever it stands on the page, is
missed; likewise one between the words of which stand 30 others that no reader sees.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import chain
from typing import Final

from mentions.matching.companions import Asked, Companions, capitals_of, telling_words
from mentions.matching.dress import Dress
from mentions.matching.fuzzy import FuzzyIndex
from mentions.matching.raw_breaks import Layout
from mentions.matching.raw_names import Clues, RawNames
from mentions.matching.raw_passages import TAG, Mark, marks_scanner, passages, without_code
from mentions.matching.raw_patterns import GLUES, SIGNS, Sign, dotted_patterns, outside_ascii_patterns
from mentions.matching.raw_scanner import EACH, ONCE, Event, Scanner
from mentions.matching.raw_text import is_single_byte, surroundings, undisguised
from mentions.matching.raw_words import Place, RawWords, Telling, folded_parts

_MOST_AS_PATTERNS: Final = 150  # names; more take longer to compile than they save
_PAGES_BEFORE_COMPILING: Final = 200  # a page alone is not worth the seconds that the patterns of all names take
_MOST_PLACES: Final = 2_000  # of signs, or of words, on a page; more are not looked at one by one
_MOST_EVENTS: Final = 20_000  # the same for matches of patterns
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
        self._misspellable = frozenset(chain.from_iterable(telling_words(dresses, fuzzy)))
        odd = [
            *outside_ascii_patterns(self._keys, self._misspellable),
            *chain.from_iterable(map(dotted_patterns, dresses)),
        ]
        self._odd = tuple(dict.fromkeys(odd))
        self._companions = Companions(dresses, fuzzy)
        self._names = RawNames(dresses, fuzzy, self._tells) if len(dresses) <= _MOST_AS_PATTERNS else None
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
        if not self._dresses:
            return False
        self._pages += 1
        if self._names is None or self._pages <= _PAGES_BEFORE_COMPILING:
            return self.by_words(body)
        # Patterns also match in scripts and addresses, which the words leave out; the few pages they pass are worth it.
        return self.by_patterns(body) and self.by_words(body)

    def compile(self) -> None:
        """Compiles now what would be compiled when it pays: for measuring."""
        self._pages = _PAGES_BEFORE_COMPILING
        self.may_match(b"<p>")

    def by_patterns(self, body: bytes) -> bool:
        """`may_match` by patterns of all names, in all bytes: fast, and more often in doubt than the words.

        True where there are too many names for that.
        """
        if self._names is None:
            return True
        names = self._names
        scanner = self._scanner("bytes", lambda: _scanner(_HERE, names.patterns))
        events = scanner.events(body)
        signs, places = _signs(events)
        if Sign.ZERO in signs or len(events) > _MOST_EVENTS:
            return True
        clues: Clues = set()
        if names.may_name(body, _names(events), clues):
            return True
        if is_single_byte(body, signs):
            shown = undisguised(body, signs)
        elif places:
            shown = _shown(body, signs, places)
        else:
            return False
        return names.may_name(shown, _names(scanner.events(shown)), clues)

    def by_words(self, body: bytes) -> bool:
        """`may_match` by looking up every word between the tags."""
        marks = self._scanner("glues", lambda: marks_scanner(GLUES)).events(body)
        text, signs = self._text(body, marks)
        if text is None:
            return True
        scanner, odd = self._signs_and_odd(), len(SIGNS)
        events = scanner.events(text, stop_at=odd)
        signs |= _signs(events)[0]
        if _names(events):
            return True
        if Sign.WIDE in signs and self._odd and _names(scanner.events(undisguised(text, signs), stop_at=odd)):
            return True
        told = self._words.look(text, signs)
        if told and self._is_told(told) and self._is_told(told, Layout(without_code(body, marks))):
            return True
        glues = [end for number, end in marks if number >= len(Mark)]
        if not glues:
            return False
        glued = passages(b">" + surroundings(body, glues, _AROUND_GLUE), ())
        return self._is_told(self._words.look(glued.replace(TAG, b""), signs))

    def _text(self, body: bytes, marks: Sequence[Event]) -> tuple[bytes | None, set[Sign]]:
        """What stands between the tags, None where that cannot be said; and what the page says of its charset."""
        kinds = {number for number, _ in marks}
        if Mark.UNREADABLE in kinds:
            return None, set()
        return passages(body, marks), {Sign.UTF8_DECLARED} if Mark.UTF8_DECLARED in kinds else set()

    def _is_told(self, telling: Telling, layout: Layout | None = None) -> bool:
        """Does a word by which a name is known stand there together with the others of that name?"""
        unsaid: set[int | None] = set()  # passages that hold no name
        looked_at = 0
        for word, places in telling.places(layout):
            asked = self._asked.get(word)
            if asked is None:
                asked = self._asked[word] = self._companions.asked_by(folded_parts(word))
            for place in places:
                looked_at += 1
                if looked_at > _MOST_PLACES:
                    return True
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

    def _signs_and_odd(self) -> Scanner:
        return self._scanner("odd", lambda: _scanner(frozenset(), [(pattern, ONCE) for pattern in self._odd]))


def _scanner(each: Set[Sign], names: Sequence[tuple[str, int]]) -> Scanner:
    """Signs, each place reported of those in `each`, then names."""
    signs = [(pattern, sign) for sign, patterns in SIGNS.items() for pattern in patterns]
    return Scanner(
        [*((pattern, EACH if sign in each else ONCE) for pattern, sign in signs), *names],
        [*(sign for _, sign in signs), *range(len(SIGNS), len(SIGNS) + len(names))],
    )


def _signs(events: Sequence[Event]) -> tuple[set[Sign], list[int]]:
    """The signs among the events, and where those stand that can be undone."""
    found = {number for number, _ in events if number < len(SIGNS)}
    return set(map(Sign, found)), [end for number, end in events if number in _HERE] if found & _HERE else []


def _names(events: Iterable[Event]) -> list[Event]:
    """The matches of names among the events, their patterns counted from 0."""
    return [(number - len(SIGNS), end) for number, end in events if number >= len(SIGNS)]


def _shown(text: bytes, signs: Set[Sign], places: Sequence[int]) -> bytes:
    """What stands around these signs in UTF-8, undone."""
    part = surroundings(text, places) if len(places) < _MOST_PLACES else text
    return undisguised(part, signs | {Sign.UTF8_DECLARED})
