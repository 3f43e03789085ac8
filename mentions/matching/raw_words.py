"""The words of a page without parsing it, for lists of names too long to be patterns: every word is looked up.

What is decided of a word is remembered, so that a word costs something only when it is seen for the first time.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Final

from mentions.matching.folding import WORD, fold
from mentions.matching.raw_patterns import Sign
from mentions.matching.raw_text import is_single_byte, surroundings, undisguised

_TEXTS: Final = re.compile(rb">([^<]+)")  # between two tags
_TEXTS_AFTER_A_SIGN: Final = re.compile(rb"<([^A-Za-z/!?<][^<]*)")  # "<" that begins no tag is text as well
_WORD_LETTERS: Final = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
_AROUND: Final = 30  # words around a telling word among which the others of its name must stand
_AROUND_GLUE: Final = 300  # bytes before and after mark-up in a word
_MOST_PLACES: Final = 40  # of a word on a page; of more frequent ones the whole page is looked at
_LARGEST_MEMORY: Final = 400_000  # words remembered before the memory is emptied


# What a script must not hold to be left out unread: signs that "<script" was no tag but a word of the text.
_SIGNS_OF_TEXT: Final = (b"</p", b"</div", b"</a", b"-->")


class RawWords:
    """The words of a page by which it may hold a name."""

    def __init__(self, telling: Callable[[str], bool]) -> None:
        """`telling` is asked about each folded word once, in its letter case."""
        self._telling = telling
        self._known: set[bytes] = set()
        self._wanted: set[bytes] = set()

    def look(self, body: bytes, signs: Set[Sign], glues: Sequence[int]) -> Iterator[tuple[bytes, list[bytes]]]:
        """Each telling word at each of its places, and the words around it; `glues`: where mark-up stands in words."""
        yield from self._telling_of(_words_of(b" ".join(_texts(_without_code(body))), signs))
        if glues:
            glued = b"".join(_texts(b">" + surroundings(body, glues, _AROUND_GLUE)))
            yield from self._telling_of(_words_of(glued, signs))

    def _telling_of(self, words: list[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
        different = set(words)
        self._learn(different)
        for word in self._wanted & different:
            count = words.count(word)
            if count > _MOST_PLACES:
                yield word, words
                continue
            at = -1
            for _ in range(count):
                at = words.index(word, at + 1)
                yield word, words[max(at - _AROUND, 0) : at + _AROUND + 1]

    def _learn(self, words: set[bytes]) -> None:
        new = words - self._known
        if not new:
            return
        if len(self._known) > _LARGEST_MEMORY:
            self._known.clear()
            self._wanted.clear()
            new = words
        self._known |= new
        self._wanted.update(word for word in new if any(map(self._telling, folded_parts(word))))


def folded_parts(word: bytes) -> list[str]:
    """A word of the bytes as folding and WORD see it: one word, or several where signs outside ASCII part it."""
    if word.isascii():
        return [word.decode("ascii")]
    return WORD.findall(fold(word.decode("utf-8", "replace")).text)


def _texts(body: bytes) -> list[bytes]:
    """What stands between the tags."""
    first = body.find(b"<")
    start = body[: first if first >= 0 else len(body)]
    return [start, *_TEXTS.findall(body), *_TEXTS_AFTER_A_SIGN.findall(body)]


def _words_of(text: bytes, signs: Set[Sign]) -> list[bytes]:
    """Every word, in order; accents are left to folded_parts."""
    plain = signs - {Sign.ACCENTS}
    if plain - {Sign.UTF8_DECLARED} or is_single_byte(text, signs):
        text = undisguised(text, plain)
    if not text.isascii():  # typographic quotes and dashes, and the hard space, part words
        text = text.replace(b"\xe2\x80", b" \x80").replace(b"\xc2\xa0", b" ")
    return text.translate(_WORD_LETTERS).split()


def _without_code(body: bytes) -> bytes:
    """The page without its scripts and styles, but for those that may be text after all."""
    for start, end in ((b"<script", b"</script"), (b"<style", b"</style")):
        first, *pieces = body.split(start)
        if pieces:
            body = b"".join([first, *(_after_code(piece, start, end) for piece in pieces)])
    return body


def _after_code(piece: bytes, start: bytes, end: bytes) -> bytes:
    """What follows a script or style; all of it, where it may be text."""
    at = piece.find(end)
    if at < 0 or any(piece.find(sign, 0, at) >= 0 for sign in _SIGNS_OF_TEXT):
        return start + piece
    return piece[at:]
