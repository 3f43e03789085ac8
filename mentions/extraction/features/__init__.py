"""What the zone model looks at: numbers for each piece of a page, none of which depends on one language."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mentions.extraction.features import containers, destinations, names, neighbours, place, texts
from mentions.extraction.features.measures import Floats, Ints, Matrix, Measures
from mentions.extraction.walked import Walk

_GROUPS: Final = (texts, place, containers, neighbours, names, destinations)
FEATURES: Final = tuple(name for group in _GROUPS for name in group.NAMES)


@dataclass(frozen=True, slots=True)
class Description:
    """What the two stages of the model look at, row by row for the pieces of a page."""

    rows: Matrix  # columns as in FEATURES
    size: Floats
    groups: tuple[Ints, ...]  # which pieces share parent, grandparent, and way of being marked up


def describe(walk: Walk, url: str) -> Description:
    """Describes the pieces of `walk`, of which there must be one at least."""
    page = Measures(walk, url)
    columns = np.empty((len(FEATURES), len(walk.pieces)), np.float32)  # written column by column: each in one piece
    place_of_column = 0
    for group in _GROUPS:
        for column in group.columns(page):
            after = place_of_column + (len(column) if isinstance(column, np.ndarray) and column.ndim == 2 else 1)
            columns[place_of_column:after] = column
            place_of_column = after
    above = page.parents[page.element]
    return Description(columns.T, page.size, (above, page.parents[above], page.kind))
