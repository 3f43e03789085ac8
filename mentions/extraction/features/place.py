"""Where on the page a piece stands: after the h1, near good text, on a page with how much of it."""

from typing import Final

import numpy as np

from mentions.extraction.features.measures import Column, Measures

NAMES: Final = ("has_h1", "from_h1", "page_pieces", "page_good", "page_share", "to_good")
_FAR: Final = 50  # pieces; beyond, good text is no neighbour


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    count = len(page.size)
    order = np.arange(count)
    has_head = "h1" in page.tags
    first = page.tags.index("h1") if has_head else 0
    good_at = np.nonzero(page.good)[0]
    to_good = np.full(count, _FAR)
    if len(good_at):
        after = np.searchsorted(good_at, order)
        to_next = np.abs(good_at[np.minimum(after, len(good_at) - 1)] - order)
        to_good = np.minimum(to_next, np.abs(order - good_at[np.maximum(after - 1, 0)]))
    return [
        float(has_head),
        np.clip((order - first) / 20, -2, 1),
        float(np.log1p(count)),
        float(np.log1p(page.total_good)),
        page.total_good / (float(page.size.sum()) + 1),
        np.minimum(to_good, _FAR),
    ]
