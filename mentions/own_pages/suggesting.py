"""Which live page of ours could stand in for one that is gone: by its address, and by the words of links to it.

Only ever a suggestion: a person decides. Where no page resembles the lost one, none is named, and never the home page:
search engines treat such a redirect as "not found" (https://developers.google.com/search/docs/crawling-indexing/
http-network-errors#soft-404-errors), and readers are lost there too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from rapidfuzz.fuzz import token_sort_ratio

from mentions.inbound.anchors import plain
from mentions.urls import canonical_url, host_of, split

LEAST_SCORE: Final = 65  # of 100; below that two addresses share a word or the name of a folder
MOST_ANCHORS: Final = 50  # of one lost page that are compared
_WORDS_OF_A_TITLE: Final = 2  # an anchor of one word says too little to find a title by
_ENDINGS: Final = re.compile(r"\.(?:html?|php\d?|aspx?|jsp|cgi|pdf)$", re.IGNORECASE)
_FILLING: Final = frozenset({"index", "default", "www", "the", "a", "of", "and", "in", "for", "der", "die", "das"})


@dataclass(frozen=True, slots=True)
class LivePage:
    """A page of ours that is there."""

    url: str  # canonical
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The page that resembles the lost one most."""

    url: str
    score: int  # LEAST_SCORE … 100
    why: str


def suggest(lost_url: str, anchors: Iterable[str], live: Sequence[LivePage]) -> Suggestion | None:
    """The live page that could stand in for the lost one; None where none resembles it. `anchors`: of links to it."""
    phrases = [
        words for anchor in list(anchors)[:MOST_ANCHORS] if len((words := plain(anchor)).split()) >= _WORDS_OF_A_TITLE
    ]
    best: tuple[tuple[int, bool, str], Suggestion] | None = None
    for page in live:
        if not _path_words(page.url) or page.url == canonical_url(lost_url):
            continue
        found = _compare(lost_url, phrases, page)
        rank = (-found.score, host_of(page.url) != host_of(lost_url), page.url)
        if found.score >= LEAST_SCORE and (best is None or rank < best[0]):
            best = rank, found
    return best[1] if best else None


def _compare(lost_url: str, phrases: Sequence[str], page: LivePage) -> Suggestion:
    by_address = max(
        token_sort_ratio(_words(lost_url), _words(page.url)),
        token_sort_ratio(_last_words(lost_url), _last_words(page.url)) - _elsewhere(lost_url, page.url),
    )
    title = plain(page.title or "")
    by_title = max((token_sort_ratio(phrase, title) for phrase in phrases), default=0.0) if title else 0.0
    if by_title > by_address:
        return Suggestion(page.url, round(by_title), "its title resembles the words of links to the lost page")
    return Suggestion(page.url, round(by_address), "its address resembles the lost one")


def _elsewhere(one: str, other: str) -> int:
    """Points off where the same last words stand in another folder: /2019/pricing is not surely /help/pricing."""
    return 0 if _path_words(one)[:-1] == _path_words(other)[:-1] else 10


def _words(url: str) -> str:
    return " ".join(word for segment in _path_words(url) for word in segment.split())


def _last_words(url: str) -> str:
    segments = _path_words(url)
    return segments[-1] if segments else ""


@lru_cache(maxsize=8_192)
def _path_words(url: str) -> tuple[str, ...]:
    """The folded words of each segment of the path and of the query, empty ones dropped; () for a home page."""
    parts = split(url)
    if parts is None:
        return ()
    segments = [*_ENDINGS.sub("", parts.path).split("/"), *parts.query.split("&")]
    folded = (plain(unquote(segment)) for segment in segments)
    kept = (" ".join(word for word in words.split() if word not in _FILLING) for words in folded)
    return tuple(words for words in kept if words)
