"""The word in which a pattern matches in the bytes of a page, and what stands beside it."""

import re
import string
from typing import Final

from mentions.matching.raw_words import as_words

_REACH: Final = 60  # bytes before and after the end of a match: its word
_MOST_TAGS: Final = 4  # in a row, in the middle of a word
_NEIGHBOUR: Final = 120  # bytes: the signs between two words of a name, spelt out as escapes, and the other word
_MOST_ESCAPES: Final = 6
_MOST_CONJUNCTIONS: Final = 3
_LETTERS: Final = (string.ascii_letters + string.digits).encode()
_WORDLIKE: Final = _LETTERS + bytes(
    range(0x80, 0x100)
)  # letters of other scripts, and dashes: too much, not too little
_SIGNS: Final = bytes(code for code in range(256) if code not in _LETTERS + b"<>;")
_ESCAPE_BEFORE: Final = re.compile(rb"&#?[A-Za-z0-9]{2,8};\Z")
_GAP_AFTER: Final = re.compile(rb"[A-Za-z0-9]*+(?:[^A-Za-z0-9<>&]|&(?:#?[A-Za-z0-9]{2,8};)?)*+")
_CONJUNCTIONS: Final = frozenset([b"and", b"und", b"et", b"y", b"e", b"en", b"och", b"og"])


def word_at(data: bytes, end: int) -> bytes:
    """The word in which a match ends, or behind which, where a sign that parts words belongs to the match."""
    last = data[end - 1 : end]
    if last.isascii() and not last.isalnum():
        end -= 1
    return _word(data, end, end)


def cut_word_at(data: bytes, end: int) -> bytes:
    """The word that is cut by the tag which stands before the end of a match, or in which that lies."""
    before = data.rfind(b"<", 0, end)
    after = data.find(b">", before) + 1
    for _ in range(_MOST_TAGS):
        if data[after : after + 1] == b"<":
            after = data.find(b">", after) + 1
        if data[before - 1 : before] == b">":
            before = data.rfind(b"<", 0, before)
    if not 0 < before < after or not _is_letter(data[before - 1 : before]) or not _is_letter(data[after : after + 1]):
        return b""
    return _word(data, before, after)


def after_word(data: bytes, end: int) -> bytes | None:
    """The word that follows the one in which a match ends, in small letters, conjunctions left out.

    None where mark-up follows, beyond which anything may stand, or where nobody can tell.
    """
    start = end
    for _ in range(_MOST_CONJUNCTIONS):
        gap = _GAP_AFTER.match(data, start, end + _NEIGHBOUR)
        start = gap.end() if gap else start
        rest = data[start : start + _NEIGHBOUR]
        word = rest[: len(rest) - len(rest.lstrip(_WORDLIKE))].lower()
        if word not in _CONJUNCTIONS:
            break
    behind = data[start + len(word) : start + len(word) + 1]
    return None if start >= end + _NEIGHBOUR or behind in b"<>" else word


def before_word(data: bytes, end: int) -> bytes | None:
    """The same for the word that stands before; points that part its letters belong to it."""
    rest = data[max(end - 2 * _NEIGHBOUR, 0) : end].rstrip(b"_").rstrip(_LETTERS + b".")
    for _ in range(_MOST_CONJUNCTIONS):
        rest = _without_signs(rest)
        word = rest[len(rest.rstrip(_WORDLIKE + b".")) :].lower()
        rest = rest[: len(rest) - len(word)]
        if word not in _CONJUNCTIONS:
            break
    return None if not rest or rest.endswith((b">", b"<")) else word


def _without_signs(text: bytes) -> bytes:
    """The text without signs and escapes at its end."""
    for _ in range(_MOST_ESCAPES):
        text = text.rstrip(_SIGNS)
        escape = _ESCAPE_BEFORE.search(text[-12:])
        if not escape:
            break
        text = text[: len(text) - len(escape[0])]
    return text


def _is_letter(sign: bytes) -> bool:
    return sign.isalnum() or not sign.isascii()


def _word(data: bytes, before: int, after: int) -> bytes:
    start = as_words(data[max(before - _REACH, 0) : before]).rpartition(b" ")[2]
    return start + as_words(data[after : after + _REACH]).partition(b" ")[0]
