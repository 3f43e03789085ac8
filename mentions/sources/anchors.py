"""The links of a listing or of a page of a crawled site, each with what tells an article's link from navigation."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mentions.exceptions import SourceError, UnparsablePage
from mentions.extraction import check_bytes
from mentions.sources.announced import MAX_TITLE, Announced, web_address

MAX_ANCHORS = 3_000  # of one page, in document order

_LEVELS = 12  # how far up an anchor's place is looked for
_NAVIGATION = frozenset({"nav", "header", "footer", "aside", "form", "menu"})
_CARDS = frozenset({"h1", "h2", "h3", "h4", "article", "li", "section", "main"})
_NAVIGATION_NAME = re.compile(r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|cookie)", re.IGNORECASE)
# What a site does for its visitors and never tells a story: the words news systems and shops of many countries use.
_SERVICE = re.compile(
    r"/(?:profile?s?|users?|members?|search|suche|recherche|buscar|log-?in|sign-?in|sign-?up|register|account|subscribe"
    r"|abo|newsletters?|contact|kontakt|about(?:-us)?|impressum|privacy|datenschutz|terms|agb|cookies?|imprint|legal"
    r"|cart|basket|checkout|shop|wp-login|wp-admin|wp-json|feed|rss|print|share|comments?|calendar|faq|masthead|jobs"
    r"|careers?|advertis(?:e|ing)|media-?kit|member-?list|ucp|posting|tips)(?:\.(?:html?|php|aspx?|cgi))?(?:/[^/]+)?/?$",
    re.IGNORECASE,
)
# Lists of articles. Only at the end of a path: /topics/cameras/best-lens-for-birds is an article, /topics/cameras not.
_LIST = re.compile(
    r"/(?:tags?|topics?|themen?|schlagwort|categor(?:y|ies)|kategorie|rubrik|sections?|authors?|autor(?:en)?|auteurs?"
    r"|archives?|archiv|page|seite)(?:\.(?:html?|php|aspx?))?(?:/[^/]+)?/?$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|pdf|zip|gz|mp[34]|m4[av]|avi|mov|webm|docx?|xlsx?|pptx?|exe|dmg|apk"
    r"|woff2?|ics|rss|atom)$",
    re.IGNORECASE,
)
DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?(?:[/-]|$)")
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_ID = re.compile(r"(?<!\d)\d{5,}(?!\d)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One `<a href>` that leads to a web page."""

    url: str  # absolute, after <base href>, without fragment
    text: str  # what it shows, or the alternative text of its picture; may be empty
    in_navigation: bool  # in a nav, header, footer, aside or form, outside every article
    in_card: bool  # in a heading, list item or card


def read_anchors(body: bytes, url: str) -> list[Anchor]:
    """The links of an HTML page, in document order, MAX_ANCHORS at most.

    Raises SourceError with a plain reason when the bytes must not be parsed or hold no HTML.
    """
    if not body.strip():
        raise SourceError("the page is empty")
    try:
        check_bytes(body)
    except UnparsablePage as error:
        raise SourceError(f"the page must not be parsed: {error}") from error
    tree = LexborHTMLParser(body)
    base = tree.css_first("base[href]")
    base_url = (web_address(base.attributes.get("href"), url) if base else None) or url
    anchors = []
    places: dict[int, tuple[bool, bool]] = {}  # by parent; the links of a menu share theirs
    for node in tree.css("a[href]")[:MAX_ANCHORS]:
        if (parent := node.parent) and (address := web_address(node.attributes.get("href"), base_url)):
            if (place := places.get(parent.mem_id)) is None:
                place = places[parent.mem_id] = _place(parent)
            anchors.append(Anchor(address, _text(node), *place))
    return anchors


def _text(node: LexborNode) -> str:
    words = " ".join(node.text(deep=True, separator=" ").split())
    if not words and (image := node.css_first("img[alt]")):
        words = " ".join((image.attributes.get("alt") or "").split())
    return words[:MAX_TITLE]


def _place(parent: LexborNode | None) -> tuple[bool, bool]:
    """(in navigation, in a card). What stands nearer decides: a `<footer>` of an `<article>` is no navigation."""
    in_card = False
    for _ in range(_LEVELS):
        if parent is None or parent.tag in {"body", "html"}:
            break
        if parent.tag == "article":
            return False, True
        if parent.tag in _NAVIGATION or _named_navigation(parent):
            in_article = _inside_article(parent)
            return not in_article, in_article
        in_card = in_card or parent.tag in _CARDS
        parent = parent.parent
    return False, in_card


def _named_navigation(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(
        _NAVIGATION_NAME.search(attributes.get("class") or "")
        or _NAVIGATION_NAME.search(attributes.get("id") or "")
        or attributes.get("role") == "navigation"
    )


def _inside_article(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(_LEVELS):
        if parent is None:
            return False
        if parent.tag == "article":
            return node.tag in {"header", "footer"}  # the card's own, not a menu inside it
        parent = parent.parent
    return False


def is_page(url: str) -> bool:
    """Can this address be a page to read? Files, searches and service pages cannot."""
    path = urlsplit(url).path
    return not _FILE.search(path)


def slug_score(url: str) -> float:
    """How much an address looks like an article's, from its own words alone: -1.0 (surely not) … 1.0 (surely)."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if path in {"", "/"} or _SERVICE.search(path):
        return -1.0
    if _LIST.search(path):
        return -0.6
    last = path.rstrip("/").rpartition("/")[2]
    stem = re.sub(r"\.[a-z]{3,5}$", "", last, flags=re.IGNORECASE)
    words = [word for word in re.split(r"[-_+.,]", stem) if word]
    score = -0.3
    if DATE_IN_PATH.search(path):
        score += 0.6
    if len(words) >= 4 or (len(stem) >= 12 and not stem.isascii()):
        score += 0.7
    elif len(words) == 3:
        score += 0.3
    if _ID.search(last) or any(_ID.search(value) for _, value in parse_qsl(parts.query)[:5]):
        score += 0.4
    if last != stem:  # article.html
        score += 0.1
    return max(-1.0, min(1.0, score))


def dated_by_address(page: Announced) -> Announced:
    """The page with the day in its address as its date (/2026/11/21/…), where its source gives none."""
    if page.dated or not (found := _DAY_IN_PATH.search(urlsplit(page.url).path)):
        return page
    try:
        return replace(page, published=datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC))
    except ValueError:  # the 31st of February
        return page
