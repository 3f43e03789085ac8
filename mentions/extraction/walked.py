"""What one walk over the tree of a page records: its text in pieces, with the elements and the links around them."""

from dataclasses import dataclass, field
from typing import Final

ROOTS: Final = frozenset({"html", "body"})

# The tags that tell something about all that stands in them; a bit for each in `Element.inside`.
CONTAINERS: Final = tuple(
    str.split(
        "nav header footer aside article main form section ul ol li table figure details blockquote dl td p address "
        "figcaption caption"
    )
)
INSIDE: Final = {tag: 1 << number for number, tag in enumerate(CONTAINERS)}


@dataclass(slots=True)
class Element:
    """A block-level element. `parent` is its place in `Walk.elements`; the root is its own parent."""

    parent: int
    tag: str
    hints: int
    depth: int
    names: str  # class, id, role … as written, "" where it has none
    around: int  # the hints of itself and of everything around it but <html> and <body>, which name the whole page
    inside: int  # bits of CONTAINERS: its tag and those of everything around it
    last: int = 0  # the place of the last element in it; its own where it holds none


@dataclass(slots=True)
class Piece:
    """A run of text without a block-level break: `Walk.text[start:end]`."""

    start: int
    end: int
    element: int  # the block element around it
    link_chars: int  # of its text, inside <a>
    links: int  # anchors that begin in it
    strong_chars: int  # of its text, inside <b>, <strong> and the like
    images: int  # pictures since the piece before
    marks: tuple[tuple[int, int, int], ...]  # (start, end, hints) of inline elements whose names say something


@dataclass(slots=True)
class Anchor:
    """An `<a href>` or `<area href>` as written; offsets into `Walk.text`."""

    href: str
    rel: str
    hidden: bool
    start: int
    end: int = 0
    element: int = 0  # the block element around it
    piece: int = 0  # the piece it begins in, or the next one
    alternative: list[str] = field(default_factory=list)  # alt of its pictures, aria-label, title
    hints: int = 0


@dataclass(slots=True)
class Walk:
    """Everything the zones and the article are made from."""

    text: str
    pieces: list[Piece]
    elements: list[Element]
    anchors: list[Anchor]
    hidden_chars: int = 0
