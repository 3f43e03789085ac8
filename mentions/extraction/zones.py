"""Which zone each piece of a page stands in: the model says article or not, the policy of the house says the rest."""

import re
from bisect import bisect_left
from typing import Final

from mentions.extraction.article import Block, Metadata, Zone
from mentions.extraction.features import describe
from mentions.extraction.model import load_model
from mentions.extraction.splitting import boilerplate_parts
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import Piece, Walk

_ARTICLE_ODDS: Final = 0.0  # log odds from which a piece is article
_CAPTION_ODDS: Final = -4.0  # training texts leave captions out; they count when they stand in the article
_FORUM_URL: Final = re.compile(
    r"/(?:forums?|threads?|topic|viewtopic|showthread|questions|discussion|community|t)[/.?]|//(?:forum|community|discuss)\.",
    re.I,
)
_NEVER_CAPTION: Final = frozenset({"nav", "footer"})
_WORDS: Final = re.compile(r"\w+")


def zone_blocks(walk: Walk, metadata: Metadata, url: str) -> tuple[Block, ...]:
    """The pieces of the walk as blocks, each with its zone; pieces that mix zones become several blocks."""
    if not walk.pieces:
        return ()
    odds = load_model().article_odds(describe(walk)).tolist()
    page = _Policy(walk, metadata, url, odds)
    blocks: list[Block] = []
    for index, piece in enumerate(walk.pieces):
        zone = page.zone(index)
        tag = walk.elements[piece.element].tag
        blocks += _split(walk, piece, zone, tag, first=page.is_opening(index))
    return tuple(blocks)


def _split(walk: Walk, piece: Piece, zone: Zone, tag: str, *, first: bool) -> list[Block]:
    """`piece` as blocks: credits, bylines and datelines inside an article piece are boilerplate."""
    if not zone.is_article:
        return [Block(piece.start, piece.end, zone, tag)]
    text = walk.text[piece.start : piece.end]
    marks = tuple((start - piece.start, end - piece.start, hints) for start, end, hints in piece.marks)
    blocks, position = [], 0
    for start, end in boilerplate_parts(text, zone, marks, opening=first):
        if start > position:
            blocks.append(Block(piece.start + position, piece.start + start, zone, tag))
        blocks.append(Block(piece.start + start, piece.start + end, Zone.BOILERPLATE, tag))
        position = end
    if position < len(text):
        blocks.append(Block(piece.start + position, piece.end, zone, tag))
    return blocks


class _Policy:
    """The zones of one page's pieces."""

    def __init__(self, walk: Walk, metadata: Metadata, url: str, odds: list[float]) -> None:
        self.walk, self.odds = walk, odds
        self.above_hints, self.above_tags = _inherited(walk)
        self.article = [index for index, value in enumerate(odds) if value > _ARTICLE_ODDS]
        self.forum = bool(_FORUM_URL.search(url))
        self.headline = self._headline(metadata)

    def _headline(self, metadata: Metadata) -> set[int]:
        """The pieces that are the page's own title: its h1, else the heading that reads as the metadata's title does."""
        heads = [i for i, p in enumerate(self.walk.pieces) if self.walk.elements[p.element].tag in {"h1", "h2", "h3"}]
        first = self.article[0] if self.article else len(self.odds)
        title = _key(metadata.title or "")
        found = set()
        for index in heads:
            piece = self.walk.pieces[index]
            key = _key(self.walk.text[piece.start : piece.end])
            same = bool(key) and len(key) > 8 and (key in title or title in key) and bool(title)
            top = self.walk.elements[piece.element].tag == "h1"
            if same or (top and index <= first + 3 and not self.above_tags[piece.element] & {"nav", "footer"}):
                found.add(index)
        return found

    def is_opening(self, index: int) -> bool:
        """Is it among the first pieces of the article, where datelines stand?"""
        return bool(self.article) and index <= self.article[min(5, len(self.article) - 1)]

    def zone(self, index: int) -> Zone:
        piece = self.walk.pieces[index]
        hints, tags = self.above_hints[piece.element], self.above_tags[piece.element]
        if index in self.headline:
            return Zone.HEADLINE
        if hints & int(Hint.COMMENT) and not self.forum and self.odds[index] < 3:
            return Zone.COMMENTS if not piece.link_chars > 0.8 * (piece.end - piece.start) else Zone.BOILERPLATE
        caption = "figcaption" in tags or "caption" in tags or bool(self._own_hints(piece) & int(Hint.CAPTION))
        if caption and self.odds[index] > _CAPTION_ODDS and self._among_article(index) and not tags & _NEVER_CAPTION:
            return Zone.CAPTION
        if self.odds[index] <= _ARTICLE_ODDS:
            return Zone.BOILERPLATE
        if "blockquote" in tags or self._own_hints(piece) & int(Hint.QUOTE):
            return Zone.QUOTE
        if self.headline and index < self.article[0] + 2 and self._own_hints(piece) & int(Hint.STANDFIRST):
            return Zone.HEADLINE
        return Zone.BODY

    def _own_hints(self, piece: Piece) -> int:
        element = self.walk.elements[piece.element]
        return element.hints | self.walk.elements[element.parent].hints

    def _among_article(self, index: int) -> bool:
        """Do pieces of the article stand before and after, or right beside?"""
        place = bisect_left(self.article, index)
        before = index - self.article[place - 1] if place else 1_000
        after = self.article[place] - index if place < len(self.article) else 1_000
        return min(before, after) <= 6


def _inherited(walk: Walk) -> tuple[list[int], list[frozenset[str]]]:
    """For each element the hints and the tags of itself and everything around it, but for <html> and <body>."""
    hints: list[int] = []
    tags: list[frozenset[str]] = []
    for index, element in enumerate(walk.elements):
        root = index == 0 or element.tag in {"html", "body"}
        hints.append(0 if root else element.hints | hints[element.parent])
        above = tags[element.parent] if index else frozenset()
        tags.append(above if element.tag in above else above | {element.tag})
    return hints, tags


def _key(text: str) -> str:
    """A title without punctuation and case, to compare with."""
    return "".join(_WORDS.findall(text)).casefold()
