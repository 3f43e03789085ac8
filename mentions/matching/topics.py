"""What the words of the configuration are about: topics of a small thesaurus, so that "beer" is met in "Brauerei".

The thesaurus (`topics.txt`) is our own, general and multilingual; it knows trades and things, no brands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from importlib.resources import files
from typing import Final

FILE_NAME: Final = "topics.txt"
_STEM: Final = 6  # letters, as in `profiles.stem`


def topic_stem(word: str) -> str:
    """The part of a folded lower-case word by which topics are compared."""
    if len(word) > _STEM:
        return word[:_STEM]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@lru_cache(maxsize=1)
def _topics() -> Mapping[str, frozenset[str]]:
    """The stems of each topic."""
    text = files("mentions.matching").joinpath(FILE_NAME).read_text(encoding="utf-8")
    lines = (line.partition(":") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(topic_stem(word) for word in words.split()) for name, _, words in lines}


@lru_cache(maxsize=1)
def _by_stem() -> Mapping[str, frozenset[str]]:
    """The topics in which each stem stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in _topics().items():
        for word in words:
            found[word].add(name)
    return {word: frozenset(names) for word, names in found.items()}


def related(words: Iterable[str]) -> Set[str]:
    """The stems of all topics that these stems belong to."""
    by_stem, topics = _by_stem(), _topics()
    names = {name for word in words for name in by_stem.get(word, ())}
    return frozenset(word for name in names for word in topics[name])
