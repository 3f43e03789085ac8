"""What the pieces before and after a piece are like."""

from typing import Final

import numpy as np

from mentions.extraction.features.measures import Column, Measures, shifted

STEPS: Final = (-3, -2, -1, 1, 2, 3)
WINDOWS: Final = (5, 11, 25)  # pieces
NAMES: Final = (
    *(
        f"{name}{step:+d}"
        for step in STEPS
        for name in (
            *("size", "link_share", "good", "same_parent"),
            *(("heading", "same_element") if abs(step) == 1 else ()),
        )
    ),
    *(f"{name}_{width}" for width in WINDOWS for name in ("window_good", "window_links")),
)


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    found: list[Column] = []
    size = np.log1p(page.size)
    parent, element = page.parents[page.element].astype(float), page.element.astype(float)
    for step in STEPS:
        found += [
            shifted(size, step),
            shifted(page.link_share, step),
            shifted(page.good, step),
            shifted(parent, step) == parent,
        ]
        if abs(step) == 1:
            found += [shifted(page.heading, step), shifted(element, step) == element]
    linked = page.size * page.link_share
    for width in WINDOWS:
        if len(size) < width:
            found += [page.total_good / (float(page.size.sum()) + 1), page.link_share]
            continue
        window = np.ones(width)
        weight = np.convolve(page.size, window, "same") + 1
        found += [
            np.convolve(page.good_size, window, "same") / weight,
            np.convolve(linked, window, "same") / weight,
        ]
    return found
