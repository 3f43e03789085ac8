"""The words of a page without parsing it, for lists of names too long to be patterns: every word is looked up.

What is decided of a word is remembered, so that a word costs something only when it is seen for the first time.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from itertools import compress, count
from typing import Final, NamedTuple

from mentions.matching.folding import WORD, fold
from mentions.matching.raw_breaks import Break, Layout
from mentions.matching.raw_passages import TAG
from mentions.matching.raw_patterns import Sign
from mentions.matching.raw_text import is_single_byte, undisguised

_TAG: Final = TAG.strip()
_WORD_LETTERS: Final = bytes(
    code if code >= 0x80 or code == _TAG[0] or chr(code).isalnum() else 0x20 for code in range(256)
)
_BEYOND: Final = 30  # words beyond a tag among which the others of a name must stand: no reader sees those between
_LARGEST_MEMORY: Final = 400_000  # words remembered before the memory is emptied


class Place(NamedTuple):
    """Where a word stands: the words around it, itself among them, and the number of its passage, if it is known."""

    around: Sequence[bytes]
    passage: int | None = None


class RawWords:
    """The words of a page by which it may hold a name."""

    def __init__(self, telling: Callable[[str], bool], reach: int) -> None:
        """`telling` is asked about each folded word once, in its letter case.

        `reach` is how many words from such a word the others of a name may stand where no tag stands between.
        """
        self._telling = telling
        self._reach = reach
        self._idle: set[bytes] = set()
        self._wanted: set[bytes] = set()

    def look(self, text: bytes, signs: Set[Sign]) -> "Telling":
        """The telling words of some passages."""
        words = words_of(text, signs)
        telling = self._telling_of(set(words))
        places: dict[bytes, list[int]] = {word: [] for word in telling}
        if telling:
            for at in compress(count(), map(places.__contains__, words)):
                places[words[at]].append(at)
        return Telling(words, places, self._reach, text.count(_TAG))

    def _telling_of(self, words: set[bytes]) -> set[bytes]:
        rest = words - self._idle
        new = rest - self._wanted
        if new:
            if len(self._idle) > _LARGEST_MEMORY:
                self._idle.clear()
            wanted = {word for word in new if any(map(self._telling, folded_parts(word)))}
            self._wanted |= wanted
            self._idle |= new - wanted
        return rest & self._wanted


class Telling:
    """The telling words of some passages, and where they stand."""

    def __init__(self, words: Sequence[bytes], places: Mapping[bytes, Sequence[int]], reach: int, tags: int) -> None:
        """`words` are all; `places` those that tell, with their numbers; `tags` is how many TAG stand between them."""
        self._words = words
        self._at = places
        self._reach = reach
        self._tags = tags

    def __bool__(self) -> bool:
        return bool(self._at)

    def places(self, layout: Layout | None = None) -> Iterator[tuple[bytes, Iterator[Place]]]:
        """Each telling word and its places.

        With the `layout` of the page, around each place are only those words that a name may reach from there.
        """
        # A sign of a tag in the page itself would spoil the counting.
        within = _Reach(self._words, layout) if layout and self._words.count(_TAG) == self._tags else None
        for word, found in self._at.items():
            yield word, (self._place(at, within) for at in found)

    def _place(self, at: int, within: "_Reach | None") -> Place:
        words = self._words
        first, last = max(at - self._reach, 0), at + self._reach + 1
        if _TAG in words[first:at]:
            first = max(first - _BEYOND, 0)
        if _TAG in words[at:last]:
            last += _BEYOND
        return within.place(first, at, last) if within else Place(words[first:last])


class _Reach:
    """How far a name may go from a word, over the tags of its page."""

    def __init__(self, words: Sequence[bytes], layout: Layout) -> None:
        self._words = words
        self._tags = list(_places_of(_TAG, words))
        self._layout = layout

    def place(self, first: int, at: int, last: int) -> Place:
        """The place of the word at `at`, with what of the words from `first` to `last` a name there may hold."""
        passage = bisect_left(self._tags, at)
        return Place([*self._before(first, at, passage), *self._after(at, last, passage)], passage)

    def _after(self, at: int, last: int, passage: int) -> Sequence[bytes]:
        shielded = False
        for number in range(passage, len(self._tags)):
            tag = self._tags[number]
            if tag >= last:
                break
            found = self._layout.break_behind(number)
            if found is Break.END and not shielded:
                return self._words[at:tag]
            shielded = shielded or found is Break.SHIELD
        return self._words[at:last]

    def _before(self, first: int, at: int, passage: int) -> Sequence[bytes]:
        kept: list[bytes] = []
        ended, end = False, at
        for number in range(passage - 1, -1, -1):
            tag = self._tags[number]
            if tag < first:
                break
            if not ended:
                kept[:0] = self._words[tag + 1 : end]
            found = self._layout.break_behind(number)
            ended = found is Break.END or (ended and found is Break.NONE)
            if not ended:
                kept.insert(0, _TAG)
            end = tag
        return kept if ended else [*self._words[first:end], *kept]


def _places_of(word: bytes, words: Sequence[bytes]) -> Iterator[int]:
    """Where the word stands among the words; those between are passed over without a look at each."""
    at = -1
    with suppress(ValueError):  # there is no more
        while True:
            at = words.index(word, at + 1)
            yield at


def folded_parts(words: bytes) -> list[str]:
    """Words of the bytes as folding and WORD see them: one word may be several where signs outside ASCII part it."""
    if words.isascii():
        return words.decode("ascii").split()
    return WORD.findall(fold(words.decode("utf-8", "replace")).text)


def words_of(text: bytes, signs: Set[Sign]) -> list[bytes]:
    """Every word, in order; accents are left to folded_parts."""
    plain = signs - {Sign.ACCENTS}
    if plain - {Sign.UTF8_DECLARED} or is_single_byte(text, signs):
        text = undisguised(text, plain)
    return as_words(text).split()


def as_words(text: bytes) -> bytes:
    """The text with a space instead of every sign that parts words."""
    if not text.isascii():  # typographic quotes and dashes, and the hard space, part words
        text = text.replace(b"\xe2\x80", b" \x80").replace(b"\xc2\xa0", b" ")
    return text.translate(_WORD_LETTERS)
