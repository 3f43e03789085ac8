"""What the second stage of the model looks at: the first stage's answers around a piece."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentions.extraction.features import FEATURES, Description
from mentions.extraction.features.measures import Matrix, shifted
from mentions.extraction.features.neighbours import STEPS, WINDOWS

_LOOKED_AT_AGAIN: Final = tuple(
    FEATURES.index(name)
    for name in str.split(
        "size link_share ends stops away_share tag_p tag_h2 tag_h3 tag_li tag_td tag_div in_figure in_aside "
        "any_RELATED any_COMMENT any_AUTHOR any_SIGNUP page_pieces heading_cue_0 heading_cue_1 heading_cue_2 "
        "heading_cue_3 heading-1 heading+1"
    )
)
_MAX_ODDS: Final = 6.0
_OUTSIDE: Final = -3.0  # log odds beyond the ends of the page
_CERTAIN: Final = 1.5
_FAR: Final = 30  # pieces


def surroundings(odds: NDArray[np.float32], page: Description) -> Matrix:
    """A row for each piece: the first stage's log odds of it, of its neighbours and of its kin."""
    count = len(odds)
    clipped = np.clip(odds.astype(np.float64), -_MAX_ODDS, _MAX_ODDS)
    size = np.minimum(page.size, 400) + 10
    sure = np.tanh(clipped / 2) * size
    whole = np.full(count, sure.sum() / size.sum())
    columns = [clipped]
    columns += [np.where(shifted(np.ones(count), step) > 0, shifted(clipped, step), _OUTSIDE) for step in STEPS]
    for width in WINDOWS:
        if count >= width:
            window = np.ones(width)
            columns.append(np.convolve(sure, window, "same") / np.convolve(size, window, "same"))
        else:
            columns.append(whole)
    for group in page.groups:
        weight = np.bincount(group, size)
        columns.append((np.bincount(group, sure) / np.maximum(weight, 1))[group])
        columns.append(np.log1p(weight)[group])
    columns += [whole, np.full(count, np.log1p((page.size * (odds > 0)).sum()))]
    certain = np.nonzero(odds > _CERTAIN)[0]
    first, last = (certain[0], certain[-1]) if len(certain) else (0, count)
    order = np.arange(count)
    columns += [np.clip(order - first, -_FAR, _FAR), np.clip(last - order, -_FAR, _FAR)]
    rows = np.column_stack(columns).astype(np.float32)
    return np.column_stack([rows, page.rows[:, _LOOKED_AT_AGAIN]])
