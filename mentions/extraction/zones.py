"""Which zone each piece of a page stands in."""

from mentions.extraction.article import Block, Metadata, Zone
from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import Walk

_OUT = int(
    Hint.NAVIGATION
    | Hint.FOOTER
    | Hint.RELATED
    | Hint.SHARE
    | Hint.ADVERT
    | Hint.SIGNUP
    | Hint.DIALOG
    | Hint.ASIDE
    | Hint.AUTHOR
    | Hint.META
    | Hint.TAGS
)


def zone_blocks(walk: Walk, metadata: Metadata) -> tuple[Block, ...]:
    """The pieces of the walk as blocks, each with its zone."""
    above = [0] * len(walk.elements)
    scores = [0.0] * len(walk.elements)
    for index, element in enumerate(walk.elements):
        if index and element.tag not in {"body", "html"}:
            above[index] = above[element.parent] | element.hints
            if element.tag in {"nav", "footer", "aside"}:
                above[index] |= int(Hint.NAVIGATION)
    for piece in walk.pieces:
        length = piece.end - piece.start
        if length > 80 and piece.link_chars < length / 3:
            scores[walk.elements[piece.element].parent] += length
    top = max(range(len(scores)), key=lambda index: scores[index])
    blocks = []
    for piece in walk.pieces:
        element = walk.elements[piece.element]
        length = piece.end - piece.start
        hints = above[piece.element]
        if hints & int(Hint.COMMENT):
            zone = Zone.COMMENTS
        elif element.tag == "h1":
            zone = Zone.HEADLINE
        elif hints & _OUT or piece.link_chars > length * 0.5:
            zone = Zone.BOILERPLATE
        elif element.tag == "figcaption" or element.hints & int(Hint.CAPTION):
            zone = Zone.CAPTION
        elif length > 80 or _inside(walk, piece.element, top):
            zone = Zone.BODY
        else:
            zone = Zone.BOILERPLATE
        blocks.append(Block(piece.start, piece.end, zone, element.tag))
    return tuple(blocks)


def _inside(walk: Walk, index: int, top: int) -> bool:
    while index > top:
        index = walk.elements[index].parent
    return index == top
