"""Mails in archives of mailing lists: headers, signatures and list footers are no article, quoted lines are quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mentions.extraction.article import Zone
from mentions.extraction.plain_text import ATTRIBUTION, HEADER, QUOTED, SIGNATURE
from mentions.extraction.walked import Piece, Walk

_LEAST_HEADERS: Final = 2
_LONGEST_SIGNATURE: Final = 800  # characters behind its "--"; what goes on longer is the mail again
# The lines of links above and below a mail.
_INDEX: Final = re.compile(
    r"\W*(?:(?:previous|next|prev|first|last|older|newer)(?: (?:message|by (?:date|thread|author)|in thread|thread))\b"
    r"|messages? sorted by\b|(?:maybe )?in reply to\b|contemporary messages\b|this message\b|mail actions\b"
    r"|(?:date|thread|author|subject|attachment)(?: view| index)\b"
    r"|more information about the .{1,60} (?:mailing )?list)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines of a piece: offsets into `Walk.text`, and its zone; None where the piece's own stays."""

    start: int
    end: int
    zone: Zone | None


def find_mail_parts(walk: Walk) -> dict[int, list[Part]]:
    """The parts of the pieces (by number) that belong to a mail in a `<pre>`, or to the links around it."""
    found: dict[int, list[Part]] = {}
    for pieces in _plain_texts(walk):
        found |= _mail(walk, pieces)
    if found:
        for number, piece in enumerate(walk.pieces):
            if piece.links and number not in found and _INDEX.match(walk.text, piece.start, piece.end):
                found[number] = [Part(piece.start, piece.end, Zone.BOILERPLATE)]
    return found


def _plain_texts(walk: Walk) -> Iterator[list[int]]:
    """The pieces of each `<pre>`, by number."""
    element, numbers = -1, list[int]()
    for number, piece in enumerate(walk.pieces):
        if piece.element != element and numbers:
            yield numbers
            numbers = []
        element = piece.element
        if walk.elements[element].tag == "pre":
            numbers.append(number)
    if numbers:
        yield numbers


def _mail(walk: Walk, numbers: Sequence[int]) -> dict[int, list[Part]]:
    """The parts of one `<pre>`; none where nothing in it says that it is a mail."""
    lines = [(number, *line) for number in numbers for line in _lines(walk, walk.pieces[number])]
    zones = _zones([walk.text[start:end] for _, start, end in lines])
    if all(zone is None for zone in zones):
        return {}
    parts: dict[int, list[Part]] = {}
    for (number, start, end), zone in zip(lines, zones, strict=True):
        own = parts.setdefault(number, [])
        if own and own[-1].zone is zone:
            own[-1] = Part(own[-1].start, end, zone)
        else:
            own.append(Part(start, end, zone))
    return parts


def _lines(walk: Walk, piece: Piece) -> Iterator[tuple[int, int]]:
    start = piece.start
    for line in walk.text[piece.start : piece.end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _zones(lines: Sequence[str]) -> list[Zone | None]:
    """The zone of each line of a mail; None for what its author wrote."""
    zones: list[Zone | None] = [None] * len(lines)
    heads = 0
    while heads < len(lines) and HEADER.match(lines[heads]):
        heads += 1
    if heads >= _LEAST_HEADERS:
        zones[:heads] = [Zone.BOILERPLATE] * heads
    quotes = any(QUOTED.match(after) and ATTRIBUTION.search(line) for line, after in pairwise(lines))
    signed = next((place for place, line in enumerate(lines) if SIGNATURE.match(line)), None)
    if heads < _LEAST_HEADERS and not quotes and (signed is None or lines[signed] != "--"):
        return zones
    for place, line in enumerate(lines):
        if QUOTED.match(line):
            zones[place] = Zone.QUOTE
        elif ATTRIBUTION.search(line) and place + 1 < len(lines) and QUOTED.match(lines[place + 1]):
            zones[place] = Zone.BOILERPLATE
    signature = _begin_of_signature(lines)
    zones[signature:] = [Zone.BOILERPLATE] * (len(lines) - signature)
    return zones


def _begin_of_signature(lines: Sequence[str]) -> int:
    """The first line of what stands below the mail; the number of lines where nothing does."""
    begin, size = len(lines), 0
    for place in range(len(lines) - 1, -1, -1):
        size += len(lines[place])
        if size > _LONGEST_SIGNATURE:
            break
        if SIGNATURE.match(lines[place]):
            begin = place
    return begin
