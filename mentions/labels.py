"""What a link says of itself where its address does not show where it leads: our name or our address as its label."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from mentions.extraction.article import Link
from mentions.links import LinkKind
from mentions.matching.mention import Mention
from mentions.targets import Target
from mentions.urls import host_of, path_segments, registrable_domain, split

# "Buy on …", "See price at …", "Jetzt bei … kaufen": nobody words a link to another page of the same site like this.
_SENDS_TO: Final = re.compile(
    r"(?:\b(?:buy|shop|get|order|view|see|check|find|price|deal|available|listen|watch|stream|download|subscribe|play|"
    r"kaufen|bestellen|ansehen|preis|angebot|anhören|acheter|voir|écouter|comprar|ver|escuchar|acquista|compra)\b.{0,40})?"
    r"\b(?:on|at|from|via|bei|auf|chez|sur|en|su)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ACTS: Final = re.compile(
    r"^\W*(?:buy|shop|get|order|view|see|check|find|listen|watch|stream|download|subscribe|play|\W?[$€£]\s?\d|now|jetzt|"
    r"bei|zum|acheter|voir|écouter|comprar|ver|escuchar|acquista|compra|on|at|from)\b|^\W*[$€£]\s?\d",
    re.IGNORECASE,
)


def is_labelled(link: Link, page_url: str, mentions: Sequence[Mention], target: Target) -> bool:
    """Does a link that hides its target carry our name or our address as its label?

    Hiding are redirectors and shorteners; and a site's own short addresses (/spotify, /x7k2), which the site may lead
    anywhere, where the label says that they leave.
    """
    inside = [mention for mention in mentions if link.start <= mention.start and mention.end <= link.end]
    if link.kind is LinkKind.OPAQUE:
        named = bool(inside) or bool(printed_addresses(link.anchor, target)) or _in_alternative_text(link, target)
        return named and not _names_another(link, page_url, inside, target)
    return bool(inside) and _is_short_address(link, page_url) and _says_it_leaves(link, inside[0], target)


def _names_another(link: Link, page_url: str, inside: Sequence[Mention], target: Target) -> bool:
    """Is this the site's own way out (/go/globex) with somebody else's name on it: "Globex, an Acme alternative"?"""
    url = link.url or ""
    slugs = path_segments(parts.path) if (parts := split(url)) else ()
    slug = "".join(letter for letter in (slugs[-1] if slugs else "") if letter.isalnum())
    if not slug.isalpha() or registrable_domain(host_of(url)) != registrable_domain(host_of(page_url)):
        return False
    if any(_SENDS_TO.search(link.anchor[: link.anchor.find(mention.matched)]) for mention in inside):
        return False
    ours = _squeezed(target.names) | _squeezed(domain.partition(".")[0] for domain in target.domains)
    return not any(name in slug or slug in name for name in ours if name)


def _squeezed(names: Iterable[str]) -> set[str]:
    """The names as addresses hold them: letters and digits only, case-folded."""
    return {"".join(letter for letter in name.casefold() if letter.isalnum()) for name in names}


def _in_alternative_text(link: Link, target: Target) -> bool:
    """The label of a linked picture is no text of the article, so no mention stands in it."""
    if link.start < link.end or not link.anchor:
        return False
    label = link.anchor.casefold()
    return any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", label) for name in target.names)


def _is_short_address(link: Link, page_url: str) -> bool:
    """One path segment and nothing else, on the page's own site."""
    parts = split(link.effective_url or "")
    if parts is None or parts.query or len(path_segments(parts.path)) != 1:
        return False
    return registrable_domain(host_of(link.effective_url or "")) == registrable_domain(host_of(page_url))


def _says_it_leaves(link: Link, mention: Mention, target: Target) -> bool:
    before = link.anchor[: link.anchor.find(mention.matched)]
    if _SENDS_TO.search(before) and _ACTS.search(link.anchor):
        return True
    parts = split(link.effective_url or "")
    named = _squeezed(target.names)
    # A tag page would be called so too; but nobody opens a tag page in a new window without handing over the opener.
    return bool(parts and path_segments(parts.path)[0] in named and "noopener" in link.rel)


@lru_cache(maxsize=16_384)
def _address_pattern(domain: str) -> re.Pattern[str]:
    host, _, path = domain.partition("/")
    tail = rf"/{re.escape(path)}(?![\w-])" if path else r"(?![\w-]|\.\w)"
    # Not after @ (a mail address) and not within a longer host; a path must follow where the domain has one.
    return re.compile(
        rf"(?<![\w@./-])(?P<scheme>https?://)?(?P<sub>(?:[\w-]+\.)*){re.escape(host)}{tail}(?P<more>/\S)?",
        re.IGNORECASE,
    )


def printed_addresses(text: str, target: Target) -> tuple[str, ...]:
    """Our addresses as they stand in a text. A name that is itself an address ("Booking.com") is a name there."""
    folded = text.casefold()
    names = {name.casefold() for name in target.names}
    found = []
    for domain in target.domains:
        if domain.partition("/")[0] not in folded:
            continue
        for match in _address_pattern(domain).finditer(text):
            plain = not (match["scheme"] or match["sub"] or match["more"])
            if not (plain and match[0].casefold() in names):
                found.append(match[0])
    return tuple(found)
