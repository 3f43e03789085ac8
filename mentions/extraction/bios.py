"""What an article's author is said to be: "Jane Doe is a reporter at …", behind the article and sometimes within it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from mentions.urls import host_of

_LONGEST: Final = 1_200  # characters
_WORDS_OF_A_NAME: Final = range(2, 6)  # one word may be a nickname, a paper or a desk; six are a list
_SAID: Final = (
    r"(?:is|was|has|holds|writes|covers|joined|lives|works|reports|specializes|specialises|began|spent|leads|serves"
    r"|founded|ist|war|schreibt|arbeitet|lebt|leitet|berichtet|studierte|est|écrit|couvre|travaille|dirige|es|escribe"
    r"|trabaja|cubre|è|scrive|lavora)\b"
)
_DEGREES: Final = r"(?:,? (?:[A-Z.]{2,6},? ?){1,3})?"
_ASIDE: Final = r"(?:\s*[,(][^.]{2,80}[,)])?"


def persons(authors: Sequence[str], url: str) -> tuple[str, ...]:
    """The authors that may be persons: with a name of several words that is not the site's own."""
    site = host_of(url)
    return tuple(
        author
        for author in authors
        if len(author.split()) in _WORDS_OF_A_NAME and "".join(author.split()).casefold() not in site
    )


def is_bio(text: str, authors: Sequence[str]) -> bool:
    """Does this piece introduce one of these authors of the page?"""
    return len(text) <= _LONGEST and any(_bio_of(author).match(text) for author in authors)


@lru_cache(maxsize=1_000)
def _bio_of(author: str) -> re.Pattern[str]:
    name = r"\s+".join(re.escape(word) for word in author.split())
    return re.compile(rf"\W{{0,3}}(?:about |über )?{name}{_DEGREES}{_ASIDE}\s+{_SAID}", re.IGNORECASE)
