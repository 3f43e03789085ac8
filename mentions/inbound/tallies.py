"""How many link to each page of ours, however its address is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentions.inbound.links import InboundLink, is_page_of
from mentions.targets import Target
from mentions.urls import canonical_url, registrable_domain


@dataclass(frozen=True, slots=True)
class Tally:
    """Who links to one page of ours, by links that stand."""

    domains: int = 0
    pages: int = 0
    in_article: int = 0  # of these pages, with a link in the article


@dataclass(frozen=True, slots=True)
class AddressTally:
    """The same for one address as it is written in links."""

    url: str
    domains: int
    pages: int
    in_article: int


@dataclass(frozen=True, slots=True)
class Linking:
    """A page with a link that stands to an address, as written there; publisher and page by their numbers."""

    url: str
    publisher: int
    page: int
    in_article: bool


def spellings(addresses: Iterable[str], targets: Sequence[Target]) -> dict[str, list[str]]:
    """The addresses by the page of ours that they are (its canonical URL); profiles and pages of others left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        url = canonical_url(address)
        if is_page_of(url, targets):
            found[url].append(address)
    return dict(found)


def own_publishers(targets: Iterable[Target]) -> frozenset[str]:
    """The domains of which every page is ours."""
    domains = (domain for target in targets for domain in target.domains if "/" not in domain)
    return frozenset(domain for domain in domains if registrable_domain(domain) == domain)


def together(linking: Iterable[Linking], spelled: Mapping[str, Sequence[str]]) -> dict[str, Tally]:
    """The tally of each page of ours, of links to any of its spellings: none is counted twice."""
    page_of = {address: url for url, addresses in spelled.items() for address in addresses}
    held: defaultdict[str, list[Linking]] = defaultdict(list)
    for link in linking:
        held[page_of[link.url]].append(link)
    return {
        url: Tally(
            len({link.publisher for link in links}),
            len({link.page for link in links}),
            len({link.page for link in links if link.in_article}),
        )
        for url, links in held.items()
    }


def tallies(links: Iterable[InboundLink]) -> dict[str, Tally]:
    """The tally of each page of ours out of the links themselves."""
    by_page: defaultdict[str, list[InboundLink]] = defaultdict(list)
    for link in links:
        by_page[link.url].append(link)
    return {url: _tally([link for link in held if link.stands]) for url, held in by_page.items()}


def _tally(links: Sequence[InboundLink]) -> Tally:
    return Tally(
        len({link.publisher for link in links}),
        len({link.page_url for link in links}),
        len({link.page_url for link in links if link.zone.is_article}),
    )
