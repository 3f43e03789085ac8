"""The words of a page without parsing it, for lists of names too long to be patterns: every word is looked up.

What is decided of a word is remembered, so that a word costs something only when it is seen for the first time.
"""

import re
from collections.abc import Callable, Set
from typing import Final

from mentions.matching.folding import WORD, fold
from mentions.matching.raw_patterns import Sign
from mentions.matching.raw_text import is_single_byte, undisguised

_TEXTS: Final = re.compile(rb">([^<]+)")  # between two tags
_TEXTS_AFTER_A_SIGN: Final = re.compile(rb"<([^A-Za-z/!?<][^<]*)")  # "<" that begins no tag is text as well
_WORD_LETTERS: Final = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
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

    def look(self, body: bytes, signs: Set[Sign], *, glued: bool) -> tuple[set[str], set[bytes]]:
        """The telling words, folded, and all words. `glued`: mark-up may stand within words."""
        body = _without_scripts(body)
        first = body.find(b"<")
        texts = [body[: first if first >= 0 else len(body)], *_TEXTS.findall(body), *_TEXTS_AFTER_A_SIGN.findall(body)]
        words = self._words_of(b" ".join(texts), signs)
        if glued:
            words |= self._words_of(b"".join(texts), signs)
        self._learn(words)
        return {part for word in self._wanted & words for part in folded_parts(word)}, words

    @staticmethod
    def _words_of(text: bytes, signs: Set[Sign]) -> set[bytes]:
        plain = signs - {Sign.ACCENTS}
        if plain - {Sign.UTF8_DECLARED} or is_single_byte(text, signs):
            text = undisguised(text, plain)
        # Typographic quotes and dashes, and the hard space, part words.
        spaced = text.replace(b"\xe2\x80", b" \x80").replace(b"\xc2\xa0", b" ")
        return set(spaced.translate(_WORD_LETTERS).split())

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


def _without_scripts(body: bytes) -> bytes:
    """The page without its scripts, but for those that may be text after all."""
    first, *pieces = body.split(b"<script")
    kept = [first]
    for piece in pieces:
        end = piece.find(b"</script")
        script = piece[:end] if end >= 0 else b""
        if end < 0 or any(sign in script for sign in _SIGNS_OF_TEXT):
            kept.append(b"<script" + piece)
        else:
            kept.append(piece[end:])
    return b"".join(kept)
