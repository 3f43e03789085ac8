"""What stands around a candidate: its block, its sentence, its neighbours. Facts only; `signs` says what they mean."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mentions.extraction.article import Article, Block, Link
from mentions.links import LinkKind
from mentions.matching.folding import fold
from mentions.matching.mention import Candidate
from mentions.matching.page_words import words_in
from mentions.matching.profiles import stems, words_of
from mentions.matching.sentences import sentence_span

_WORD: Final = re.compile(r"[^\W_]+(?:'[a-z]{1,2}\b)?")
_SMALL_WORD: Final = re.compile(r"(?<![\w.@/-])[^\W\d_A-Z][^\W\d_]*(?![\w@/])")
_CLOSE: Final = 70  # characters before and after that are looked at
_LONG: Final = 3000  # characters of a block that is more than a paragraph
_SHOUTED: Final = 0.8  # share of capitals from which a block is in capitals
_TITLED: Final = 0.7  # share of capitalised long words from which a block is in title case
_OPENERS: Final = "\"'([{„“‚«»›‹-·*•#>|"


@dataclass(frozen=True)
class BlockShape:
    """How a block of text is written."""

    shouted: bool  # in capitals
    titled: bool  # as headings are in English, or a label: capitals say nothing here
    words: int


def shape_of(text: str) -> BlockShape:
    """The shape of a block's text."""
    words = [word for word in _WORD.findall(text) if word[0].isalpha()]
    letters = [letter for letter in text if letter.isalpha() and letter.lower() != letter.upper()]
    shouted = len(letters) > 3 and sum(map(str.isupper, letters)) >= _SHOUTED * len(letters)
    long_words = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    ends_as_sentence = text.rstrip()[-1:] in {".", "!", "?", "…", "。"}
    titled = (
        not shouted
        and bool(long_words)
        and capitals >= _TITLED * len(long_words)
        and (len(words) <= 3 or not ends_as_sentence)
    )
    return BlockShape(shouted, titled, len(words))


class PageView:
    """An article as senses look at it: what is needed for every candidate is made once."""

    def __init__(self, article: Article) -> None:
        """Looks at nothing yet."""
        self.article = article
        self._shapes: dict[int, BlockShape] = {}
        self._stems: dict[tuple[int, int], Set[str]] = {}

    @cached_property
    def folded(self) -> str:
        """The editorial text, folded; all of the text where none of it is editorial."""
        text = self.article.text
        parts = [text[block.start : block.end] for block in self.article.blocks if block.zone.is_article]
        return fold(" ".join(parts) if parts else text).text

    @cached_property
    def stems(self) -> Set[str]:
        """The stems of the editorial text."""
        return stems(words_in(self.folded.lower())).keys()

    @cached_property
    def small_words(self) -> Mapping[str, int]:
        """How often each word of the editorial text is written small, addresses and code left out."""
        return Counter(_SMALL_WORD.findall(self.folded))

    @cached_property
    def web_links(self) -> list[tuple[str, Link]]:
        """The links to web pages, each with its effective URL in lower case."""
        return [
            (link.effective_url.lower(), link)
            for link in self.article.links
            if link.effective_url and link.kind is LinkKind.WEB
        ]

    @cached_property
    def anchors(self) -> list[Link]:
        """The links that show text, in the order of their places."""
        return sorted((link for link in self.article.links if link.end > link.start), key=lambda link: link.start)

    def shape(self, block: Block) -> BlockShape:
        """How a block is written."""
        shape = self._shapes.get(block.start)
        if shape is None:
            shape = self._shapes[block.start] = shape_of(self.article.text[block.start : block.end])
        return shape

    def stems_of(self, start: int, end: int) -> Set[str]:
        """The stems of `text[start:end]`."""
        found = self._stems.get((start, end))
        if found is None:
            found = self._stems[start, end] = stems(words_of(self.article.text[start:end])).keys()
        return found

    def link_around(self, start: int, end: int) -> Link | None:
        """The link whose anchor holds `text[start:end]`."""
        place = bisect_right(self.anchors, start, key=lambda link: link.start)
        near = self.anchors[max(place - 3, 0) : place]
        return next((link for link in reversed(near) if link.start <= start and end <= link.end), None)


class Surroundings:
    """A candidate in its article."""

    def __init__(self, view: PageView, candidate: Candidate) -> None:
        """Looks at the candidate's block only."""
        self.view = view
        self.article = view.article
        self.candidate = candidate
        self.block = self.article.block_at(candidate.start)
        self.surface = self.article.text[candidate.start : candidate.end]

    @property
    def shape(self) -> BlockShape:
        """How the block is written."""
        return self.view.shape(self.block)

    @cached_property
    def sentence(self) -> tuple[int, int]:
        """The candidate's sentence, as offsets into the article's text."""
        return sentence_span(
            self.article.text, self.candidate.start, self.candidate.end, self.block.start, self.block.end
        )

    @cached_property
    def words(self) -> Set[str]:
        """The stems of its block; of its sentence where the block is as long as a page."""
        block = self.block
        span = (block.start, block.end) if block.end - block.start <= _LONG else self.sentence
        return self.view.stems_of(*span)

    @cached_property
    def before(self) -> str:
        """What stands before it in its block, folded, its last characters."""
        start = max(self.block.start, self.candidate.start - _CLOSE)
        return fold(self.article.text[start : self.candidate.start]).text

    @cached_property
    def after(self) -> str:
        """What stands behind it in its block, folded, its first characters."""
        end = min(self.block.end, self.candidate.end + _CLOSE)
        return fold(self.article.text[self.candidate.end : end]).text

    @cached_property
    def is_first(self) -> bool:
        """Does a sentence or a block begin with it? Then a capital letter says nothing."""
        lead = self.article.text[self.sentence[0] : self.candidate.start]
        if not lead.strip(_OPENERS + " "):
            return True
        return self.before.rstrip(" " + _OPENERS)[-1:] in {":", ".", "!", "?", "|", "•", "/", "…"}

    @cached_property
    def previous(self) -> str:
        """The word right before it, as written; "" where punctuation stands between, or none."""
        found = re.search(r"([^\W_]+(?:'s)?\.?)[ -]$", self.before)
        word = found[1] if found else ""
        # A point belongs to a title or an initial ("Mr.", "J."); any other ends a sentence.
        return word.rstrip(".") if not word.endswith(".") or len(word) <= 4 else ""

    @cached_property
    def before_quote(self) -> str:
        """The word before the quotation mark that opens right before it; "" where none does."""
        found = re.search(r"([^\W_]+) [\"'] ?$", self.before)
        return found[1] if found else ""

    @cached_property
    def following(self) -> str:
        """The word right behind it and behind a possessive, as written; "" where punctuation stands between."""
        found = re.match(r"(?:'s|')?[ -]([^\W_]+)", self.after)
        return found[1] if found else ""

    @cached_property
    def previous_words(self) -> list[str]:
        """Up to three words before it, nearest first, lower case."""
        return [word.lower() for word in reversed(_WORD.findall(self.before)[-3:])]

    @cached_property
    def following_words(self) -> list[str]:
        """Up to three words behind it, nearest first, lower case."""
        return [word.lower() for word in _WORD.findall(re.sub(r"^'s?\b", "", self.after))[:3]]

    @cached_property
    def link(self) -> Link | None:
        """The link whose anchor holds it."""
        return self.view.link_around(self.candidate.start, self.candidate.end)

    @property
    def has_telling_capital(self) -> bool:
        """Is it capitalised where an ordinary word would not be?"""
        return self.surface[:1].isupper() and not (self.is_first or self.shape.titled or self.shape.shouted)
