"""Reference lists, footnotes and lists of sources: gold texts leave them out, the policy counts them as article."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.extraction.boxes import FRAME, in_frame, in_section_of
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walked import Piece, Walk

_TITLES: Final = re.compile(
    r"^\W*(?:\d+\W+)?(?:references?(?: (?:and|&) (?:notes|sources)| list| cited)?|sources?|footnotes?|endnotes?"
    r"|notes(?: and references)?|citations?|"
    r"works cited|bibliography|further reading|external links|quellen(?:angaben|verzeichnis)?|einzelnachweise|fußnoten|"
    r"literatur(?:verzeichnis)?|weblinks|références|notes et références|bibliographie"
    r"|sources et références|referencias|"
    r"fuentes|bibliografía|enlaces externos|fonti|note|bibliografia|参考文献|脚注|出典|参考资料|参考來源"
    r"|参考来源|注释|注釋)(?:\s*\[[^\]]{1,40}\])?\W*$",  # wikis put an [edit] behind their headings
    re.IGNORECASE,
)
# "…, accessed December 2025": nobody but an author says when a source was looked at.
_LOOKED_AT: Final = re.compile(
    r"\b(?:accessed|retrieved|last visited|abgerufen|zugriff|consulté|consultado|consultato|geraadpleegd)\b"
    r"[^;]{0,30}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d年.{0,8}(?:閲覧|访问|造訪)",
    re.IGNORECASE,
)
_LONGEST: Final = 500  # characters of an entry
_TITLE_CHARS: Final = 40
_TITLE_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_REFERENCES: Final = int(Hint.REFERENCES)
_ENTRY_TAGS: Final = frozenset({"li", "p", "dd", "td", "cite"})


def find_references(walk: Walk, article: Sequence[int]) -> set[int]:
    """The pieces that are references of the article, whose own pieces are `article` (by number, rising)."""
    found, title = set(), None
    first = article[0] if article else len(walk.pieces)
    for index, piece in enumerate(walk.pieces):
        if _may_be_title(walk, piece):
            title = piece.element if index > first and _is_title(walk, piece) else None
            continue
        listed = title is not None and _is_entry(walk, piece) and in_section_of(walk, piece.element, title)
        # Where these stand may be called "legal" or "disclosure", since they are small print.
        dated = index > first and _is_dated(walk, piece) and not walk.elements[piece.element].inside & FRAME
        named = listed or _is_marked(walk, piece)
        if dated or (named and not in_frame(walk, piece.element)):
            found.add(index)
    between = {index + 1 for index in found if index + 2 in found} - found
    return found | {index for index in between if _is_alike(walk, index)}


def _is_alike(walk: Walk, index: int) -> bool:
    """Is a piece between two notes marked up as they are? Not each note says when its source was looked at."""
    pieces = [walk.pieces[near] for near in (index - 1, index, index + 1)]
    alike = {(walk.elements[piece.element].parent, walk.elements[piece.element].tag) for piece in pieces}
    return len(alike) == 1 and pieces[1].end - pieces[1].start <= _LONGEST


def _may_be_title(walk: Walk, piece: Piece) -> bool:
    length = piece.end - piece.start
    return walk.elements[piece.element].tag in _TITLE_TAGS or (
        length < _TITLE_CHARS and piece.strong_chars > length / 2
    )


def _is_title(walk: Walk, piece: Piece) -> bool:
    return piece.end - piece.start < _TITLE_CHARS and bool(_TITLES.match(walk.text[piece.start : piece.end]))


def _is_entry(walk: Walk, piece: Piece) -> bool:
    return walk.elements[piece.element].tag in _ENTRY_TAGS or piece.links > 0


def _is_dated(walk: Walk, piece: Piece) -> bool:
    if piece.end - piece.start > _LONGEST:
        return False
    text = walk.text[piece.start : piece.end]
    return ("19" in text or "20" in text) and bool(_LOOKED_AT.search(text))  # few pieces name a year


def _is_marked(walk: Walk, piece: Piece) -> bool:
    """Is the piece, or one of the two boxes around it, called a reference or a footnote?"""
    element = walk.elements[piece.element]
    box = walk.elements[element.parent]
    return bool((element.hints | box.hints | walk.elements[box.parent].hints) & _REFERENCES)
