"""Where a page shows addresses to its readers, and where it shows that it hides some from programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mentions.extraction.article import Article, Zone
from mentions.links import LinkKind
from mentions.outreach.addresses import Refused, contactable, mailto_address

# Bounded on both sides of the @: pages are up to 10 MB, and no real address is longer (RFC 5321 section 4.5.3.1).
_IN_TEXT: Final = re.compile(
    r"(?<![\w.+@/=:%-])[^\W_][\w.+'-]{0,63}@(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,6}[^\W\d_]{2,24}(?![\w@-])"
)
# "editor [at] courier [dot] example", "editor(at)courier.example", "[email protected]": written so on purpose.
_HIDDEN_IN_TEXT: Final = re.compile(
    r"[\w.+-]{1,64}\s{0,2}[\[({<]\s{0,2}(?:at|@|ät|et|arroba|arobase|chiocciola|klammeraffe|apenstaartje)\s{0,2}[\])}>]"
    r"\s{0,2}[\w-]{2,63}(?:\s{0,2}[\[({<]?\s{0,2}(?:\.|dot|punkt|point|punto|ponto)\s{0,2}[\])}>]?\s{0,2}[\w-]{2,63}){1,4}"
    r"|[\w.+-]{1,64} AT [\w-]{2,63}(?: DOT [\w-]{2,63}){1,4}"
    r"|\[email.protected\]",
    re.IGNORECASE,
)
# Some of this stands in whatever the pattern above finds; to look for the pattern itself costs fifty times as much.
_HINT: Final = re.compile(
    r"[\[({<]\s{0,2}(?:at|@|ät|et|arroba|arobase|chiocciola|klammeraffe|apenstaartje)\s{0,2}[\])}>]"
    r"| DOT |\[email.protected\]",
    re.IGNORECASE,
)
_CLOUDFLARE: Final = "/cdn-cgi/l/email-protection"
_MOST: Final = 200  # addresses of one page; staff lists of large papers have about a hundred
_LONG_LINE: Final = 240  # characters; of a longer block only what stands near the address speaks of it
_NEAR: Final = 100


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where an address stands. `address` None: hidden from programs."""

    address: str | None  # lower case, checked
    zone: Zone
    line: str  # the words around it
    linked: bool  # a mailto: link, not only text


def sightings(article: Article) -> Iterator[Sighting]:
    """Every address that a reader sees outside the readers' comments, links first; at most _MOST."""
    shown = 0
    for found in (*_links(article), *_texts(article)):
        if shown < _MOST and found.zone is not Zone.COMMENTS:
            shown += 1
            yield found


def hidden_sightings(article: Article) -> Iterator[Sighting]:
    """Every place outside comments where the page shows an address in a form that programs are not to read (B-02)."""
    for link in article.links:
        if _CLOUDFLARE in link.href and not link.hidden and link.zone is not Zone.COMMENTS:
            yield Sighting(None, link.zone, _line(article, link.start), linked=True)
    for found in _HIDDEN_IN_TEXT.finditer(article.text) if _HINT.search(article.text) else ():
        zone = article.zone_at(found.start())
        if zone is not Zone.COMMENTS:
            yield Sighting(None, zone, _line(article, found.start()), linked=False)


def _links(article: Article) -> Iterator[Sighting]:
    for link in article.links:
        if link.kind is LinkKind.MAIL and not link.hidden:
            try:
                address = mailto_address(link.href)
            except Refused:
                continue
            yield Sighting(address.lower(), link.zone, _line(article, link.start), linked=True)


def _texts(article: Article) -> Iterator[Sighting]:
    if "@" not in article.text:
        return
    for found in _IN_TEXT.finditer(article.text):
        try:
            address = contactable(found[0])
        except Refused:
            continue
        zone = article.zone_at(found.start())
        yield Sighting(address.lower(), zone, _line(article, found.start()), linked=False)


def _line(article: Article, offset: int) -> str:
    if not article.blocks:
        return ""
    block = article.block_at(offset)
    start, end = block.start, block.end
    if end - start > _LONG_LINE:
        start, end = max(start, offset - _NEAR), min(end, offset + _NEAR)
    return " ".join(article.text[start:end].split())
