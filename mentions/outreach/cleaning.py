"""Crawled text made safe for one line of a plain-text email. What a reader would see stays; what hides goes."""

import re
from typing import Final

# Control characters (C0, DEL, C1), line and paragraph separators: anything a mail program may take for a new line.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_IN_LINES: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")  # the same without "\n"
# Direction overrides and isolates, zero-width and other invisible format characters (tags included): they change
# what is read without being seen. The joiners U+200C and U+200D stay: Persian and emoji are spelt with them.
_INVISIBLE: Final = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]+")  # halves of a character, left by broken input; not UTF-8
_SPACES: Final = re.compile(r"\s+")
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # characters of writing without spaces between words


def one_line(text: str) -> str:
    """The text in one line: control characters and white space become single spaces, invisible ones go."""
    text = _SURROGATES.sub("", _INVISIBLE.sub("", _CONTROL.sub(" ", text)))
    return _SPACES.sub(" ", text).strip()


def plain_lines(text: str) -> str:
    """As one_line, but line by line: for the body of an email. Lines end in "\\n"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("", _INVISIBLE.sub("", _CONTROL_IN_LINES.sub(" ", text)))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def header_text(text: str) -> str:
    """A line that no mail program decodes into something else: one_line with `=?` (RFC 2047) broken up.

    Python 3.11.7 decodes such a word inside a title or name and writes a real second header (A-01).
    """
    return one_line(text).replace("=?", "= ?")


def display_name(text: str) -> str:
    """A name for an address header: header_text without the characters that delimit addresses (A-05)."""
    return one_line(re.sub(r'["<>@,;:\\\[\]]+', " ", header_text(text)))


def shortened(text: str, limit: int, *, around: str = "") -> str:
    """At most about `limit` characters, cut between words and marked with an ellipsis; `around` stays in it.

    A text without spaces (Chinese, Japanese) is cut between characters, and earlier: see `_room`.
    """
    limit = max(_room(text, limit), len(around))
    if len(text) <= limit:
        return text
    at = max(text.find(around), 0) if around else 0
    start = max(0, min(at - (limit - len(around)) // 2, len(text) - limit))
    end = min(start + limit, len(text))
    if start > 0:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(at + len(around), start + 1), end)
        end = space if space > 0 else end
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _room(text: str, limit: int) -> int:
    """How many characters of this text say as much as `limit` Latin letters.

    A Chinese or Japanese character stands for some three of them: two make a word, which has six letters in English.
    """
    return limit * len(text) // (len(text) + 2 * len(UNSPACED.findall(text))) if text else limit


def words(text: str) -> frozenset[str]:
    """The words of a list kept as running text."""
    return frozenset(text.split())
