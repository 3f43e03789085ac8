"""Undoes, in the bytes of a page, what keeps the letters of a word apart: accents, escapes, invisible signs."""

import re
import unicodedata
from collections.abc import Sequence, Set
from html import unescape
from typing import Final

from mentions.matching.folding import fold
from mentions.matching.raw_patterns import Sign

# In UTF-8, as folding takes them out; each pattern begins with one byte, which makes the search for it fast.
_UNSEEN: Final = (
    re.compile(rb"\xc2\xad"),
    re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xa4])"),
    re.compile(rb"\xef\xbb\xbf"),
    re.compile(rb"\xd8\x9c"),
    re.compile(rb"\xe1\xa0\x8e"),
)
_UNSEEN_ESCAPES: Final = re.compile(
    rb"&(?:shy|zwn?j|[lr]rm|#173|#820[3-7]|#65279|#x(?:ad|200[b-f]|feff));", re.IGNORECASE
)
# Escapes of letters, and those that run into the next word; the many others (&amp;, &#8217;) part words as they are.
_ESCAPE: Final = re.compile(
    rb"&(?:#[0-9]{2,3};|#[xX]0*[0-9a-fA-F]{2,3};|"
    rb"[a-zA-Z](?:acute|grave|circ|uml|tilde|ring|cedil|caron|slash|breve|macr|ogon|strok|dot);|"
    rb"(?:nbsp|copy|reg|laquo|raquo|middot|shy)(?!;))"
)
_WIDE: Final = re.compile(rb"\xef(?:\xbc[\x81-\xbf]|\xbd[\x80-\x9e])")
_MOST_TAGS: Final = 8  # long ones in a row
REACH: Final = 96  # bytes before and after a sign: more than a word of a name, each letter of it escaped
_VIETNAMESE: Final = re.compile(rb"\xe1[\xb8-\xbb][\x80-\xbf]")


def _plain_letters(lead: int) -> dict[int, bytes]:
    """For the second byte of each two-byte UTF-8 letter with this first byte: the letter as folding gives it."""
    plain = {}
    for second in range(0x80, 0xC0):
        letter = bytes((lead, second)).decode()
        plain[second] = b"" if unicodedata.combining(letter) else fold(letter).text.encode()
    return plain


def _plain_byte(code: int) -> int:
    """A byte of Windows-1252 as the letter that folding gives; what folds to no letter of ASCII stays."""
    letter = bytes((code,)).decode("cp1252", "replace")
    folded = fold(letter).text
    return ord(folded) if len(folded) == 1 and folded.isascii() and folded.isalpha() else code


_LEADS: Final = {bytes((lead,)): _plain_letters(lead) for lead in (*range(0xC3, 0xCA), 0xCC, 0xCD)}
_SINGLE_BYTES: Final = bytes(map(_plain_byte, range(256)))


def undisguised(body: bytes, signs: Set[Sign]) -> bytes:
    """The bytes with everything undone of which they show signs; plain words stay as they are."""
    if Sign.UNSEEN in signs:
        body = _UNSEEN_ESCAPES.sub(b"", body)
        for unseen in _UNSEEN:
            body = unseen.sub(b"", body)
    if signs & {Sign.ESCAPES, Sign.NUMBERS, Sign.RUN_ON}:
        body = _ESCAPE.sub(_unescaped, body)
    if is_single_byte(body, signs):
        return body.translate(_SINGLE_BYTES)
    if Sign.WIDE in signs:
        body = _WIDE.sub(_narrow, body)
    if signs & {Sign.ACCENTS, Sign.ESCAPES, Sign.NUMBERS}:
        body = _without_accents(body)
    return body


def surroundings(body: bytes, places: Sequence[int], reach: int = REACH) -> bytes:
    """What stands around these places, in order, with tags whole: all that undoing their signs can change."""
    parts: list[bytes] = []
    start = end = -1
    for place in sorted(places):
        if place > end - reach // 2:
            if end > 0:
                parts.append(body[start:end])
            start, end = _before(body, place, reach), _after(body, place, reach)
    parts.append(body[start:end])
    return b" ".join(parts)


def _before(body: bytes, place: int, reach: int) -> int:
    """`reach` bytes before the place; where these begin within a tag, as many before the tag."""
    start = max(place - reach, 0)
    for _ in range(_MOST_TAGS):
        close = body.find(b">", start, place)
        if close < 0 or body.find(b"<", start, close) >= 0:
            break
        start = max(body.rfind(b"<", 0, start) - reach, 0)
    return start


def _after(body: bytes, place: int, reach: int) -> int:
    """`reach` bytes after the place; where these end within a tag, as many after the tag."""
    end = place + reach
    for _ in range(_MOST_TAGS):
        if body.rfind(b"<", place, end) <= body.rfind(b">", place, end):
            break
        end = (body.find(b">", end) + 1 or len(body)) + reach
    return end


def is_single_byte(body: bytes, signs: Set[Sign]) -> bool:
    """Are the letters outside ASCII of these bytes single bytes, as in Latin-1?"""
    if Sign.UTF8_DECLARED in signs or body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _unescaped(match: re.Match[bytes]) -> bytes:
    text = unescape(match[0].decode("ascii"))
    # A sign that has a meaning in HTML must not become one: it parts words as well as a space does.
    return b" " if text in {"<", ">", "&"} else text.encode("utf-8", "replace")


def _narrow(match: re.Match[bytes]) -> bytes:
    narrow = fold(match[0].decode()).text
    return b" " if narrow in {"<", ">", "&"} else narrow.encode()


def _without_accents(body: bytes) -> bytes:
    """Letters of UTF-8 with two bytes, and Vietnamese ones, in their plain form; accents set apart removed."""
    for lead, plain in _LEADS.items():
        if lead in body:
            first, *pieces = body.split(lead)
            body = first + b"".join([plain.get(piece[0], b"") + piece[1:] if piece else b"" for piece in pieces])
    if b"\xe1" in body:
        body = _VIETNAMESE.sub(lambda found: fold(found[0].decode()).text.encode(), body)
    return body
