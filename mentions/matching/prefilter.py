"""The first sieve, on the bytes of a page before anyone parses it. It may let too much through, never too little."""

from collections.abc import Sequence

from mentions.matching.dress import Dress


class Prefilter:
    """May these bytes hold one of the names?"""

    def __init__(self, dresses: Sequence[Dress]) -> None:
        """Prepares the search for these names."""
        self._any = bool(dresses)

    def may_match(self, body: bytes) -> bool:
        """False only when the page surely holds none of the names."""
        return self._any and bool(body)
