"""What people do today, and what a good engineer assembles in a day: the answers to compare ours with."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from xml.etree import ElementTree as ET

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from mentions.links import LinkKind, is_ours, read_href
from mentions.pages import Page
from mentions.targets import Target

_QUALIFIED = {"nofollow", "sponsored", "ugc"}


def visible_text(page: Page, targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """A regular expression over everything visible, and any href that contains the domain."""
    tree = LexborHTMLParser(page.body)
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    links = [(node.attributes.get("href") or "", node.attributes.get("rel") or "") for node in tree.css("a[href]")]
    for target in targets:
        if is_ours(page.url, target):
            yield target, "own_site"
        elif _names(target.names, ignore_case=True).search(text):
            rels = [rel for href, rel in links if any(domain in href for domain in target.domains)]
            yield target, _by_rel(rels)


def extractor(page: Page, targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """trafilatura (for recall) with word boundaries, and links owned by host."""
    own = [target for target in targets if is_ours(page.url, target)]
    yield from ((target, "own_site") for target in own)
    xml = trafilatura.extract(
        page.body, url=page.url, output_format="xml", include_links=True, include_comments=False, favor_recall=True
    )
    if not xml:
        return
    try:
        root = ET.fromstring(xml)  # made by trafilatura a line above, from its own tree
    except ET.ParseError:
        return
    text = " ".join([root.get("title") or "", *root.itertext()])
    rels = {
        node.attributes.get("href") or "": node.attributes.get("rel") or ""
        for node in LexborHTMLParser(page.body).css("a[href]")
    }
    links = [ref.get("target") or "" for ref in root.iter("ref")]
    for target in targets:
        if target not in own and _names(target.names, ignore_case=False).search(text):
            yield target, _by_rel([rels.get(href, "") for href in links if _leads_to(href, page, target)])


def _leads_to(href: str, page: Page, target: Target) -> bool:
    found = read_href(href, page.url)
    return found.kind is LinkKind.WEB and bool(found.effective_url and is_ours(found.effective_url, target))


def _by_rel(rels: Sequence[str]) -> str:
    if not rels:
        return "unlinked_mention"
    qualified = all(_QUALIFIED & set(rel.lower().split()) for rel in rels)
    return "qualified_link" if qualified else "linked_mention"


@cache
def _names(names: tuple[str, ...], *, ignore_case: bool) -> re.Pattern[str]:
    words = "|".join(re.escape(name) for name in names)
    ideographs = any(ord(letter) > 0x2E7F for name in names for letter in name)
    pattern = words if ideographs else rf"(?<!\w)(?:{words})(?!\w)"
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0)
