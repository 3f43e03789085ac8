"""Date and author as readers see them: in the short lines around the headline, where the markup names neither."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from mentions.extraction.dates import read_date
from mentions.extraction.walked import Walk

_BEFORE, _AFTER = 4, 12  # pieces before and after the headline that are looked at
_MAX_LINE_CHARS: Final = 140
_FIRST_PIECES: Final = 400  # menus may stand before the headline, but not more than this
_UPDATED: Final = re.compile(r"updated|modified|reviewed|aktualisiert|mis à jour|actualizado|更新", re.IGNORECASE)
_NAME: Final = r"[A-ZÀ-Þ][\w.'’-]*"
_BYLINE: Final = re.compile(
    rf"(?:^|[|•·–—\n]\s*)(?i:(?:written|posted|published|story|words)\s+)?(?i:by|von|par|por)[: \n]\s*"
    rf"({_NAME}(?: {_NAME}){{1,3}}(?:(?:, | and | und | et | y | & ){_NAME}(?: {_NAME}){{1,3}}){{0,3}})"
    r"|^(?:文|作者|著者|记者|記者)\s*[:：/／]\s*(\S{2,12})"
)


def date_near_headline(walk: Walk) -> datetime | None:
    """The first date in the lines around the headline; one that says "updated" only where there is no other."""
    updated = None
    for line in _lines(walk):
        if moment := read_date(line) or next(filter(None, map(read_date, re.split(r"[|•·–—:\n]|\bon\b", line))), None):
            if not _UPDATED.search(line):
                return moment
            updated = updated or moment
    return updated


def byline_near_headline(walk: Walk) -> str | None:
    """The names of the first "By …" in the lines around the headline."""
    for line in _lines(walk):
        if found := _BYLINE.search(line):
            return found[1] or found[2]
    return None


def _lines(walk: Walk) -> Iterator[str]:
    """The short pieces after the headline, then those just before it."""
    heads = (i for i, piece in enumerate(walk.pieces) if walk.elements[piece.element].tag == "h1")
    head = next(heads, None)
    if head is None or head > _FIRST_PIECES:
        return
    for index in (*range(head + 1, head + _AFTER), *range(max(0, head - _BEFORE), head)):
        if index < len(walk.pieces):
            piece = walk.pieces[index]
            if piece.end - piece.start <= _MAX_LINE_CHARS:
                yield walk.text[piece.start : piece.end]
