"""What the text of a piece looks like."""

from typing import Final

import numpy as np

from mentions.extraction.features.measures import Column, Measures

NAMES: Final = tuple(
    str.split(
        "size link_share links words word_length stops commas stop_density comma_density ends colon capitals digits "
        "separators strong images breaks upper"
    )
)


def columns(page: Measures) -> list[Column]:
    """One column for each of NAMES."""
    signs, chars, text = page.signs, page.chars, page.walk.text
    words = signs.spaces + 1
    padded = page.size + 10
    return [
        np.log1p(page.size),
        page.link_share,
        np.minimum(page.links, 20),
        np.log1p(words),
        chars / words,
        np.log1p(signs.stops),
        np.log1p(signs.commas),
        signs.stops / padded * 100,
        signs.commas / padded * 100,
        signs.ends_with_stop,
        signs.ends_with_colon,
        signs.capitals / chars,
        signs.digits / chars,
        signs.separators,
        np.minimum(page.strong_chars / chars, 1),
        np.minimum(page.images, 5),
        signs.breaks / padded * 100,
        np.array([text[piece.start : piece.end].isupper() for piece in page.walk.pieces]),
    ]
