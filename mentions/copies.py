"""One story on several sites: which pages tell it, and where it comes from.

Two texts are compared by their sketches: the SKETCH smallest of the hashes of their word 3-grams (a bottom-k MinHash,
https://doi.org/10.1145/1315245.1315302). The share of the smallest hashes of both together that stand in both
estimates the share of 3-grams that the texts have in common.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zlib import crc32

from mentions.extraction.article import Article
from mentions.urls import host_of, registrable_domain

SIMILAR: Final = 0.4  # copies cut to 60 % with 5 % of the words changed reach it; unrelated pages stay below 0.07
SKETCH: Final = 128  # hashes: the estimate is off by 0.043 (one standard deviation) where the truth is 0.4
SHORTEST: Final = 40  # 3-grams: texts of fewer words share too much by chance
_KEYS: Final = 24  # two texts of similarity 0.4 share none of their 24 smallest hashes less than once in 100,000 pairs
# Pages remembered for one hash. A story that thousands of pages tell is found through a few of them as well as through
# all; comparing each with each would take a night.
_TELLERS: Final = 8
_BITS: Final = 2**64 - 1
_WORD: Final = re.compile(r"\w+")
# Scripts that write without spaces: there a letter counts as a word.
_LETTER: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def sketch(article: Article) -> bytes | None:
    """What the article's text is recognised by, 8 bytes a hash; None where it is too short to tell."""
    words = [
        word
        for block in article.blocks
        if block.zone.is_article
        for word in _words(article.text[block.start : block.end])
    ]
    codes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    hashes = {_mixed(*codes[n : n + 3]) for n in range(len(codes) - 2)}
    return array("Q", sorted(hashes)[:SKETCH]).tobytes() if len(hashes) >= SHORTEST else None


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(text.casefold()):
        yield from _LETTER.findall(word) if _LETTER.search(word) else (word,)


def _mixed(one: int, two: int, three: int) -> int:
    """64 bits from three words, in their order; the last step (of MurmurHash3) makes all bits as good as random."""
    mixed = (one * 0x9E3779B97F4A7C15 + two * 0xC2B2AE3D27D4EB4F + three * 0x165667B19E3779F9) & _BITS
    mixed = (mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCD & _BITS
    mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53 & _BITS
    return mixed ^ (mixed >> 33)


def _hashes(text_sketch: bytes) -> "array[int]":
    hashes = array("Q")
    hashes.frombytes(text_sketch[: len(text_sketch) // 8 * 8])
    return hashes


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of 3-grams that two texts have in common, 0.0 … 1.0, by their sketches."""
    ours, theirs = set(_hashes(one)), set(_hashes(other))
    smallest = sorted(ours | theirs)[:SKETCH]
    return sum(h in ours and h in theirs for h in smallest) / len(smallest) if smallest else 0.0


class Index:
    """Sketches of some pages, to find those of the same story among many others, one look each."""

    def __init__(self) -> None:
        self._sketches: dict[int, bytes] = {}
        self._by_hash: dict[int, list[int]] = defaultdict(list)

    def add(self, page_id: int, text_sketch: bytes) -> None:
        """One more page."""
        self._sketches[page_id] = text_sketch
        for value in _hashes(text_sketch)[:_KEYS]:
            tellers = self._by_hash[value]
            if len(tellers) < _TELLERS:
                tellers.append(page_id)

    def like(self, text_sketch: bytes) -> list[int]:
        """Pages whose text is a copy of this one, or the other way round; in ascending order.

        Of many pages that tell one story, not all: enough to tell which story it is.
        """
        near = {page for value in _hashes(text_sketch)[:_KEYS] for page in self._by_hash.get(value, ())}
        return [page for page in sorted(near) if similarity(self._sketches[page], text_sketch) >= SIMILAR]


class Stories:
    """Pages joined into stories. A story's name is the smallest page id that was ever joined to it."""

    def __init__(self, of: Mapping[int, int]) -> None:
        """`of`: the story of each page known so far."""
        self._parent = dict(of)

    def join(self, one: int, other: int) -> None:
        """Both pages tell one story."""
        first, second = sorted((self.of(one), self.of(other)))
        self._parent[second] = first

    def of(self, page_id: int) -> int:
        """The story that a page tells."""
        parent = self._parent.setdefault(page_id, page_id)
        while parent != self._parent.setdefault(parent, parent):
            parent = self._parent[parent]
        return parent


@dataclass(frozen=True, slots=True)
class Telling:
    """One page that tells a story, with what it says of where the story comes from."""

    page_id: int
    url: str
    publisher: str  # domain
    publisher_name: str
    published: datetime | None
    found_at: datetime
    canonical: str | None = None
    credit: str | None = None  # "Reuters", "The Conversation": whom the text names as its source
    wire: bool = False


def origin_of(tellings: Sequence[Telling]) -> tuple[Telling, str]:
    """The page where the story comes from, and how we know. At least one telling.

    A press wire first, for what stands there was copied from nowhere; then the page that another one names as its
    canonical address; then the publisher that a text credits; then the earliest date; then whichever was found first.
    """
    in_order = sorted(tellings, key=_age)
    for telling in in_order:
        if telling.wire:
            return telling, "it stands on a press wire"
    named = {t.canonical for t in tellings if t.canonical and not _same_site(t.canonical, t.url)}
    for telling in in_order:
        if telling.url in named:
            return telling, "a copy names it as the original address"
    for telling in in_order:
        if any(other.credit and other is not telling and names_publisher(other.credit, telling) for other in tellings):
            return telling, "a copy credits it"
    if in_order[0].published is None:
        return in_order[0], "it was found first; none of them carries a date"
    return in_order[0], "it has the earliest date"


def _age(telling: Telling) -> tuple[bool, datetime, datetime, int]:
    return (telling.published is None, telling.published or telling.found_at, telling.found_at, telling.page_id)


def names_publisher(credit: str, telling: Telling) -> bool:
    """Does the credit name this page's publisher, by its name or its address?"""
    said = _plain(credit)
    return bool(said) and (
        said == _plain(telling.publisher_name) or said in {_plain(telling.publisher), _plain(_label(telling.publisher))}
    )


def _plain(name: str) -> str:
    return "".join(_WORD.findall(name.casefold())).removeprefix("the").removeprefix("www")


def _label(domain: str) -> str:
    return domain.partition(".")[0]


def _same_site(one: str, other: str) -> bool:
    return registrable_domain(host_of(one)) == registrable_domain(host_of(other))


# "This article was first published on X", in the words of the languages we write in. A name ends with its sentence.
_NAME: Final = r"(?P<name>[^\W\d_][^\n,;:()|]{1,50}?)"
_END: Final = r"(?=\s*(?:[.,;:)|\n–—]|\s(?:on|am|le|el|and|und|et|y|under|unter|sous|bajo)\b|$))"
_FIRST: Final = re.compile(
    rf"(?:(?:first|originally) (?:published|appeared|posted) (?:on|in|by|at)|republished from"
    rf"|(?:zuerst|ursprünglich|erstmals) (?:erschienen|veröffentlicht) (?:in|bei|auf|im)"
    rf"|(?:publié|paru)e? (?:initialement|à l['’]origine|d['’]abord) (?:dans|sur|par|par la)"
    rf"|(?:initialement|d['’]abord) (?:publié|paru)e? (?:dans|sur|par)"
    rf"|publicado (?:originalmente|por primera vez) (?:en|por))\s+{_NAME}{_END}",
    re.IGNORECASE,
)
_VERBS: Final = ("published", "appeared", "posted", "erschienen", "veröffentlicht", "publié", "paru", "publicado")
_CREDIT_LENGTH: Final = 300  # a note about the piece, not a sentence of it


def first_published(article: Article) -> str | None:
    """Where the text says that it was published first: "The Daily Courier"; None where it does not say."""
    text = article.text.lower()
    if not any(verb in text for verb in _VERBS):
        return None
    for block in article.blocks:
        if block.end - block.start <= _CREDIT_LENGTH:
            found = _FIRST.search(article.text, block.start, block.end)
            if found:
                return " ".join(found["name"].split())
    return None
