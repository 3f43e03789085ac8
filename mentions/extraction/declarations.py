"""What the head of a page declares about it, read in one search of the tree: four tags cost no more than one."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DECLARING: Final = 'meta[content], link[rel~="canonical" i][href], base[href], script[type="application/ld+json" i]'
_MAX_VALUE_CHARS: Final = 1_000


class Declarations:
    """The meta tags, JSON-LD scripts, canonical link and base of a page, wherever on it they stand."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.meta: dict[str, list[str]] = {}
        self.canonical: str | None = None  # the href of the first such link, as written, trimmed
        self.base: str | None = None  # likewise
        self._scripts: list[LexborNode] = []
        for node in parser.css(_DECLARING):
            tag = node.tag
            if tag == "meta":
                self._add_meta(node)
            elif tag == "script":
                self._scripts.append(node)
            elif tag == "link" and self.canonical is None:
                self.canonical = _href(node)
            elif tag == "base" and self.base is None:
                self.base = _href(node)

    def values(self, names: Iterable[str]) -> Iterator[str]:
        """The values of the named meta tags, in the order of `names`."""
        for name in names:
            yield from self.meta.get(name, ())

    def json_ld(self) -> Iterator[str]:
        """The text of each JSON-LD script, in document order."""
        return (node.text() for node in self._scripts)

    def _add_meta(self, node: LexborNode) -> None:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = (attributes.get("content") or "").strip()
        if name and content:
            self.meta.setdefault(name.strip().lower(), []).append(unescape(content[:_MAX_VALUE_CHARS]))


def _href(node: LexborNode) -> str:
    return (node.attributes.get("href") or "").strip()
