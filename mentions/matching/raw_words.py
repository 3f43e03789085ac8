"""The words of a page without parsing it, for lists of names too long to be patterns: every word is looked up.

What is decided of a word is remembered, so that a word costs something only when it is seen for the first time.
"""

from collections.abc import Callable, Iterator, Set
from itertools import compress, count
from typing import Final

from mentions.matching.folding import WORD, fold
from mentions.matching.raw_passages import TAG
from mentions.matching.raw_patterns import Sign
from mentions.matching.raw_text import is_single_byte, undisguised

_TAG: Final = TAG.strip()
_WORD_LETTERS: Final = bytes(
    code if code >= 0x80 or code == _TAG[0] or chr(code).isalnum() else 0x20 for code in range(256)
)
_BEYOND: Final = 30  # words beyond a tag among which the others of a name must stand: no reader sees those between
_LARGEST_MEMORY: Final = 400_000  # words remembered before the memory is emptied


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

    def look(self, text: bytes, signs: Set[Sign]) -> Iterator[tuple[bytes, Iterator[list[bytes]]]]:
        """Each telling word of some passages, and at each of its places the words around it."""
        words = _words_of(text, signs)
        telling = self._telling_of(set(words))
        if telling:
            places: dict[bytes, list[int]] = {word: [] for word in telling}
            for at in compress(count(), map(places.__contains__, words)):
                places[words[at]].append(at)
            for word, found in places.items():
                yield word, (self._around(words, at) for at in found)

    def _around(self, words: list[bytes], at: int) -> list[bytes]:
        before, after = words[max(at - self._reach, 0) : at], words[at : at + self._reach + 1]
        if _TAG in before:
            before = words[max(at - self._reach - _BEYOND, 0) : at]
        if _TAG in after:
            after = words[at : at + self._reach + _BEYOND + 1]
        return before + after

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


def folded_parts(words: bytes) -> list[str]:
    """Words of the bytes as folding and WORD see them: one word may be several where signs outside ASCII part it."""
    if words.isascii():
        return words.decode("ascii").split()
    return WORD.findall(fold(words.decode("utf-8", "replace")).text)


def _words_of(text: bytes, signs: Set[Sign]) -> list[bytes]:
    """Every word, in order; accents are left to folded_parts."""
    plain = signs - {Sign.ACCENTS}
    if plain - {Sign.UTF8_DECLARED} or is_single_byte(text, signs):
        text = undisguised(text, plain)
    if not text.isascii():  # typographic quotes and dashes, and the hard space, part words
        text = text.replace(b"\xe2\x80", b" \x80").replace(b"\xc2\xa0", b" ")
    return text.translate(_WORD_LETTERS).split()
