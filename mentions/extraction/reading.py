"""Page → Article: the way through this package, in one screen."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from mentions.exceptions import UnparsablePage
from mentions.extraction.article import Article, Block, Link, Zone
from mentions.extraction.charset import to_utf8
from mentions.extraction.declarations import Declarations
from mentions.extraction.guard import check_bytes
from mentions.extraction.metadata import read_metadata
from mentions.extraction.rendering import is_script_shell
from mentions.extraction.walk import walk_tree
from mentions.extraction.walked import Anchor, Walk
from mentions.extraction.zones import zone_blocks
from mentions.links import HrefTarget, read_href
from mentions.pages import Page

MAX_PIECES: Final = 30_000  # real pages have up to 3,000; each costs some 20 µs
_PAYWALL_SIGN: Final = b"isAccessibleForFree"
_NOT_HTML: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")


def read_article(page: Page) -> Article:
    """The article of `page`: its text with zones, its links, what it says of itself.

    Raises UnparsablePage, with a reason for people, for an empty page, one that is no HTML, and one the guard refuses.
    """
    return _article(page, *_walked(page))


def read_article_if(page: Page, wanted: Callable[[str], object]) -> Article | None:
    """The article of `page`; None where its text is not `wanted`, which is asked before zones and links cost time.

    A page that may keep its text from us (a paywall, a script shell) is read in any case. Raises UnparsablePage as
    `read_article` does.
    """
    parser, walk = _walked(page)
    if wanted(walk.text) or _PAYWALL_SIGN in page.body or is_script_shell(parser, walk):
        return _article(page, parser, walk)
    return None


def _walked(page: Page) -> tuple[LexborHTMLParser, Walk]:
    """The tree, and what a reader sees of it."""
    if not page.body.strip():
        raise UnparsablePage("the page is empty")
    if page.body.startswith(_NOT_HTML):
        raise UnparsablePage("the page is a file of another kind (PDF, picture, archive), not HTML")
    check_bytes(page.body)
    parser = LexborHTMLParser(to_utf8(page.body, page.headers.get("content-type")))
    walk = walk_tree(parser)
    if max(len(walk.pieces), len(walk.anchors)) > MAX_PIECES:
        raise UnparsablePage(f"the page has more than {MAX_PIECES} pieces of text or links")
    return parser, walk


def _article(page: Page, parser: LexborHTMLParser, walk: Walk) -> Article:
    declared = Declarations(parser)
    metadata = read_metadata(parser, declared, page.url, page.headers, walk)
    blocks = zone_blocks(walk, metadata, page.url)
    ends = [block.end for block in blocks]
    leads_to = _Hrefs(_base_url(declared.base, page.url))
    return Article(
        url=page.url,
        text=walk.text,
        blocks=blocks,
        links=tuple(_link(anchor, walk, blocks, ends, leads_to[anchor.href]) for anchor in walk.anchors),
        metadata=metadata,
        needs_rendering=is_script_shell(parser, walk),
    )


def _base_url(href: str | None, url: str) -> str:
    """What relative links are relative to: the first <base href>, else the page."""
    try:
        base = urljoin(url, href) if href else url
    except ValueError:
        return url
    return base if base.startswith(("http://", "https://", "file:")) else url


class _Hrefs(dict[str, HrefTarget]):
    """Where the hrefs of a page lead, each read once: menus, pictures and headlines repeat them."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, href: str) -> HrefTarget:
        """Read it, the first time."""
        target = self[href] = read_href(href, self._base)
        return target


def _link(anchor: Anchor, walk: Walk, blocks: Sequence[Block], ends: Sequence[int], target: HrefTarget) -> Link:
    start = min(anchor.start, len(walk.text))
    end = max(anchor.end, start)
    raw = walk.text[start:end]
    words = raw.strip()
    start += len(raw) - len(raw.lstrip()) if words else 0
    end = start + len(words)
    return Link(
        href=anchor.href.strip(),
        url=target.url,
        effective_url=target.effective_url,
        kind=target.kind,
        anchor=" ".join(words.split()) or next((" ".join(a.split()) for a in anchor.alternative), ""),
        rel=tuple(sorted(set(anchor.rel.lower().split()))) if anchor.rel else (),
        zone=_zone_of(start, blocks, ends, shows_text=bool(words)),
        start=start,
        end=end,
        hidden=anchor.hidden,
    )


def _zone_of(start: int, blocks: Sequence[Block], ends: Sequence[int], *, shows_text: bool) -> Zone:
    """The zone of the block a link stands in; a picture's link has that of the words around it, if they agree."""
    if not blocks:
        return Zone.BOILERPLATE
    after = bisect_left(ends, start + 1)  # the first block that ends behind `start`
    following = blocks[min(after, len(blocks) - 1)].zone
    if shows_text or (after < len(blocks) and blocks[after].start < start):
        return following
    before = blocks[max(after - 1, 0)].zone
    return following if following.is_article == before.is_article else Zone.BOILERPLATE
