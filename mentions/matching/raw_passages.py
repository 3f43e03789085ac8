"""What a reader may see of the bytes of a page, without parsing it: what stands between tags, code left out.

It may give too much (hidden text, attributes with a ">" in them), never too little. One sixth of the bytes of a page is
left; looking for tags costs as much as looking for a hundred names in all bytes.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from mentions.matching.raw_scanner import AS_WRITTEN, EACH, ONCE, Event, Scanner

TAG: Final = b" \x01 "  # a word of its own that stands where one or more tags stood
# White space at the start of a passage is left out: between most tags stands nothing else. "<" that begins no tag is
# text as well.
_PASSAGE: Final = re.compile(rb">\s*+((?!<[A-Za-z/!?])[^<]*+(?:<(?![A-Za-z/!?])[^<]*+)*+)")
_FIRST_PASSAGE: Final = re.compile(rb"[^<]*+(?:<(?![A-Za-z/!?])[^<]*+)*+")


class Mark(IntEnum):
    """What the bytes of a page show of its build."""

    SCRIPT = 0
    SCRIPT_END = 1
    STYLE = 2
    STYLE_END = 3
    UTF8_DECLARED = 4
    UNREADABLE = 5  # NUL bytes as in UTF-16, shifts of ISO-2022: nothing is undone, somebody has to parse the page


_MARKS: Final = {
    Mark.SCRIPT: ("<script", AS_WRITTEN),  # in capitals it is rare, and read as text: too much, not too little
    Mark.SCRIPT_END: ("</script", AS_WRITTEN),
    Mark.STYLE: ("<style", AS_WRITTEN),
    Mark.STYLE_END: ("</style", AS_WRITTEN),
    Mark.UTF8_DECLARED: (r"charset=[\"' ]{0,3}utf-?8", ONCE),
    Mark.UNREADABLE: (r"\x00|\x1b[$(]", ONCE),
}
_ENDS: Final[dict[int, int]] = {Mark.SCRIPT: Mark.SCRIPT_END, Mark.STYLE: Mark.STYLE_END}
_LENGTHS: Final = {mark: len(_MARKS[Mark(mark)][0]) for mark in (*_ENDS, *_ENDS.values())}
# What a script must not hold to be left out unread: signs that "<script" was no tag but a word of the text.
_SIGNS_OF_TEXT: Final = ("</p", "</div", "</a", "-->")


def marks_scanner(others: Sequence[str] = ()) -> Scanner:
    """A scanner for marks; `others` are patterns to look for in the same pass, numbered after them."""
    return Scanner([*_MARKS.values(), *((pattern, EACH) for pattern in others)])


def passages(body: bytes, marks: Sequence[Event]) -> bytes:
    """What stands between the tags of a page, in order, with TAG in between; `marks` are those of all its bytes."""
    body = without_code(body, marks)
    first = _FIRST_PASSAGE.match(body)
    return TAG.join([first[0] if first else b"", *_PASSAGE.findall(body)])


def passage_spans(body: bytes) -> list[tuple[int, int]]:
    """Where the passages that `passages` joins stand in a page without its code: start and end of each."""
    first = _FIRST_PASSAGE.match(body)
    return [(0, first.end() if first else 0), *(match.span(1) for match in _PASSAGE.finditer(body))]


def without_code(body: bytes, marks: Sequence[Event]) -> bytes:
    """The page without its scripts and styles; `marks` are those of all its bytes."""
    return b"".join(_without_code(body, marks)) if any(mark in _ENDS for mark, _ in marks) else body


def _without_code(body: bytes, marks: Sequence[Event]) -> Iterator[bytes]:
    """The page without its scripts and styles, but for those that may be text after all."""
    code = list(_code(marks))
    signs = _signs_of_text()
    all_code = not signs.matches(b"\n".join([body[start:stop] for start, stop in code]))  # once, not for each
    kept = 0  # what stands before is given already
    for start, stop in code:
        if all_code or not signs.matches(body[start:stop]):
            yield body[kept:start]
            kept = stop
    yield body[kept:]


def _code(marks: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """From where to where each script or style seems to stand."""
    opened: int | None = None
    start = 0
    for number, end in marks:
        if number in _ENDS and (opened is None or number == opened):
            opened, start = number, end - _LENGTHS[number]
        elif opened is not None and number == _ENDS[opened]:
            yield start, end - _LENGTHS[_ENDS[opened]]
            opened = None


@lru_cache(maxsize=1)
def _signs_of_text() -> Scanner:
    return Scanner([(sign, ONCE) for sign in _SIGNS_OF_TEXT])
