"""Lists inside an article that their heading says are none of it: what else to read, and what a subscription holds."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.extraction.boxes import in_section_of
from mentions.extraction.features.destinations import leaves, site_of_url
from mentions.extraction.walked import Piece, Walk

# Headings that say this and nothing else. "See also" and "Further reading" are not among them: so articles of reference
# works and manuals name what belongs to them.
_RELATED: Final = re.compile(
    r"\W*(?:(?:related|recommended|more|similar|latest|recent|popular|trending)"
    r" (?:articles?|stories|story|posts?|news|content|coverage|reading|reads|threads|topics|discussions|questions)"
    r"|read (?:more|next|also)|also read|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|more from .{2,30}|(?:lesen sie|lies) (?:auch|mehr)|mehr zum thema|auch interessant"
    r"|(?:weitere|ähnliche|verwandte) (?:artikel|beiträge)"
    r"|à lire aussi|lire aussi|sur le même sujet|articles (?:liés|similaires)|(?:te puede|puede) interesar(?:te)?"
    r"|noticias relacionadas|artículos relacionados|leia (?:também|mais)|leggi anche|articoli correlati|lees ook"
    r"|関連記事|関連リンク|関連ニュース|あわせて読みたい|こちらも(?:おすすめ|読まれています)|相关(?:阅读|新闻|文章)|延伸阅读"
    r"|推荐阅读|相關(?:新聞|閱讀)|延伸閱讀|관련 ?기사)\W*",
    re.IGNORECASE,
)
# Headings that ask for a subscription or an account before one may read on.
_OFFER: Final = re.compile(
    r"(?=.*\b(?:subscribe|subscribers|subscription|register|sign (?:in|up)|log in|create an account|abonnieren|abonnez"
    r"|suscríbe\w*)\b)"
    r".*\b(?:unlock|continue|keep reading|read (?:more|on|the full)|more articles|full access|reserved for"
    r"|weiterlesen|lire la suite|seguir leyendo)\b",
    re.IGNORECASE,
)
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "summary"})
_TITLE_CHARS: Final = 70
_MOST: Final = 12  # entries; what goes on longer is the article again
_GAP: Final = 2  # sentences between such a heading and its list


def find_asides(walk: Walk, article: Sequence[int], url: str) -> set[int]:
    """The pieces, of those the model takes for article (by number, rising), that stand in such lists."""
    found: set[int] = set()
    if not article:
        return found
    heads: set[int] | None = None
    for index in range(max(0, article[0] - _GAP - 1), article[-1]):
        piece = walk.pieces[index]
        if piece.links or piece.end - piece.start > _TITLE_CHARS:
            continue
        text = walk.text[piece.start : piece.end]
        if _OFFER.match(text):
            found.update(_entries(walk, index))
        elif walk.elements[piece.element].tag in _HEADINGS and _RELATED.fullmatch(text):
            heads = _home_headlines(walk, url) if heads is None else heads
            found.update(heads.intersection(_entries(walk, index)))
    return found.intersection(article)


def _entries(walk: Walk, title: int) -> list[int]:
    """The entries of the list under a heading."""
    found: list[int] = []
    for index in range(title + 1, min(title + 1 + _MOST, len(walk.pieces))):
        piece = walk.pieces[index]
        if walk.elements[piece.element].tag == "li" and in_section_of(walk, piece.element, walk.pieces[title].element):
            found.append(index)
        elif found or index - title > _GAP:
            break
    return found


def _home_headlines(walk: Walk, url: str) -> set[int]:
    """The pieces that begin with a link to a page of the same site."""
    site = site_of_url(url)
    return {
        anchor.piece
        for anchor in walk.anchors
        if anchor.piece < len(walk.pieces)
        and _begins(walk.pieces[anchor.piece], anchor.start, anchor.end)
        and anchor.href[:1] != "#"
        and not leaves(anchor.href, site)
    }


def _begins(piece: Piece, start: int, end: int) -> bool:
    return start == piece.start and end > start
