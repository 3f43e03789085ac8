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
        size, linked, good, pieces, good_pieces, _stops = page.subtree[:, level]
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
        (page.depth - page.depth[top])[page.element],
    ]


def _top(page: Measures) -> int:
    """The smallest element that holds most of what its surroundings have of good text."""
    good, good_pieces = page.subtree[2], page.subtree[4]
    index = 0
    while True:
        children = np.nonzero(page.parents == index)[0]
        children = children[children > index]  # the root is its own parent
        if not len(children):
            return index
        best = int(children[np.argmax(good[children])])  # the first of equals
        if good[best] < _MOST * good[index] or good_pieces[best] < 2:
            return index
        index = best


def _ways_to(page: Measures, top: int) -> tuple[Ints, Ints]:
    """Levels from the main box up to the common ancestor with each piece, and from there down to the piece."""
    elements = page.walk.elements
    boxes = [top]  # the main box and all around it, innermost first
    while boxes[-1]:
        boxes.append(elements[boxes[-1]].parent)
    first = np.array(boxes)[:, None]
    last = np.array([elements[box].last for box in boxes])[:, None]
    holds = (first <= page.element) & (page.element <= last)
    up = np.argmax(holds, axis=0)  # the first box that holds the piece
    down = page.depth[page.element] - page.depth[first[up, 0]]
    return np.minimum(up, _FAR), np.minimum(down, _FAR)
