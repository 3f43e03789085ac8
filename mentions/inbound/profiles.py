"""Which words lead to each page of ours, and patterns that a person should look at.

Counted in domains, not links: one site's footer puts the same link on ten thousand pages. The thresholds are rules of
thumb, set so that ordinary press coverage raises none; they point at what to look at and prove nothing, and nothing is
disavowed by them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mentions.inbound.anchors import AnchorKind, kind_of, plain, spam_words
from mentions.inbound.links import InboundLink
from mentions.targets import Target

ENOUGH_DOMAINS: Final = 10  # below that, shares say nothing: two of four domains are no pattern
REPEATED_SHARE: Final = 0.4  # of the domains use the very same phrase …
REPEATED_DOMAINS: Final = 5  # … and at least so many
TEMPLATE_PAGES: Final = 10  # of one domain, with the same words outside of every article: a footer or a blogroll
_MOST_ANCHORS: Final = 10  # shown of one page
_MOST_NAMED: Final = 3  # domains or phrases named in a flag

# Kinds whose repetition is what natural coverage looks like.
_NATURAL: Final = frozenset({AnchorKind.BRAND, AnchorKind.NAME, AnchorKind.URL, AnchorKind.GENERIC, AnchorKind.EMPTY})


@dataclass(frozen=True, slots=True)
class UsedAnchor:
    """Words that lead to a page of ours, in their most frequent spelling."""

    anchor: str
    kind: AnchorKind
    domains: int
    links: int


@dataclass(frozen=True, slots=True)
class AnchorProfile:
    """How one page of ours is linked, by links that stand."""

    url: str
    domains: int
    pages: int
    links: int
    followed_domains: int  # with at least one followed link
    kinds: dict[AnchorKind, int]  # domains that use each kind; a domain may use several
    anchors: tuple[UsedAnchor, ...]  # the most used first
    flags: tuple[str, ...]  # what a person should look at, in plain words; anchors in them are as crawled

    @property
    def enough(self) -> bool:
        """Are there enough domains for a share to mean something?"""
        return self.domains >= ENOUGH_DOMAINS


def profiles(links: Iterable[InboundLink], targets: Sequence[Target]) -> list[AnchorProfile]:
    """The profile of each page of ours that links lead to, that with the most domains first; lost links left out."""
    by_page: defaultdict[str, list[InboundLink]] = defaultdict(list)
    for link in links:
        if link.stands:
            by_page[link.url].append(link)
    found = [_profile(url, led, targets) for url, led in by_page.items()]
    return sorted(found, key=lambda profile: (-profile.domains, -profile.links, profile.url))


def _profile(url: str, links: Sequence[InboundLink], targets: Sequence[Target]) -> AnchorProfile:
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    used_by: defaultdict[str, set[str]] = defaultdict(set)
    by_kind: defaultdict[AnchorKind, set[str]] = defaultdict(set)
    kinds: dict[str, AnchorKind] = {}
    for link in links:
        phrase = plain(link.anchor)
        spellings[phrase][link.anchor] += 1
        used_by[phrase].add(link.publisher)
        kind = kinds.setdefault(phrase, kind_of(link.anchor, targets))
        by_kind[kind].add(link.publisher)
    used = [
        UsedAnchor(_most_used(counted), kinds[phrase], len(used_by[phrase]), counted.total())
        for phrase, counted in spellings.items()
    ]
    used.sort(key=lambda anchor: (-anchor.domains, -anchor.links, anchor.anchor))
    domains = {link.publisher for link in links}
    return AnchorProfile(
        url=url,
        domains=len(domains),
        pages=len({link.page_url for link in links}),
        links=len(links),
        followed_domains=len({link.publisher for link in links if link.followed}),
        kinds={kind: len(by_kind[kind]) for kind in AnchorKind if kind in by_kind},
        anchors=tuple(used[:_MOST_ANCHORS]),
        flags=(*_repeated(used, len(domains)), *_templates(links), *_spam(links, targets)),
    )


def _most_used(spellings: Counter[str]) -> str:
    """The most frequent spelling; of equally frequent ones always the same."""
    return min(spellings, key=lambda text: (-spellings[text], text))


def _repeated(used: Sequence[UsedAnchor], domains: int) -> list[str]:
    """Over-optimised: one phrase that is no name, address or "here", on very many of the domains."""
    if domains < ENOUGH_DOMAINS:
        return []
    least = max(REPEATED_DOMAINS, REPEATED_SHARE * domains)
    return [
        f"{anchor.domains} of {domains} domains use the same words, “{anchor.anchor}”: over-optimised, as if bought"
        for anchor in used
        if anchor.kind not in _NATURAL and anchor.domains >= least
    ]


def _templates(links: Sequence[InboundLink]) -> list[str]:
    """The same words outside of the article on many pages of one domain: they stand in its template."""
    pages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        if not link.zone.is_article:
            pages[link.publisher, plain(link.anchor)].add(link.page_url)
    by_domain = {domain: len(seen) for (domain, _), seen in sorted(pages.items()) if len(seen) >= TEMPLATE_PAGES}
    return [
        f"{domain} links from {count} pages outside their articles: a footer, sidebar or blogroll counts as one link"
        for domain, count in by_domain.items()
    ]


def _spam(links: Sequence[InboundLink], targets: Sequence[Target]) -> list[str]:
    """Words of link sellers: even one such link is worth a look."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        for word in spam_words(link.anchor, targets):
            found[word].add(link.publisher)
    return [f"“{word}” stands in links from {_some(domains)}" for word, domains in sorted(found.items())]


def _some(domains: Iterable[str]) -> str:
    named = sorted(domains)
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
