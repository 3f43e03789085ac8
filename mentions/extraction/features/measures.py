"""The measurements of one page that the groups of features share."""

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction.features.signs import Signs
from mentions.extraction.walk import Walk

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
        self.parents: Ints = np.array([e.parent for e in walk.elements])  # of the elements
        self.tags = [walk.elements[p.element].tag for p in pieces]

    @cached_property
    def heading(self) -> Floats:
        """1 for the pieces in a heading."""
        return np.array([tag in HEADINGS for tag in self.tags], float)

    @cached_property
    def subtree(self) -> Floats:
        """For each element: size, linked size, good size, pieces, good pieces, stops in it and below."""
        own = np.zeros((len(self.parents), 6))
        ones = np.ones(len(self.size))
        columns = [self.size, self.size * self.link_share, self.good_size, ones, self.good, self.signs.stops]
        np.add.at(own, self.element, np.column_stack(columns))
        depth = np.array([e.depth for e in self.walk.elements])
        order = np.argsort(-depth, kind="stable")
        borders = np.nonzero(np.diff(depth[order]))[0] + 1
        for level in np.split(order, borders)[:-1]:  # the deepest first; the root is alone at the end
            np.add.at(own, self.parents[level], own[level])
        return own

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
