"""Full stops, commas, digits, capitals …: how many of each kind stand in each piece of a text."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_SIGNS: Final = {
    "stops": ".!?…。！？؟।",
    "commas": ",;:、，；：،",
    "separators": "|›•·",
    "spaces": " ",
    "breaks": "\n",
    "digits": "0123456789",
    "capitals": "".join(map(chr, (*range(0x41, 0x5B), *range(0xC0, 0xDF), *range(0x410, 0x430)))),
    "wide": "".join(
        map(chr, (*range(0x3040, 0x3100), *range(0x3400, 0xA000), *range(0xAC00, 0xD7B0), *range(0xFF00, 0xFFF0)))
    ),
}
_COLONS: Final = (ord(":"), ord("："))


def _table() -> NDArray[np.uint8]:
    """A bit for each kind of sign, at each code point of the basic plane."""
    table = np.zeros(0x10000, np.uint8)
    for place, signs in enumerate(_SIGNS.values()):
        table[[ord(sign) for sign in signs]] |= np.uint8(1 << place)
    return table


_TABLE: Final = _table()
_STOP: Final = 1 << list(_SIGNS).index("stops")


class Signs:
    """The counts for the pieces `text[starts:ends]`, which are not empty and cover all but a sign between them."""

    def __init__(self, text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        points = np.frombuffer(text.encode("utf-32-le", errors="replace"), np.uint32)
        kinds = _TABLE[np.where(points < len(_TABLE), points, 0)]
        last = ends - 1
        self.ends_with_stop = ((kinds[last] | kinds[np.maximum(last - 1, starts)]) & _STOP > 0).astype(float)
        self.ends_with_colon = np.isin(points[last], _COLONS).astype(float)
        kinds[ends[:-1]] = 0  # the line breaks between the pieces
        (
            self.stops,
            self.commas,
            self.separators,
            self.spaces,
            self.breaks,
            self.digits,
            self.capitals,
            self.wide,
        ) = (
            np.add.reduceat((kinds >> place) & 1, starts, dtype=np.int64).astype(float) for place in range(len(_SIGNS))
        )
