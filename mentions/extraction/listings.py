"""Does a page only list other pages: a front page, a section, search results? Such a page has no article of its own."""

from collections.abc import Sequence
from typing import Final

from mentions.extraction.features.destinations import leaves, site_of_url
from mentions.extraction.walked import Piece, Walk

_LEAST_CARDS: Final = 3  # different pages that are announced
_HEAD_CHARS: Final = range(12, 251)  # of a headline that is a link; shorter ones are menus and "read more"
_HEAD_SHARE: Final = 0.5  # of its piece that is a link; a line about date or author may follow
_BELOW: Final = 2  # pieces after the headline that still belong to its card
_REACH: Final = 3  # pieces around the article
_TEASER_CHARS: Final = 350
_OWN_SHARE: Final = 0.2  # of the text; with more of its own a page is an article that recommends others
_OWN_CHARS: Final = 300  # a welcome, a note on who is online
_MOST_OWN_SHARE: Final = 0.5


def is_listing(walk: Walk, url: str, article: Sequence[int]) -> bool:
    """Is what the model takes for the article (pieces by number, rising) nearly all cards that announce other pages?

    A card is a headline that leads to another page of the same site, and a sentence or two.
    """
    if not article:
        return False
    heads = _heads(walk, url)
    near = range(article[0] - _REACH, article[-1] + _REACH + 1)  # the model may miss the first or the last card
    announced = {heads[index] for index in near if index in heads}
    cards, own = 0, 0
    for index in article:
        piece = walk.pieces[index]
        size = piece.end - piece.start
        below = size <= _TEASER_CHARS and any(index - step in heads for step in range(1, _BELOW + 1))
        if index in heads or below:
            cards += size
        elif walk.elements[piece.element].tag != "h1":
            own += size
    if len(announced) < _LEAST_CARDS or not cards:
        return False
    share = own / (own + cards)
    return share <= _OWN_SHARE or (own <= _OWN_CHARS and share <= _MOST_OWN_SHARE)


def _heads(walk: Walk, url: str) -> dict[int, str]:
    """The pieces that are headlines of cards, with where they lead."""
    site = site_of_url(url)
    heads: dict[int, str] = {}
    for anchor in walk.anchors:
        if anchor.hidden or anchor.piece in heads or anchor.piece >= len(walk.pieces):
            continue
        piece = walk.pieces[anchor.piece]
        begins = anchor.start == piece.start and anchor.end - anchor.start in _HEAD_CHARS
        if begins and _is_head(piece) and anchor.href[:1] != "#" and not leaves(anchor.href, site):
            heads[anchor.piece] = anchor.href
    return heads


def _is_head(piece: Piece) -> bool:
    return piece.links == 1 and piece.link_chars >= _HEAD_SHARE * (piece.end - piece.start)
