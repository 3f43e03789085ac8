"""What a page says of itself: JSON-LD first, then meta tags, then marked-up elements."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mentions.extraction import jsonld
from mentions.extraction.article import Metadata
from mentions.extraction.authors import clean_authors, looks_like_name
from mentions.extraction.dates import date_in_path, read_date
from mentions.extraction.declarations import Declarations
from mentions.extraction.language import read_language
from mentions.extraction.people import editorial_pages, people_of
from mentions.extraction.visible import byline_near_headline, date_near_headline
from mentions.extraction.walked import Walk

_PUBLISHED: Final = tuple(
    str.split(
        "article:published_time og:published_time datepublished og:article:published_time "
        "parsely-pub-date sailthru.date pubdate publish-date publish_date publishdate date.issued "
        "dc.date.issued dcterms.created dcterms.issued dc.date dcterms.date article.published "
        "article_date_original cxenseparse:recs:publishtime bt:pubdate rnews:datepublished "
        "publication_date citation_publication_date displaydate date"
    )
)
_MODIFIED: Final = tuple(
    str.split(
        "article:modified_time og:updated_time datemodified og:article:modified_time dcterms.modified "
        "dc.date.modified lastmod last-modified article.updated"
    )
)
_AUTHOR: Final = tuple(
    str.split(
        "author article:author parsely-author sailthru.author byl dc.creator dcterms.creator "
        "cxenseparse:author citation_author article.author twitter:data1"
    )
)
_TITLE: Final = ("og:title", "twitter:title", "dc.title", "headline")
_NO_DATE: Final = re.compile(r"comment|related|sidebar|footer|teaser", re.IGNORECASE)
_BOT_NAME: Final = re.compile(r"[a-z*][a-z0-9*_-]*$")
# Rules that carry a value after a colon: "max-snippet: 50" is a rule, "otherbot: noindex" is a rule for one robot.
_RULES_WITH_VALUE: Final = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def read_metadata(
    parser: LexborHTMLParser, tags: Declarations, url: str, headers: Mapping[str, str], walk: Walk
) -> Metadata:
    """What the page says of itself, of which `tags` are already read.

    `walk` is what a reader sees, against which the declared language is checked.
    """
    nodes = jsonld.read_scripts(tags.json_ld())
    by_id = {value: node for node in nodes if isinstance(value := node.get("@id"), str) and len(node) > 1}
    own = jsonld.article_nodes(nodes)
    site_name = next(tags.values(["og:site_name", "application-name"]), None) or _first_name(own, "publisher", by_id)
    title = _title(parser, tags, own)
    return Metadata(
        title=title,
        authors=_authors(parser, tags, own, by_id, {site_name, title}) or _seen_authors(walk, {site_name, title}),
        published=_published(parser, tags, own, url) or date_near_headline(walk),
        modified=_first_date(_strings(own, "dateModified")) or _first_date(tags.values(_MODIFIED)),
        language=read_language(_declared_language(parser, tags, headers), walk.text),
        site_name=_one_line(site_name),
        section=_one_line(next(tags.values(["article:section"]), None) or next(_strings(own, "articleSection"), None)),
        canonical=_canonical(tags.canonical, url),
        robots=_robots(tags, headers),
        paywalled=any(_is_false(node.get("isAccessibleForFree")) for node in own),
        people=people_of(own, by_id, url),
        editorial_pages=editorial_pages(nodes, url),
    )


def _strings(nodes: Iterable[jsonld.Node], key: str) -> Iterator[str]:
    for node in nodes:
        yield from jsonld.strings(node.get(key))


def _first_name(nodes: Iterable[jsonld.Node], key: str, by_id: Mapping[str, jsonld.Node]) -> str | None:
    return next((name for node in nodes for name in jsonld.names(node.get(key), by_id)), None)


def _one_line(value: str | None) -> str | None:
    line = " ".join(unescape(value).split()) if value else ""
    return line or None


def _title(parser: LexborHTMLParser, tags: Declarations, own: list[jsonld.Node]) -> str | None:
    element = parser.css_first("title")
    choices = [
        next(_strings(own, "headline"), None),
        next(tags.values(_TITLE), None),
        element.text() if element else None,
    ]
    return next((line for choice in choices if (line := _one_line(choice))), None)


def _authors(
    parser: LexborHTMLParser,
    tags: Declarations,
    own: list[jsonld.Node],
    by_id: Mapping[str, jsonld.Node],
    not_authors: set[str | None],
) -> tuple[str, ...]:
    """The authors by the first source that names any: JSON-LD, meta tags, elements marked as author or byline."""
    for node in own:
        if authors := clean_authors(jsonld.names(node.get("author") or node.get("creator"), by_id), not_authors):
            return authors
    if authors := clean_authors((v for v in tags.values(_AUTHOR[:-1]) if looks_like_name(v)), not_authors):
        return authors
    for selector in _author_elements(parser):
        marked = [node.text(separator=" ") for node in parser.css(selector)[:20] if not _is_elsewhere(node)]
        if authors := clean_authors((value for value in marked if looks_like_name(value)), not_authors):
            return authors[:5]
    return ()


def _author_elements(parser: LexborHTMLParser) -> Iterator[str]:
    """The selectors of elements that may name an author, the surest first."""
    yield '[itemprop="author"] [itemprop="name"], [itemprop="author"]'
    yield 'a[rel~="author"]'
    named = '[class*="author-name" i], [class*="author_name" i], [class*="authorname" i]'
    if parser.css_first(_BYLINE_ELEMENTS):  # asked first: looking for a byline around every link takes long
        yield f"{_BYLINE_ELEMENTS} a, {named}"
        yield _BYLINE_ELEMENTS
    else:
        yield named
    yield '[class~="author" i], [class*="post-author" i], [class*="entry-author" i], a[href*="/author/" i]'


_BYLINE_ELEMENTS: Final = '[class*="byline" i]'


def _is_elsewhere(node: LexborNode) -> bool:
    """Does the element stand in a comment, a teaser, a footer: about something else than this article?"""
    parent: LexborNode | None = node
    for _ in range(12):
        if parent is None:
            return False
        attributes = parent.attributes if parent.is_element_node else {}
        if _NO_DATE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}") or parent.tag == "footer":
            return True
        parent = parent.parent
    return False


def _seen_authors(walk: Walk, not_authors: set[str | None]) -> tuple[str, ...]:
    byline = byline_near_headline(walk)
    return clean_authors([byline], not_authors) if byline else ()


def _first_date(values: Iterable[str]) -> datetime | None:
    return next((moment for value in values if (moment := read_date(value))), None)


def _published(parser: LexborHTMLParser, tags: Declarations, own: list[jsonld.Node], url: str) -> datetime | None:
    return (
        _first_date(_strings(own, "datePublished"))
        or _first_date(tags.values(_PUBLISHED))
        or _first_date(_marked_dates(parser))
        or date_in_path(url)
    )


def _marked_dates(parser: LexborHTMLParser) -> Iterator[str]:
    """The values of elements that hold a date: itemprop first, then <time>, then those named so."""
    for selector in ('[itemprop="datePublished"], time[pubdate]', "time[datetime], time", _DATE_ELEMENTS):
        for node in parser.css(selector)[:20]:
            if not _is_elsewhere(node):
                attributes = node.attributes
                yield attributes.get("datetime") or attributes.get("content") or node.text(separator=" ")


_DATE_ELEMENTS: Final = (
    '[class*="publish" i], [class*="post-date" i], [class*="entry-date" i], [class*="article-date" i], '
    '[class~="date" i], [class*="dateline" i], [class*="timestamp" i]'
)


def _declared_language(parser: LexborHTMLParser, tags: Declarations, headers: Mapping[str, str]) -> list[str]:
    root = parser.css_first("html")
    attributes = root.attributes if root else {}
    declared = [attributes.get("lang"), attributes.get("xml:lang"), *tags.values(["og:locale", "content-language"])]
    return [value for value in (*declared, headers.get("content-language")) if value]


def _canonical(href: str | None, url: str) -> str | None:
    if not href:
        return None
    try:
        canonical = urljoin(url, href)
    except ValueError:
        return None
    return canonical if canonical.startswith(("http://", "https://")) else None


def _robots(tags: Declarations, headers: Mapping[str, str]) -> frozenset[str]:
    """The rules for every robot; those addressed to one robot (googlebot …) are not about us."""
    rules: set[str] = set()
    for value in tags.values(["robots"]):
        rules.update(rule.strip().lower() for rule in value.split(","))
    everyone = True
    for part in headers.get("x-robots-tag", "").lower().split(","):
        name, colon, rule = part.strip().partition(":")
        if colon and _BOT_NAME.match(name.strip()) and name.strip() not in _RULES_WITH_VALUE:
            # "otherbot: noindex, nofollow": what follows the name is for that robot, up to the next name.
            everyone = name.strip() == "*"
            part = rule
        if everyone:
            rules.add(part.strip())
    return frozenset(rules - {""})


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "http://schema.org/false"})
