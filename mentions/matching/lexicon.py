"""What is an ordinary word? Asked only while names are compiled, never on a page.

The figures are those of wordfreq (CC BY-SA 4.0), read for the languages below. They are on the Zipf scale: the decimal
logarithm of how often a word occurs in a billion words; "the" is 7.7, "apple" 4.8, what stands once in a million 3.0.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

import wordfreq

from mentions.matching.folding import folded_word

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt")
# Halves of words that the lists cut at an apostrophe ("dell'acqua"): no words, and names may be spelt so.
_CUT_OFF: Final = frozenset(
    {"dell", "nell", "sull", "dall", "quell", "bell", "sant", "qu", "jusqu", "lorsqu", "puisqu"}
)
_ELIDING: Final = frozenset({"it", "fr"})
LEAST_ZIPF: Final = 2.0  # rarer strings are as often typos as words


@lru_cache(maxsize=1)
def _zipf_figures() -> dict[str, int]:
    """Hundredths of Zipf, the highest of all languages, by lower-case word. 0.7 s and 60 MB, once a process."""
    folder = Path(wordfreq.__file__).parent / "data"
    figures: dict[str, int] = {}
    for language in LANGUAGES:
        # A list per centibel below one: words of list 600 have a frequency of 10 ** -6.00.
        lists = wordfreq.read_cBpack(str(folder / f"large_{language}.msgpack.gz"))
        for centibels, words in enumerate(lists[: 900 - round(LEAST_ZIPF * 100) + 1]):
            figure = 900 - centibels
            for word in words:
                if figures.get(word, 0) < figure and not (language in _ELIDING and word in _CUT_OFF):
                    figures[word] = figure
    return figures


def zipf(word: str) -> float:
    """How common `word` is in the language where it is most common; 0.0 below LEAST_ZIPF."""
    return _zipf_figures().get(word.lower().replace("’", "'"), 0) / 100


def is_word(word: str) -> bool:
    """Does a dictionary-sized list hold it (names of persons, places and well-known brands included)?"""
    return zipf(word) >= LEAST_ZIPF


def forget() -> None:
    """Gives the memory of the word lists back, 100 MB, once all names are compiled. They are read again when needed."""
    _zipf_figures.cache_clear()
    _by_shape.cache_clear()


@lru_cache(maxsize=1)
def _by_shape() -> dict[tuple[str, int], list[str]]:
    shapes: dict[tuple[str, int], list[str]] = {}
    for word in map(folded_word, _zipf_figures()):
        shapes.setdefault((word[:1], len(word)), []).append(word)
    return shapes


def words_like(first_letter: str, lengths: range) -> list[str]:
    """Every listed word that begins so and is so long, without its accents, sorted."""
    return sorted({word for length in lengths for word in _by_shape().get((first_letter, length), ())})
