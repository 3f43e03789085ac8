"""Which zone each piece of a page stands in: the model says article or not, the policy of the house says the rest."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from typing import Final, NamedTuple

from mentions.extraction.agencies import names_agency
from mentions.extraction.article import Block, Metadata, Zone
from mentions.extraction.asides import find_asides
from mentions.extraction.bios import is_bio, persons
from mentions.extraction.boxes import FRAME, in_frame, in_section_of
from mentions.extraction.cues import Cue
from mentions.extraction.features import FEATURES, Description, describe
from mentions.extraction.features.destinations import FORUM_URL
from mentions.extraction.layout_tables import find_frame
from mentions.extraction.listings import is_listing
from mentions.extraction.mails import Part, find_mail_parts
from mentions.extraction.model import load_model
from mentions.extraction.posters import find_profiles, is_byline_of_post
from mentions.extraction.references import find_references
from mentions.extraction.shops import is_shop_button
from mentions.extraction.splitting import asking_words, boilerplate_parts
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walked import INSIDE, Piece, Walk

_ARTICLE_ODDS: Final = 0.0  # log odds from which a piece is article
# Gold texts leave captions and reference lists out, the policy counts them: below these odds even they are elsewhere.
_CAPTION_ODDS: Final = -4.0
_REFERENCE_ODDS: Final = -5.0
_LINE_ODDS: Final = -3.0
_STANDFIRST_ODDS: Final = -4.0
_STANDFIRST_CHARS: Final = range(40, 400)
_STANDFIRST_REACH: Final = 8  # pieces between it and the article: byline, date, share buttons
_OFFER_CHARS: Final = 300
_OFFER: Final = re.compile(
    r"\b(?:subscri(?:be|bers?|ptions?)|abonn(?:ent\w*|ement\w*|é\w*|ieren|ez)|su[sb]scri(?:ptor\w*|pci[oó]n|bete)|"
    r"abbonat\w*|abbonamento|assinantes?|already a member|(?:probe|jetzt|weiter)\W?(?:abo|lesen|testen)"
    r"|(?:continue|keep) reading"
    r"|read the full (?:story|article)|lire la suite|seguir leyendo|free trial|unlock)\b"
    r"|有料会員|会員限定|会員登録|订阅|续读",
    re.IGNORECASE,
)
_CAPTION_REACH: Final = 6  # pieces between a caption and the article it belongs to
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_TITLES: Final = frozenset({"h1", "h2", "h3"})
_CAPTION: Final = int(Hint.CAPTION)
_COMMENT: Final = int(Hint.COMMENT)
_RELATED: Final = int(Hint.RELATED)
_SIGNATURE: Final = int(Hint.SIGNATURE)
_QUOTE: Final = int(Hint.QUOTE)
_STANDFIRST: Final = int(Hint.STANDFIRST)
_IN_FORUM: Final = int(Hint.FORUM)
_POST: Final = int(Hint.BODY | Hint.CONTENT | Hint.FORUM)
_LINE_REACH: Final = 5  # pieces between a line of links and the article around it
_BUTTON_REACH: Final = 30  # the same behind a button of a shop: scores, specifications and pictures follow it
_NEAR_ODDS: Final = -1.0  # what stands between two pieces of the article, in the same box and marked up alike, is its
_POST_FRAME: Final = int(Hint.AUTHOR | Hint.META | Hint.SIGNUP | Hint.SHARE | Hint.NAVIGATION | Hint.FOOTER | Hint.TAGS)
_POST_SIZE: Final = 40
_STOPS: Final = FEATURES.index("stops")
_ENDS: Final = FEATURES.index("ends")
_ASKS: Final = FEATURES.index(f"cue_{list(Cue).index(Cue.FOLLOW)}")
_AWAY_SHARE: Final = FEATURES.index("away_share")
_CAPTIONS: Final = INSIDE["figcaption"] | INSIDE["caption"]
_BLOCKQUOTE: Final = INSIDE["blockquote"]
_WORDS: Final = re.compile(r"\w+")


def zone_blocks(walk: Walk, metadata: Metadata, url: str) -> tuple[Block, ...]:
    """The pieces of the walk as blocks, each with its zone; pieces that mix zones become several blocks."""
    if not walk.pieces:
        return ()
    page = describe(walk, url)
    odds = load_model().article_odds(page).tolist()
    policy = _Policy(walk, metadata, url, page, odds)
    listing = is_listing(walk, url, policy.article)
    zones = [Zone.BOILERPLATE if listing else policy.zone(index) for index in range(len(walk.pieces))]
    parted = [
        zone.is_article and walk.elements[piece.element].tag not in _HEADINGS
        for piece, zone in zip(walk.pieces, zones, strict=True)
    ]
    mails = find_mail_parts(walk)
    words = "\n".join(walk.text[p.start : p.end] for p in compress(walk.pieces, parted))
    telling = _Telling(asking_words(words), names_agency(words))
    blocks: list[Block] = []
    for index, (piece, zone) in enumerate(zip(walk.pieces, zones, strict=True)):
        if zone.is_article and index in mails:
            blocks += _by_parts(walk, piece, zone, mails[index])
        elif parted[index]:
            blocks += _split(walk, piece, zone, telling, opening=policy.is_opening(index))
        else:
            blocks.append(Block(piece.start, piece.end, zone, walk.elements[piece.element].tag))
    return tuple(blocks)


class _Telling(NamedTuple):
    """What of the article's words tells that parts of its pieces may be no article."""

    asking: Sequence[str]
    signed: bool


def _by_parts(walk: Walk, piece: Piece, zone: Zone, parts: Sequence[Part]) -> list[Block]:
    """A piece of a mail as blocks."""
    tag = walk.elements[piece.element].tag
    return [Block(part.start, part.end, part.zone or zone, tag) for part in parts if part.end > part.start]


def _split(walk: Walk, piece: Piece, zone: Zone, telling: _Telling, *, opening: bool) -> list[Block]:
    """`piece` as blocks: credits, bylines and datelines inside an article piece are boilerplate."""
    tag = walk.elements[piece.element].tag
    text = walk.text[piece.start : piece.end]
    marks = [(start - piece.start, end - piece.start, hints) for start, end, hints in piece.marks]
    blocks, position = [], 0
    for start, end in boilerplate_parts(
        text, zone, marks, opening=opening, asking=telling.asking, signed=telling.signed
    ):
        if start > position:
            blocks.append(Block(piece.start + position, piece.start + start, zone, tag))
        blocks.append(Block(piece.start + start, piece.start + end, Zone.BOILERPLATE, tag))
        position = end
    if position < len(text):
        blocks.append(Block(piece.start + position, piece.end, zone, tag))
    return blocks


class _Policy:
    """The zones of one page's pieces."""

    def __init__(self, walk: Walk, metadata: Metadata, url: str, page: Description, odds: list[float]) -> None:
        self.walk, self.odds = walk, odds
        self.prose = ((page.rows[:, _STOPS] > 0) & (page.size > _POST_SIZE)).tolist()
        self.leaves = ((page.rows[:, _AWAY_SHARE] == 1) & (page.rows[:, _ASKS] == 0)).tolist()
        self.forum = bool(FORUM_URL.search(url))
        self.article = [index for index, value in enumerate(odds) if value > _ARTICLE_ODDS]
        self.headline = self._headline(metadata)
        self.ends_with_stop = page.rows[:, _ENDS] > 0
        self.paywalled = metadata.paywalled
        self.authors = persons(metadata.authors, url)
        self.comments = [] if self.forum else self._comments()
        self.references = find_references(walk, self.article)
        self.asides = find_asides(walk, self.article, url) | find_profiles(walk) | find_frame(walk, self.article)

    def zone(self, index: int) -> Zone:
        """The zone of the piece with this number."""
        piece, odds = self.walk.pieces[index], self.odds[index]
        if index in self.headline or self._is_standfirst(index):
            return Zone.HEADLINE
        if self.paywalled and self._is_offer(piece):
            return Zone.BOILERPLATE
        if self.comments and self.comments[piece.element]:
            return Zone.COMMENTS
        if self.walk.elements[piece.element].around & _SIGNATURE:
            return Zone.BOILERPLATE
        if odds > _CAPTION_ODDS and self._is_caption(index):
            return Zone.CAPTION
        if odds > _REFERENCE_ODDS and index in self.references:
            return Zone.BODY
        if odds <= _LINE_ODDS or (odds <= _ARTICLE_ODDS and not self._is_article_still(index)):
            return Zone.BOILERPLATE
        if index in self.asides or (self.forum and not self.prose[index] and is_byline_of_post(self.walk, piece)):
            return Zone.BOILERPLATE
        if self.authors and is_bio(self.walk.text[piece.start : piece.end], self.authors):
            return Zone.BOILERPLATE
        own = self._own_hints(piece)
        if self.walk.elements[piece.element].inside & _BLOCKQUOTE or own & _QUOTE:
            return Zone.QUOTE
        if self.headline and index <= max(self.headline) + 2 and own & _STANDFIRST:
            return Zone.HEADLINE
        return Zone.BODY

    def _is_article_still(self, index: int) -> bool:
        """Does it belong to the article although the model, by little, says otherwise?"""
        return self._is_line_of_article(index) or self._is_post(index) or self._is_between(index)

    def _is_between(self, index: int) -> bool:
        """Prose between two pieces of the article that stand in the same box and are marked up alike."""
        if self.odds[index] <= _NEAR_ODDS or not self.prose[index] or not 0 < index < len(self.odds) - 1:
            return False
        alike = {self._markup(near) for near in (index - 1, index, index + 1)}
        return len(alike) == 1 and min(self.odds[index - 1], self.odds[index + 1]) > _ARTICLE_ODDS

    def _markup(self, index: int) -> tuple[int, str, str]:
        element = self.walk.elements[self.walk.pieces[index].element]
        return element.parent, element.tag, element.names

    def is_opening(self, index: int) -> bool:
        """Is it among the first pieces of the article, where bylines stand?"""
        return bool(self.article) and index <= self.article[min(4, len(self.article) - 1)]

    def _headline(self, metadata: Metadata) -> set[int]:
        """The pieces that are the page's own title: its h1, or the heading that reads as the metadata's title does."""
        first = self.article[0] if self.article else len(self.odds)
        title = _key(metadata.title or "")
        found = set()
        for index, piece in enumerate(self.walk.pieces):
            element = self.walk.elements[piece.element]
            if element.tag not in _TITLES or element.inside & FRAME:
                continue
            key = _key(self.walk.text[piece.start : piece.end])
            same = len(key) > 8 and bool(title) and (key in title or title in key)
            if same or (element.tag == "h1" and index <= first + 3):
                found.add(index)
        return found

    def _is_standfirst(self, index: int) -> bool:
        """The sentence or two right under the h1, in its box, when the article follows soon; no byline, no plea."""
        if index - 1 not in self.headline or self.odds[index] <= _STANDFIRST_ODDS or not self.ends_with_stop[index]:
            return False
        piece, head = self.walk.pieces[index], self.walk.pieces[index - 1]
        elements, text = self.walk.elements, self.walk.text[piece.start : piece.end]
        if piece.links or len(text) not in _STANDFIRST_CHARS or elements[head.element].tag != "h1":
            return False
        if elements[piece.element].parent not in {elements[head.element].parent, head.element}:
            return False
        place = bisect_left(self.article, index + 1)
        follows = place < len(self.article) and self.article[place] - index <= _STANDFIRST_REACH
        return (
            follows
            and not self._own_hints(piece) & _POST_FRAME
            and not boilerplate_parts(text, Zone.BODY, (), opening=True)
        )

    def _is_offer(self, piece: Piece) -> bool:
        """The box that sells the rest of a paid article: it is short and speaks of subscribers."""
        if piece.end - piece.start > _OFFER_CHARS:
            return False
        return bool(_OFFER.search(self.walk.text[piece.start : piece.end]))

    def _comments(self) -> list[bool]:
        """For each element: does it stand in the readers' comments? Their box comes after the article's beginning."""
        if not self.article:
            return []
        holds_article = set()
        for index in (self.article[0], *self.headline):
            box = self.walk.pieces[index].element
            while box:
                holds_article.add(box)
                box = self.walk.elements[box].parent
        first = self.walk.pieces[self.article[0]].element
        inside = [False] * len(self.walk.elements)
        found = False
        for number, element in enumerate(self.walk.elements):
            if number > first and element.hints & _COMMENT and number not in holds_article:
                found = True
                inside[number : element.last + 1] = [True] * (element.last + 1 - number)
        return inside if found else []

    def _is_caption(self, index: int) -> bool:
        """Words under a picture or table that stands among pieces of the article."""
        piece = self.walk.pieces[index]
        element = self.walk.elements[piece.element]
        marked = element.inside & _CAPTIONS or self._own_hints(piece) & _CAPTION
        if not marked or element.inside & FRAME or element.around & _RELATED:
            return False
        place = bisect_left(self.article, index)
        before = index - self.article[place - 1] if place else _CAPTION_REACH + 1
        after = self.article[place] - index if place < len(self.article) else _CAPTION_REACH + 1
        return min(before, after) <= _CAPTION_REACH

    def _is_line_of_article(self, index: int) -> bool:
        """Only links that lead away, between pieces of the article and in their section: a source, a shop, a tool."""
        piece = self.walk.pieces[index]
        element = piece.element
        button = is_shop_button(piece, self.walk.text[piece.start : piece.end])
        if not (button or self.leaves[index]) or in_frame(self.walk, element):
            return False
        place = bisect_left(self.article, index)
        if not 0 < place < len(self.article):
            return False
        before, after = self.article[place - 1], self.article[place]
        if index - before > _LINE_REACH or after - index > (_BUTTON_REACH if button else _LINE_REACH):
            return False
        return any(in_section_of(self.walk, element, self.walk.pieces[i].element) for i in (before, after))

    def _is_post(self, index: int) -> bool:
        """The words of a post on a forum page, as its elements are named."""
        piece = self.walk.pieces[index]
        if not self.forum or not self.prose[index] or not self.walk.elements[piece.element].around & _IN_FORUM:
            return False
        own = self._own_hints(piece)
        return bool(own & _POST) and not own & _POST_FRAME

    def _own_hints(self, piece: Piece) -> int:
        element = self.walk.elements[piece.element]
        return element.hints | self.walk.elements[element.parent].hints


def _key(text: str) -> str:
    """A title without punctuation and case, to compare with."""
    return "".join(_WORDS.findall(text)).casefold()
