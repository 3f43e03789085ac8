"""What on a page speaks for a link to us: the links that lead to us, how near they stand, our address in print."""

import re
from collections.abc import Sequence
from typing import Final

from mentions.extraction.article import Article, Link
from mentions.findings import JudgedLink, JudgedMention, LinkDistance
from mentions.labels import is_labelled, printed_addresses
from mentions.links import LinkKind, is_ours, is_profile
from mentions.matching.mention import Mention
from mentions.targets import Target

QUALIFYING: Final = ("sponsored", "ugc", "nofollow")  # the most telling first
_WEB_ARCHIVE: Final = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.(?:ph|is|today|md|vn|li|fo))/", re.IGNORECASE
)
_ADDRESS_AT_END: Final = re.compile(r"https?://\S+$")


def links_to_us(article: Article, mentions: Sequence[Mention], target: Target) -> tuple[JudgedLink, ...]:
    """Every link a reader can see that leads to us or seems to, in page order.

    `ours` is true for links to our domains. The others are our profiles, and what hides its target and yet is
    labelled with our name or our address: offline nobody can do better than to believe the label.
    """
    page_rel = {"nofollow"} if article.metadata.robots & {"nofollow", "none"} else set()
    first = min((mention.start for mention in mentions), default=len(article.text))
    last = max((mention.end for mention in mentions), default=0)
    profiles = bool(target.profiles)
    found = []
    for link in article.links:
        web = link.kind is LinkKind.WEB
        if link.hidden or not (web or link.kind is LinkKind.OPAQUE):
            continue
        # What decides is where the link leads; for a hidden target the address itself (our own shortener).
        address = link.effective_url if web else link.url
        ours = bool(address) and is_ours(address or "", target)
        profile = profiles and web and bool(address) and is_profile(address or "", target)
        # A link that shows where it leads is labelled only by a mention in it; most links stand far from all of them.
        near = not web or (link.start < last and first < link.end)
        if ours or profile or (near and is_labelled(link, article.url, mentions, target)):
            found.append(JudgedLink(link, ours, tuple(sorted({*link.rel, *page_rel}))))
    return tuple(found)


def is_followed(judged: JudgedLink) -> bool:
    """Does a search engine follow this link?"""
    return not set(judged.rel) & set(QUALIFYING)


def judged_mentions(
    article: Article, mentions: Sequence[Mention], links: Sequence[JudgedLink]
) -> tuple[JudgedMention, ...]:
    """Each mention with its distance to the nearest of these links in the article."""
    near = [judged.link for judged in links if judged.link.zone.is_article]
    return tuple(JudgedMention(mention, distance(article, mention, near)) for mention in mentions)


def distance(article: Article, mention: Mention, links: Sequence[Link]) -> LinkDistance:
    """How far the mention stands from the nearest of `links`."""
    if not links or not mention.zone.is_article:
        return LinkDistance.NONE
    if any(link.start < mention.end and mention.start < link.end for link in links):
        return LinkDistance.INSIDE
    block = article.block_at(mention.start)
    start, end = sentence_span(article, mention)
    if any(link.start <= end and start <= link.end and block.start <= link.start <= block.end for link in links):
        return LinkDistance.SENTENCE
    if any(block.start <= link.start <= block.end for link in links):
        return LinkDistance.PARAGRAPH
    return LinkDistance.ELSEWHERE


def sentence_span(article: Article, mention: Mention) -> tuple[int, int]:
    """Where the mention's sentence stands in `Article.text`; its whole block where the sentence was shortened."""
    block = article.block_at(mention.start)
    at = article.text.find(mention.sentence, max(block.start, mention.end - len(mention.sentence)), block.end)
    if mention.sentence and 0 <= at <= mention.start:
        return at, at + len(mention.sentence)
    return block.start, block.end


def address_in_print(article: Article, target: Target) -> str | None:
    """The first address of ours that the article prints as text, outside every link; None where there is none."""
    folded = article.text.casefold()
    if not any(domain.partition("/")[0] in folded for domain in target.domains):
        return None
    spans = [(link.start, link.end) for link in article.links if link.start < link.end and not link.hidden]
    for block in article.blocks:
        if not block.zone.is_article:
            continue
        text = article.text[block.start : block.end]
        if "." not in text:
            continue
        for address in printed_addresses(text, target):
            at = block.start + text.find(address)
            if not any(start < at + len(address) and at < end for start, end in spans):
                return address
    return None


def only_archived(article: Article, target: Target) -> Link | None:
    """A link of the article to an archived copy of our page, which is no link to us; None where there is none."""
    for link in article.links:
        if link.url and link.zone.is_article and not link.hidden and _WEB_ARCHIVE.match(link.url):
            inner = _ADDRESS_AT_END.search(link.url[8:])
            if inner and is_ours(inner[0], target):
                return link
    return None
