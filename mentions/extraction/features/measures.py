"""The measurements of one page that the groups of features share."""

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction.features.signs import Signs
from mentions.extraction.walked import Walk

Matrix = NDArray[np.float32]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Column = Floats | Ints | NDArray[np.bool_] | float

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "legend"})
_WIDE_SIGN: Final = 1.5  # letters that a sign of Chinese or Japanese counts for, besides itself
_GOOD_SIZE: Final = 80
_GOOD_LINK_SHARE: Final = 0.3


class Measures:
    """Arrays over the pieces of a page, or over its elements where it says so."""

    def __init__(self, walk: Walk, url: str) -> None:
        self.walk = walk
        self.url = url
        pieces = walk.pieces
        table = np.array([(p.start, p.end, p.element, p.link_chars, p.links, p.strong_chars, p.images) for p in pieces])
        self.starts, self.ends, self.element, link_chars, self.links, self.strong_chars, self.images = table.T
        self.signs = Signs(walk.text, self.starts, self.ends)
        self.chars: Floats = (self.ends - self.starts).astype(float)
        self.size: Floats = self.chars + _WIDE_SIGN * self.signs.wide
        self.link_share: Floats = np.minimum(link_chars / self.chars, 1.0)
        marked_off = self.signs.stops + self.signs.commas > 0
        self.good: Floats = ((self.size > _GOOD_SIZE) & (self.link_share < _GOOD_LINK_SHARE) & marked_off).astype(float)
        self.good_size: Floats = self.size * self.good
        self.total_good = float(self.good_size.sum()) + 1.0
        self.parents: Ints = np.array([e.parent for e in walk.elements])  # of the elements, as is
        self.depth: Ints = np.array([e.depth for e in walk.elements])
        self.tags = [walk.elements[p.element].tag for p in pieces]

    @cached_property
    def heading(self) -> Floats:
        """1 for the pieces in a heading."""
        return np.array([tag in HEADINGS for tag in self.tags], float)

    @cached_property
    def subtree(self) -> Floats:
        """For each element: size, linked size, good size, pieces, good pieces, stops in it and below, in columns."""
        weights = (self.size, self.size * self.link_share, self.good_size, None, self.good, self.signs.stops)
        count = len(self.parents)
        # Elements stand in document order: what is in one of them follows it in one run, up to its last.
        up_to = np.zeros((len(weights), count + 1))
        for row, weight in zip(up_to, weights, strict=True):
            np.cumsum(np.bincount(self.element, weight, count), out=row[1:])
        last = np.array([element.last for element in self.walk.elements])
        return up_to[:, last + 1] - up_to[:, :-1]

    @cached_property
    def kind(self) -> Ints:
        """A number for each piece, the same for those whose element and parent are marked up alike."""
        elements = self.walk.elements
        numbers: dict[tuple[str, str, str, str], int] = {}
        kinds = []
        for piece in self.walk.pieces:
            own = elements[piece.element]
            above = elements[own.parent]
            kinds.append(numbers.setdefault((own.tag, own.names, above.tag, above.names), len(numbers)))
        return np.array(kinds)


def shifted(values: Floats, step: int) -> Floats:
    """`values` of the piece `step` places on; 0 beyond the ends."""
    moved = np.zeros(len(values))
    if step > 0:
        moved[:-step] = values[step:]
    elif step < 0:
        moved[-step:] = values[:step]
    return moved
