"""What a site's front page says of itself: its name, its language, its feeds; and where else sources usually lie."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from mentions.exceptions import SourceError, UnparsablePage
from mentions.extraction import check_bytes
from mentions.sources.announced import plain_title, web_address
from mentions.urls import host_of, registrable_domain

# Where the common systems put them (WordPress, Drupal, Ghost, Hugo, Yoast, Arc and others), asked only when a site
# names none of its own.
USUAL_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/all.rss")
USUAL_SITEMAPS: Final = (
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml", "/sitemap_index.xml",
)  # fmt: skip
MAX_FEEDS: Final = 8  # of one site; large ones name a feed for every section

_FEED_TYPES: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_NOT_ITS_ARTICLES: Final = re.compile(r"comments?(?:/|$|-)|kommentare|podcast|oembed|wp-json", re.IGNORECASE)
_ORGANISATIONS: Final = re.compile(r"Organization$|^WebSite$|^Newspaper$|^Periodical$|^Blog$|^Corporation$")
_BETWEEN: Final = re.compile(r"\s+[|–—·•:»-]\s+|:\s+")  # what stands between a site's name and its motto in <title>
_LANGUAGE: Final = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a front page says. None: it does not."""

    name: str | None = None
    language: str | None = None
    feeds: tuple[str, ...] = ()


def read_front_page(body: bytes, url: str) -> FrontPage:
    """What the front page of a site says of it. Raises SourceError when its bytes must not be parsed."""
    try:
        check_bytes(body)
    except UnparsablePage as error:
        raise SourceError(f"the page must not be parsed: {error}") from error
    tree = LexborHTMLParser(body)
    return FrontPage(_name(tree, host_of(url)), _language(tree), tuple(dict.fromkeys(_feeds(tree, url)))[:MAX_FEEDS])


def _feeds(tree: LexborHTMLParser, url: str) -> Iterator[str]:
    """The feeds it names, the shortest address first: the feed of everything before those of sections."""
    named = []
    for node in tree.css("link[rel~=alternate][href]"):
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        address = web_address(node.attributes.get("href"), url)
        if kind in _FEED_TYPES and address and not _NOT_ITS_ARTICLES.search(address):
            named.append(address)
    own = registrable_domain(host_of(url))
    yield from sorted(named, key=lambda address: (registrable_domain(host_of(address)) != own, len(address)))


def _name(tree: LexborHTMLParser, host: str) -> str | None:
    """As the site calls itself: og:site_name, application-name, JSON-LD, the part of the title most like its host."""
    for selector in ('meta[property="og:site_name"]', 'meta[name="application-name"]'):
        node = tree.css_first(selector)
        if node and (name := plain_title(node.attributes.get("content"))):
            return name
    for script in tree.css('script[type="application/ld+json"]')[:10]:
        if name := _name_in(script.text()):
            return name
    title = tree.css_first("title")
    parts = [part for part in _BETWEEN.split(plain_title(title.text()) or "") if part] if title else []
    label = registrable_domain(host).partition(".")[0]
    return max(parts, key=lambda part: SequenceMatcher(None, _letters(part), label).ratio(), default=None)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _name_in(text: str) -> str | None:
    try:
        data = json.loads(text[:200_000])
    except (ValueError, RecursionError):
        return None
    nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for node in nodes if isinstance(nodes, list) else []:
        kinds = node.get("@type") if isinstance(node, dict) else None
        if any(
            isinstance(k, str) and _ORGANISATIONS.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])
        ):
            name = node.get("name")
            if isinstance(name, str) and (plain := plain_title(name)):
                return plain
    return None


def _language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html[lang]")
    found = _LANGUAGE.match(node.attributes.get("lang") or "") if node else None
    return found[0].lower() if found else None
