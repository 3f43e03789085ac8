"""What the boxes around a piece hold, how far it is from the page's main box, and what is marked up like it."""

from typing import Final

import numpy as np

from mentions.extraction.features.measures import Column, Ints, Measures

_LEVELS: Final = 5  # ancestors whose subtree is described
_FAR: Final = 12  # levels; beyond, all is equally far
_MOST: Final = 0.6  # share of the good text that a box must hold to be a better main box than the one around it
NAMES: Final = (
    *(
        f"{name}_{level}"
        for level in range(_LEVELS)
        for name in ("box_size", "box_links", "box_good", "box_pieces", "box_good_pieces", "box_density")
    ),
    *("top_up", "top_down", "in_top", "kind_good", "kind_density", "kind_links", "kind_count", "depth_to_top"),
)


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    return [*_boxes(page), *_main_box(page)]


def _boxes(page: Measures) -> list[Column]:
    """The boxes from the innermost outwards."""
    found: list[Column] = []
    level = page.element
    for _ in range(_LEVELS):
        size, linked, good, pieces, good_pieces, _stops = page.subtree[level].T
        found += [
            np.log1p(size),
            linked / (size + 1),
            good / page.total_good,
            np.log1p(pieces),
            good_pieces / (pieces + 1),
            good / (size + 1),
        ]
        level = page.parents[level]
    return found


def _main_box(page: Measures) -> list[Column]:
    """The way to the main box, and what all pieces of one kind are like."""
    elements = page.walk.elements
    top = _top(page)
    up, down = _ways_to(page, top)
    kind = page.kind
    kind_size = np.bincount(kind, page.size)
    kind_good = np.bincount(kind, page.good_size)
    return [
        up,
        down,
        up == 0,
        (kind_good / page.total_good)[kind],
        (kind_good / (kind_size + 1))[kind],
        (np.bincount(kind, page.size * page.link_share) / (kind_size + 1))[kind],
        np.log1p(np.bincount(kind))[kind],
        np.array([elements[p.element].depth for p in page.walk.pieces]) - elements[top].depth,
    ]


def _top(page: Measures) -> int:
    """The smallest element that holds most of what its surroundings have of good text."""
    good, good_pieces = page.subtree[:, 2].tolist(), page.subtree[:, 4].tolist()
    richest: dict[int, int] = {}  # the child with most good text, the first of equals
    for child, parent in enumerate(page.parents.tolist()):
        if child and (parent not in richest or good[child] > good[richest[parent]]):
            richest[parent] = child
    index = 0
    while (best := richest.get(index)) is not None:
        if good[best] < _MOST * good[index] or good_pieces[best] < 2:
            break
        index = best
    return index


def _ways_to(page: Measures, top: int) -> tuple[Ints, Ints]:
    """Levels from the main box up to the common ancestor with each piece, and from there down to the piece."""
    parents = page.parents.tolist()
    above = {top: 0}
    index = top
    while index:
        above[parents[index]] = above[index] + 1
        index = parents[index]
    ways: list[tuple[int, int]] = []  # for each element; its parent's comes before it
    for element, parent in enumerate(parents):
        if element in above:
            ways.append((above[element], 0))
        else:
            up, down = ways[parent]
            ways.append((up, down + 1))
    up_all, down_all = np.minimum(np.array(ways)[page.element], _FAR).T
    return up_all, down_all
