"""How often is a word written small? Counted by us on real pages; asked only while names are compiled.

A word list knows that "dell" and "target" exist; it does not know that the one is nearly always a name and the other
nearly never. `python benchmarks/letter_case.py` counts, on the pages beside the checkout, on how many sites a word is
written small and on how many with a capital, and writes `letter_case.txt.gz`: the word, and tenths of the share of
sites that write it small (a = 0.0 … k = 1.0). Figures, no text of those pages.
"""

import gzip
from functools import lru_cache
from importlib.resources import files

FILE_NAME = "letter_case.txt.gz"


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    packed = files("mentions.matching").joinpath(FILE_NAME).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {line[:-1]: (ord(line[-1]) - ord("a")) / 10 for line in lines}


def small_share(word: str) -> float | None:
    """The share of sites that write this lower-case word small; None where we counted too few."""
    return _shares().get(word)
