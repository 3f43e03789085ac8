"""What a piece is called: its tag, the tags around it, what class names hint at, the phrases in it and above it."""

from typing import Final

import numpy as np

from mentions.extraction import cues
from mentions.extraction.features.measures import HEADINGS, Column, Ints, Measures
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import Piece

_TAGS: Final = tuple(str.split("p h1 h2 h3 h4 li td div figcaption blockquote dd dt section span"))
_AROUND: Final = tuple(
    str.split(
        "nav header footer aside article main form section ul ol li table figure details blockquote dl td p address"
    )
)
_NUMBERS: Final = {tag: number for number, tag in enumerate(_TAGS)}
_BITS: Final = {tag: 1 << number for number, tag in enumerate(_AROUND)}
NAMES: Final = (
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"in_{tag}" for tag in _AROUND),
    *(f"near_{hint.name}" for hint in Hint),
    *(f"any_{hint.name}" for hint in Hint),
    *(f"cue_{place}" for place in range(cues.COUNT)),
    *(f"heading_cue_{place}" for place in range(cues.COUNT)),
)


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    elements = page.walk.elements
    own: list[int] = []  # for each element: its hints
    hints: list[int] = []  # its hints and those of all around it
    tags: list[int] = []  # its tag and those of all around it, as bits
    for index, element in enumerate(elements):
        tag, parent = element.tag, element.parent
        said = element.hints if tag not in {"html", "body"} else 0
        own.append(said)
        hints.append(said | hints[parent] if index else said)
        tags.append(_BITS.get(tag, 0) | (tags[parent] if index else 0))
    own_hints = np.array(own)
    near = (own_hints | own_hints[page.parents])[page.element]
    near |= np.array([_inline_hints(piece) if piece.marks else 0 for piece in page.walk.pieces])
    found = cues.find_cues(page.walk.text, page.starts.tolist())
    numbers = np.array([_NUMBERS.get(tag, -1) for tag in page.tags])
    return [
        *(numbers == number for number in range(len(_TAGS))),
        *_bits(np.array(tags)[page.element], len(_AROUND)),
        *_bits(near, len(Hint)),
        *_bits(np.array(hints)[page.element], len(Hint)),
        *_bits(np.array(found), cues.COUNT),
        *_bits(np.array(_heading_cues(page, found)), cues.COUNT),
    ]


def _heading_cues(page: Measures, found: list[int]) -> list[int]:
    """For each piece, the cues of the heading it stands under."""
    cues_above, heading_cue = [], 0
    for piece, cue, tag in zip(page.walk.pieces, found, page.tags, strict=True):
        if tag in HEADINGS or piece.strong_chars * 2 > piece.end - piece.start:
            heading_cue = cue
        cues_above.append(heading_cue)
    return cues_above


def _inline_hints(piece: Piece) -> int:
    """The hints of inline elements that cover most of the piece."""
    found = 0
    for start, end, hints in piece.marks:
        if (end - start) * 2 > piece.end - piece.start:
            found |= hints
    return found


def _bits(values: Ints, count: int) -> Ints:
    """A row for each of the lowest `count` bits."""
    bits: Ints = (values >> np.arange(count)[:, None]) & 1
    return bits
