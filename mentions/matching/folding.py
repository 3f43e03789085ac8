"""Text as names are compared: width, accents, quotes and dashes folded, invisible characters gone.

Folding keeps places: every folded character knows where it came from, so that what is found can be cut from the page
as it stands there.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

# Characters a reader does not see: soft hyphen, zero-width characters, bidi marks, and accents set apart (NFD text).
_UNSEEN: Final = re.compile("[\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

# Han, kana, hangul and Thai are written without spaces: there, a name ends where another script begins or nowhere.
SPACELESS: Final = (
    "\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
)
WORD: Final = re.compile(rf"[^\W_{SPACELESS}]+|[{SPACELESS}]+")
IS_SPACELESS: Final = re.compile(f"[{SPACELESS}]")

_ODD_LETTERS: Final = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H"}
_PUNCTUATION: Final = {
    **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
    **dict.fromkeys("“”„‟″＂«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v", " "
    ),
    **dict.fromkeys("·‧・･•", "·"),
}


def _table() -> dict[int, str]:
    table = {ord(character): to for character, to in (_ODD_LETTERS | _PUNCTUATION).items()}
    for code in range(0xFF01, 0xFF5F):
        table.setdefault(code, chr(code - 0xFEE0))
    for start, end in ((0xC0, 0x250), (0x1E00, 0x1F00)):
        for code in range(start, end):
            base, *marks = list(unicodedata.normalize("NFKD", chr(code)))
            if base.isascii() and base.isalpha() and marks and all(unicodedata.combining(mark) for mark in marks):
                table.setdefault(code, base)
    return table


_TABLE: Final = _table()
_ASCII: Final = bytes(range(0x80))
# Translating is slow a letter: only what stands between plain ones is translated.
_FOLDABLE: Final = re.compile("[^\n -_a-~]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and the way back: `removed` holds, for each character taken out, its place in the folded text."""

    text: str
    removed: tuple[int, ...] = ()

    def place(self, offset: int) -> int:
        """Where the folded character at `offset` stands in the text that was folded."""
        return offset + bisect_right(self.removed, offset) if self.removed else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`start:end` of the folded text (not empty) as a slice of the text that was folded."""
        return self.place(start), self.place(end - 1) + 1


def fold(text: str) -> Folded:
    """`text` with letters, quotes, dashes and spaces in their plain form. Letter case stays."""
    if text.isascii():
        return Folded(text.translate(_BLANKS) if "\t" in text or "\r" in text else text)
    removed: tuple[int, ...] = ()
    beyond_ascii = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _UNSEEN.search(beyond_ascii):  # a few letters, and the search is slow for each
        removed = tuple(match.start() - nth for nth, match in enumerate(_UNSEEN.finditer(text)))
        text = _UNSEEN.sub("", text)
    return Folded(_FOLDABLE.sub(_translated, text), removed)


def _translated(match: re.Match[str]) -> str:
    return match[0].translate(_TABLE)


def folded_word(word: str) -> str:
    """One word, folded."""
    return word if word.isascii() else fold(word).text


_BLANKS: Final = dict.fromkeys((9, 11, 12, 13), " ")
