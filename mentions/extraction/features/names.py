"""What a piece is called: its tag, the tags around it, what class names hint at, the phrases in it and above it."""

from typing import Final

import numpy as np

from mentions.extraction import cues
from mentions.extraction.features.measures import HEADINGS, Column, Ints, Measures
from mentions.extraction.vocabulary import UNLEARNT, Hint
from mentions.extraction.walked import CONTAINERS, ROOTS, Piece

_TAGS: Final = tuple(str.split("p h1 h2 h3 h4 li td div figcaption blockquote dd dt section span"))
_AROUND: Final = CONTAINERS[: CONTAINERS.index("figcaption")]  # those that the model has learnt
_NUMBERS: Final = {tag: number for number, tag in enumerate(_TAGS)}
_HINTS: Final = tuple(hint for hint in Hint if hint not in UNLEARNT)
NAMES: Final = (
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"in_{tag}" for tag in _AROUND),
    *(f"near_{hint.name}" for hint in _HINTS),
    *(f"any_{hint.name}" for hint in _HINTS),
    *(f"cue_{place}" for place in range(cues.COUNT)),
    *(f"heading_cue_{place}" for place in range(cues.COUNT)),
)


def columns(page: Measures) -> list[Column]:
    """The columns of NAMES, in blocks with a row for each column."""
    elements = page.walk.elements
    own = np.array([0 if element.tag in ROOTS else element.hints for element in elements])
    near = (own | own[page.parents])[page.element]
    near |= np.array([_inline_hints(piece) if piece.marks else 0 for piece in page.walk.pieces])
    around = np.array([element.around for element in elements])
    inside = np.array([element.inside for element in elements])
    found = cues.find_cues(page.walk.text, page.starts.tolist())
    numbers = np.array([_NUMBERS.get(tag, -1) for tag in page.tags])
    return [
        numbers == np.arange(len(_TAGS))[:, None],
        _bits(inside[page.element], len(_AROUND)),
        _bits(near, len(_HINTS)),
        _bits(around[page.element], len(_HINTS)),
        _bits(np.array(found), cues.COUNT),
        _bits(np.array(_heading_cues(page, found)), cues.COUNT),
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
