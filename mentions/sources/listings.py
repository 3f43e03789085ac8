"""Listing pages: which of a page's links lead to articles, by a given pattern or learnt from the links themselves."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mentions.exceptions import SourceError
from mentions.sources.anchors import DATE_IN_PATH, Anchor, dated_by_address, is_page, read_anchors, slug_score
from mentions.sources.announced import Announced, plain_title
from mentions.urls import canonical_url, host_of, registrable_domain

MAX_PAGES = 500  # of one listing

_WORDS_OF_A_HEADLINE = 4
_LETTERS_OF_A_HEADLINE = 25
_CJK = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_LETTERS_OF_A_CJK_HEADLINE = 8
_GOOD_GROUP = 0.5  # mean score of a group of addresses of one shape, above which its members are articles
_REPEATED = 4  # so many links of one shape, nearly all of them headlines, are a list of articles whatever their address
_NEARLY_ALL = 0.7
_FAIR_GROUP = 0.2
_GOOD_ALONE = 0.9  # score of a link that needs no group


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page of the same site. `score` -1.0 … 2.0: how much it looks like an article's."""

    url: str
    title: str | None
    score: float


def read_listing(body: bytes, url: str, *, pattern: str | None = None) -> list[Announced]:
    """The articles a listing page links to, in document order, each once, MAX_PAGES at most.

    With `pattern`, every link whose address it matches (re.search). Without, links of the same site whose address
    and anchor look like an article's, together with those of the same shape of address. Raises SourceError with a
    plain reason when the page cannot be read or its pattern is no regular expression.
    """
    links = read_links(body, url)
    if pattern is not None:
        try:
            wanted = re.compile(pattern)
        except re.error as error:
            raise SourceError(f"listing_pattern is not a regular expression: {error}") from error
        chosen = [link for link in links if wanted.search(link.url)]
    else:
        chosen = _learnt(links)
    return [dated_by_address(Announced(url=link.url, title=link.title)) for link in chosen[:MAX_PAGES]]


def read_links(body: bytes, url: str) -> list[PageLink]:
    """Every link of a page to another page of the same registrable domain, in document order, each page once.

    A page linked several times (picture, headline, "read more") gets its best title and score. Raises SourceError.
    """
    here, site = canonical_url(url), registrable_domain(host_of(url))
    best: dict[str, PageLink] = {}
    for anchor in read_anchors(body, url):
        key = canonical_url(anchor.url)
        if key == here or registrable_domain(host_of(anchor.url)) != site or not is_page(anchor.url):
            continue
        link = PageLink(anchor.url, plain_title(anchor.text), score(anchor))
        known = best.get(key)
        best[key] = link if known is None else _better(known, link)
    return list(best.values())


def score(anchor: Anchor) -> float:
    """How much a link looks like an article's, from its address, its words and its place: -1.0 … 2.0."""
    address = slug_score(anchor.url)
    if address <= -1.0:
        return -1.0
    if anchor.in_navigation:
        return min(address, 0.0) - 0.5
    return address + (0.6 if _is_headline(anchor.text) else -0.2) + (0.3 if anchor.in_card else 0.0)


def _is_headline(text: str) -> bool:
    if _CJK.search(text):
        return len(text) >= _LETTERS_OF_A_CJK_HEADLINE
    return len(text.split()) >= _WORDS_OF_A_HEADLINE or len(text) >= _LETTERS_OF_A_HEADLINE


def _better(known: PageLink, other: PageLink) -> PageLink:
    title = max(known.title or "", other.title or "", key=len) or None
    return PageLink(known.url, title, max(known.score, other.score))


def _learnt(links: list[PageLink]) -> list[PageLink]:
    """Links that look like articles by themselves, and all whose addresses have the shape of such links.

    A listing repeats one shape: /2026/11/21/some-slug, /story/12345. A group whose links look like articles on
    average carries its short-titled members along; one lucky link does not carry a menu.
    """
    groups: dict[str, list[PageLink]] = defaultdict(list)
    for link in links:
        groups[address_shape(link.url)].append(link)
    good = {shape for shape, members in groups.items() if _are_articles(members)}
    return [
        link for link in links if link.score >= _GOOD_ALONE or (address_shape(link.url) in good and link.score > 0.0)
    ]


def _are_articles(members: list[PageLink]) -> bool:
    mean = sum(link.score for link in members) / len(members)
    headlines = sum(_is_headline(link.title or "") for link in members) / len(members)
    if len(members) >= _REPEATED and headlines >= _NEARLY_ALL and mean >= _FAIR_GROUP:
        return True
    return len(members) > 1 and mean >= _GOOD_GROUP


def address_shape(url: str) -> str:
    """The pattern of an address: its host, and each segment as number, slug or word; the first word is kept.

    Where the query tells one page from another (viewtopic.php?t=7), the file and the keys are the shape.
    """
    parts = urlsplit(canonical_url(url))
    dated = DATE_IN_PATH.search(parts.path)
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    shape = [parts.netloc.lower()]
    for index, segment in enumerate(segments):
        if parts.query and index == len(segments) - 1:
            shape.append(segment.lower())
        elif segment.isdigit():
            shape.append("0" * min(len(segment), 5))
        elif dated and index == len(segments) - 1:
            shape.append("slug")  # what stands at the end of a date is a story, however short its name
        elif len(re.split(r"[-_]", segment)) >= 2 or not segment.isascii() or re.search(r"\d{4,}", segment):
            shape.append("slug")
        else:
            shape.append(segment.lower() if index == 0 and len(segments) > 1 else "word")
    keys = sorted({pair.partition("=")[0] for pair in parts.query.split("&")}) if parts.query else []
    return "/".join(shape) + ("?" + "&".join(keys) if keys else "")
