"""What extraction makes of a page: text in blocks, each with its zone; links; metadata. Plain data, no parsing here."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentions.links import LinkKind


class Zone(StrEnum):
    """Where a piece of a page stands."""

    HEADLINE = "headline"  # the article's own title and standfirst
    BODY = "body"  # paragraphs, lists, tables, references, posts of a forum page
    CAPTION = "caption"  # words under a picture or table of the article
    QUOTE = "quote"  # block quotes and pull quotes of the article
    COMMENTS = "comments"  # what readers wrote under the article
    BOILERPLATE = "boilerplate"  # navigation, footer, related links, teasers, author bio, credits, cookie notices

    @property
    def is_article(self) -> bool:
        """Is this part of the article, as the verdicts understand it?"""
        return self is not Zone.COMMENTS and self is not Zone.BOILERPLATE  # asked for every block: no hashing


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text without a block-level break: `Article.text[start:end]`, offsets in characters."""

    start: int
    end: int
    zone: Zone
    tag: str  # the block element it stands in, lower case: p, h1, li, td, figcaption, div …


@dataclass(frozen=True, slots=True)
class Link:
    """An `<a href>` or `<area href>` of the page.

    `start:end` is its anchor's place in `Article.text`; start == end where it shows no text (image links).
    """

    href: str  # as written, trimmed
    url: str | None  # absolute, after <base href>; None where it leads to no web page
    effective_url: str | None  # `url` with redirectors that show their target unwrapped
    kind: LinkKind
    anchor: str  # visible text, or the alternative text of the linked picture
    rel: tuple[str, ...]  # lower-case tokens of rel, sorted; page-wide robots rules are in Metadata.robots
    zone: Zone
    start: int
    end: int
    hidden: bool = False  # not shown to a reader (hidden attribute, display:none, aria-hidden …)


@dataclass(frozen=True, slots=True)
class Person:
    """An author, as the page's structured data gives them."""

    name: str
    email: str | None = None  # as written, unchecked; None: none is given
    pages: tuple[str, ...] = ()  # absolute: their own page, and profiles elsewhere


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. None or empty: the page does not say."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # aware UTC
    modified: datetime | None = None  # aware UTC
    language: str | None = None  # BCP 47 primary tag, lower case: "en", "de", "ja"
    site_name: str | None = None
    section: str | None = None
    canonical: str | None = None  # absolute
    robots: frozenset[str] = frozenset()  # robots meta and X-Robots-Tag that apply to every robot, lower case
    paywalled: bool = False  # JSON-LD isAccessibleForFree is false
    people: tuple[Person, ...] = ()  # the authors in JSON-LD, with what it says of reaching them
    editorial_pages: tuple[tuple[str, str], ...] = ()  # ("masthead" | "corrections", absolute URL), by JSON-LD


@dataclass(frozen=True, slots=True)
class Article:
    """A page, read. `text` is everything a reader can see, block after block, joined by line breaks."""

    url: str
    text: str
    blocks: tuple[Block, ...]  # in order, not overlapping, covering every non-separator character of text
    links: tuple[Link, ...]  # in document order
    metadata: Metadata
    needs_rendering: bool = False  # a script shell: what a reader sees is not in these bytes

    def block_at(self, offset: int) -> Block:
        """The block that holds the character at `offset` (the block before it, for a separator)."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[max(index, 0)]

    def zone_at(self, offset: int) -> Zone:
        """The zone of the character at `offset`; boilerplate on a page without text."""
        return self.block_at(offset).zone if self.blocks else Zone.BOILERPLATE
