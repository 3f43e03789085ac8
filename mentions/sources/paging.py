"""Where a listing goes on: rel=next, a link that says "older", or the next number."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mentions.sources.announced import web_address
from mentions.urls import canonical_url, host_of

# What stands on the link to the next page, in the languages of the web's news systems.
_NEXT = re.compile(
    r"^\W*(?:next(?: page)?|older(?: \w+)?|more stories|nächste(?: seite)?|weiter|ältere(?: \w+)?|suivante?s?"
    r"|page suivante|siguientes?|página siguiente|successiv[ao]|pagina successiva|próxim[ao]|volgende|nästa|neste|næste"
    r"|następna|další|следующая|вперед|次へ|次のページ|下一页|下一頁|다음)\W*$",
    re.IGNORECASE,
)
_ARROWS = frozenset({"›", "»", "→", ">", ">>", "›› "})
_IN_PATH = re.compile(r"/(?:page|seite|pagina|página|strana|p)[/-](\d{1,4})/?$|/(\d{1,3})/?$", re.IGNORECASE)
_KEYS = frozenset({"page", "p", "paged", "pg", "seite", "pagina", "start", "offset", "skip", "from"})
_MOST_LINKS = 3_000


def next_page(body: bytes, url: str) -> str | None:
    """The address of the listing's next page on the same host; None where the listing does not say.

    Never guessed: only an address that stands on the page is given. What must not be parsed was refused before this.
    """
    tree = LexborHTMLParser(body)
    base = tree.css_first("base[href]")
    base_url = (web_address(base.attributes.get("href"), url) if base else None) or url
    for candidate in _candidates(tree, url, base_url):
        if host_of(candidate) == host_of(url) and canonical_url(candidate) != canonical_url(url):
            return candidate
    return None


def _candidates(tree: LexborHTMLParser, url: str, base_url: str) -> Iterator[str]:
    for node in tree.css("link[rel~=next][href], a[rel~=next][href]"):
        if address := web_address(node.attributes.get("href"), base_url):
            yield address
    links = [
        (node, address)
        for node in tree.css("a[href]")[:_MOST_LINKS]
        if (address := web_address(node.attributes.get("href"), base_url))
    ]
    here = _number(url, url)
    numbered = [(node, address) for node, address in links if _number(address, url) is not None]
    for node, address in links:
        if _says_next(node) and (_number(address, url) or 0) != here:
            yield address
    wanted = (here or 1) + 1
    for _, address in numbered:
        if _number(address, url) == wanted:
            yield address


def _says_next(node: LexborNode) -> bool:
    words = " ".join(node.text(deep=True, separator=" ").split())
    label = (node.attributes.get("aria-label") or node.attributes.get("title") or "").strip()
    return bool(words in _ARROWS or (len(words) < 40 and _NEXT.match(words)) or (label and _NEXT.match(label)))


def _number(address: str, listing: str) -> int | None:
    """Which page of `listing` an address shows: `?page=3`, `/page/3/`; None where it is no page of it."""
    parts, own = urlsplit(address), urlsplit(listing)
    query = parse_qsl(parts.query)
    rest = [(key, value) for key, value in query if key.lower() not in _KEYS]
    own_rest = [(key, value) for key, value in parse_qsl(own.query) if key.lower() not in _KEYS]
    numbers = [int(value) for key, value in query if key.lower() in {"page", "p", "paged", "pg"} and value.isdecimal()]
    if numbers and _stem(parts.path) == _stem(own.path) and urlencode(rest) == urlencode(own_rest):
        return numbers[0]
    found = _IN_PATH.search(parts.path)
    if found and _stem(parts.path) == _stem(own.path) and urlencode(rest) == urlencode(own_rest):
        return int(found[1] or found[2])
    return None


def _stem(path: str) -> str:
    return _IN_PATH.sub("", path.rstrip("/")).rstrip("/").lower()
