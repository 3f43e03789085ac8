"""Where a name surely ends in the bytes of a page: at a tag that begins a block, or breaks the line.

A page that says "People" in its menu and "Health" in the next item names no firm "People Health". What stands between
two passages is read as carefully as that needs: a tag counts only where no parser could see something else in it.
"""

import re
from enum import Enum
from html import unescape
from typing import Final

from mentions.matching.raw_passages import passage_spans


class Break(Enum):
    """What the mark-up between two passages does to a name that goes on behind it."""

    NONE = "none"  # nothing, as far as anybody can tell
    END = "end"  # a name ends here
    SHIELD = "shield"  # what follows may be no mark-up, or not be shown, or be moved: no end counts behind it


# Start tags that begin a block wherever a reader sees text: extraction/walk.py ends its piece there.
# End tags are left out (those of nothing are ignored), and so are tags that parsers ignore in places, such as <form>.
ENDING_TAGS: Final = tuple(
    str.split(
        "address article aside blockquote br center dd details dialog dir div dl dt fieldset figcaption figure footer "
        "h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary ul"
    )
)
# What stands in these is not shown, or is shown elsewhere (text of a table that stands in no cell comes before it).
_SHIELDING_TAGS: Final = (
    "audio|canvas|caption|col|colgroup|embed|frameset|head|iframe|math|noembed|noframes|noscript|object|plaintext|rp|"
    "rt|script|select|style|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|video|xmp"
)
_END: Final = re.compile(rf"<(?:{'|'.join(ENDING_TAGS)})[\s/>]".encode(), re.IGNORECASE)
_SHIELD: Final = re.compile(rf"<(?:(?:{_SHIELDING_TAGS})[\s/>]|[!?]|/[^a-z]|[^<>]*<)".encode(), re.IGNORECASE)
_TAG: Final = re.compile(rb"<[^>]*>")


def break_at(between: bytes) -> Break:
    """What stands between two passages, from the "<" behind the one to the first letter of the other."""
    end, shield = _END.search(between), _SHIELD.search(between)
    if any(tag.count(b'"') & 1 or tag.count(b"'") & 1 for tag in _TAG.findall(between)):
        return Break.SHIELD  # a ">" in a quoted value, perhaps
    if shield and (end is None or shield.start() <= end.start()):
        return Break.SHIELD
    if end is None:
        return Break.NONE
    return Break.END


class Layout:
    """A page without its code: what stands behind each of its passages, numbered as `passages` joins them."""

    def __init__(self, body: bytes) -> None:
        """`body` is the page without its scripts and styles."""
        self._body = body
        self._spans = passage_spans(body)
        self._breaks: dict[int, Break] = {}

    def break_behind(self, number: int) -> Break:
        """What the mark-up behind this passage does to a name that goes on there."""
        found = self._breaks.get(number)
        if found is None:
            found = self._breaks[number] = self._looked_at(number)
        return found

    def _looked_at(self, number: int) -> Break:
        if number + 1 >= len(self._spans):
            return Break.SHIELD
        return break_at(self._body[self._spans[number][1] : self._spans[number + 1][0]])

    def text(self, number: int) -> str | None:
        """A passage as a reader sees it; None where that depends on the charset of the page."""
        start, end = self._spans[number]
        passage = self._body[start:end]
        return " ".join(unescape(passage.decode("ascii")).split()) if passage.isascii() else None
