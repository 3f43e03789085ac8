"""Who wrote a post in a forum: the box with name, number of posts and place, the line above it, the signature below."""

import re
from typing import Final

from mentions.extraction.vocabulary import Hint
from mentions.extraction.walked import Piece, Walk

# "Posts: 41", "Join Date: Jan 2006", "Senior Member".
_PROFILE: Final = re.compile(
    r"(?:(?:(?:total )?posts|messages|topics|threads|joined|join date|registered|member since|location|from|reputation"
    r"|rep|karma|likes(?: received)?|thanks|reaction score|beiträge|themen|registriert(?: seit)?|dabei seit|wohnort"
    r"|mitglied seit|inscrit(?: le)?|inscription|localisation|mensajes|registrado|ubicación|messaggi"
    r"|iscritto(?: il)?|località|berichten|lid geworden)\s?:.{0,60}"
    r"|(?:senior|junior|new|active|regular|registered|full|veteran|super) member|member|(?:super )?moderator"
    r"|administrator|offline|online)",
    re.IGNORECASE,
)
# One line at least must be of those that stand nowhere else.
_COUNTED: Final = re.compile(
    r"join(?:ed| date)|registered\s?:|member since|(?:total )?posts|beiträge|registriert|inscri|mensajes|messaggi"
    r"|iscritto|berichten",
    re.IGNORECASE,
)
_LEAST: Final = 2  # lines of a profile
_LINE: Final = 80  # characters of the longest one
_BOX: Final = 400  # characters of all of them
_LEVELS: Final = 3  # elements above a line of a profile that its box may be
_ROOMS: Final = frozenset(str.split("html body main article section table tbody tr form ol blockquote"))
_POST: Final = int(Hint.BODY | Hint.CONTENT | Hint.FORUM)
_AUTHOR: Final = int(Hint.AUTHOR)
_SIGNATURE: Final = re.compile(r"(?:^|\n)_{5,}(?:\n|$)")
_LONGEST_SIGNATURE: Final = 300  # characters; behind such a row the post may also go on


def find_profiles(walk: Walk) -> set[int]:
    """The pieces, by number, of boxes that say who wrote a post: two lines of a profile at least, and no sentence."""
    found: set[int] = set()
    boxes: dict[int, range | None] = {}
    for number, piece in enumerate(walk.pieces):
        if number in found or not _is_line(walk, piece):
            continue
        inside = _box_around(walk, number, boxes)
        lines = {walk.text[walk.pieces[n].start : walk.pieces[n].end] for n in inside if _is_line(walk, walk.pieces[n])}
        if len(lines) >= _LEAST and any(_COUNTED.match(line) for line in lines):
            found.update(inside)
    return found


def is_byline_of_post(walk: Walk, piece: Piece) -> bool:
    """Is it the line above a post that names who wrote it, as its element is called?"""
    return piece.end - piece.start <= _LINE and bool(walk.elements[piece.element].hints & _AUTHOR)


def signature_in(text: str) -> int | None:
    """Where in the text of a post a row of underscores sets its signature apart; None where none does."""
    found = _SIGNATURE.search(text)
    return found.start() if found and len(text) - found.end() <= _LONGEST_SIGNATURE else None


def _is_line(walk: Walk, piece: Piece) -> bool:
    if piece.end - piece.start > _LINE:
        return False
    return _PROFILE.fullmatch(walk.text, piece.start, piece.end) is not None


def _box_around(walk: Walk, number: int, boxes: dict[int, range | None]) -> range:
    """The pieces of the largest box around one that holds only short lines, within some levels, and no post.

    `boxes` remembers what the boxes looked at hold.
    """
    found = range(number, number + 1)
    box = walk.pieces[number].element
    for _ in range(_LEVELS):
        if box not in boxes:
            boxes[box] = _lines_in(walk, box, number)
        inside = boxes[box]
        if inside is None:
            break
        found = inside
        box = walk.elements[box].parent
        if walk.elements[box].tag in _ROOMS or walk.elements[box].hints & _POST:
            break
    return found


def _lines_in(walk: Walk, box: int, number: int) -> range | None:
    """The pieces of a box around the one with this number; None where it holds more than lines."""
    last = walk.elements[box].last
    first, behind, size = number, number, 0
    while behind < len(walk.pieces) and box <= walk.pieces[behind].element <= last:
        size += walk.pieces[behind].end - walk.pieces[behind].start
        if size > _BOX:
            return None
        behind += 1
    while first and box <= walk.pieces[first - 1].element <= last:
        first -= 1
        size += walk.pieces[first].end - walk.pieces[first].start
        if size > _BOX:
            return None
    longest = max(piece.end - piece.start for piece in walk.pieces[first:behind])
    return range(first, behind) if longest <= _LINE else None
