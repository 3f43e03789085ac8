"""Every page of ours that matters, in one line each: is it there, who links to it, how does our own site link it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mentions.destinations import Destination
from mentions.inbound.links import InboundLink
from mentions.inbound.tallies import Tally
from mentions.own_pages.site import OwnSite, SitePage
from mentions.own_pages.suggesting import LivePage, Suggestion, suggest
from mentions.urls import canonical_url


class PageStanding(StrEnum):
    """Is a page of ours there?"""

    GONE = "gone"  # 404 or 410, or no good answer for three nights
    UNSURE = "unsure"  # the last look was no good; it may be there again tomorrow
    MOVED = "moved"  # it leads to another page
    THERE = "there"
    UNKNOWN = "not looked at"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page of ours."""

    url: str  # canonical
    looked: Destination | None  # None: nobody looked where it leads
    site: SitePage | None  # None: no crawl of our own site asked for it
    tally: Tally  # of links to it, from pages of others
    reclaimed: int  # reclaimed links that end here
    links: tuple[InboundLink, ...] = ()  # the links themselves, lost ones included; of pages that are gone
    suggestion: Suggestion | None = None  # only of a page that is gone

    @property
    def standing(self) -> PageStanding:
        """By the last looks."""
        if self.looked is None:
            return self._by_site()
        if self.looked.is_dead:
            return PageStanding.GONE
        if self.looked.problem:
            return PageStanding.UNSURE
        moved = self.looked.final_url and canonical_url(self.looked.final_url) != self.url
        return PageStanding.MOVED if moved else PageStanding.THERE

    def _by_site(self) -> PageStanding:
        if self.site is None:
            return PageStanding.UNKNOWN
        if self.site.http_status in {404, 410}:
            return PageStanding.GONE
        if self.site.redirects_to:
            return PageStanding.MOVED
        return PageStanding.UNSURE if self.site.problem else PageStanding.THERE

    @property
    def problem(self) -> str | None:
        """Why it is not surely there; None: it is, or nobody looked."""
        if self.looked is not None:
            return self.looked.problem
        return self.site.problem if self.site else None

    @property
    def leads_to(self) -> str | None:
        """Where a page that has moved ends; None: it has not, or nobody knows."""
        if self.standing is not PageStanding.MOVED:
            return None
        return self.looked.final_url if self.looked else (self.site.redirects_to if self.site else None)

    @property
    def domains(self) -> int:
        """Referring domains, by links that stand."""
        return self.tally.domains

    @property
    def pages(self) -> int:
        """Pages of others with a link that stands."""
        return self.tally.pages

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know about where its links end, in plain words."""
        return tuple(_remarks(self))


def _remarks(page: OwnPage) -> Iterable[str]:
    site = page.site
    if page.standing is PageStanding.GONE and page.domains:
        yield f"links from {_counted(page.domains, 'domain')} are lost on it"
    if site is None or not site.was_read:
        return
    if site.noindex:
        yield "it asks search engines not to list it (noindex)"
    if site.canonical:
        yield f"it names another page as its original: {site.canonical}"
    if site.isolated:
        yield f"{_ending_links(page.reclaimed)} on a page that no other page of yours links to"
    elif not site.linked_in_article and site.depth != 0:
        yield "other pages of yours link to it in navigation only"


def _ending_links(reclaimed: int) -> str:
    if reclaimed == 0:
        return "links end"
    return "1 reclaimed link ends" if reclaimed == 1 else f"{reclaimed:,} reclaimed links end"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def own_pages(
    looked: Iterable[Destination],
    tallied: Mapping[str, Tally],
    site: OwnSite | None,
    reclaimed: Mapping[str, int],
    declared: Iterable[str] = (),
) -> list[OwnPage]:
    """The pages of ours that others link to, that the configuration names, or that were looked at; without the links.

    `reclaimed`: links by page; `declared`: the pages that the configuration names, as canonical URLs. Those that are
    gone come first, then those that most domains link to.
    """
    by_url = {found.url: found for found in looked if found.ours}
    counts = Counter({canonical_url(url): number for url, number in reclaimed.items()})
    mapped = site.pages if site else {}
    urls = dict.fromkeys((*by_url, *tallied, *declared, *counts))
    pages = (OwnPage(url, by_url.get(url), mapped.get(url), tallied.get(url, Tally()), counts[url]) for url in urls)
    return sorted(pages, key=_rank)


def with_links(pages: Sequence[OwnPage], links: Iterable[InboundLink], site: OwnSite | None) -> list[OwnPage]:
    """The same pages with those of the links that lead to them, and for pages that are gone what could stand in."""
    linked: defaultdict[str, list[InboundLink]] = defaultdict(list)
    for link in links:
        linked[link.url].append(link)
    gone = {page.url for page in pages if page.standing is PageStanding.GONE}
    live = [page for page in _live(pages, site.pages if site else {}) if page.url not in gone]
    return [
        replace(
            page,
            links=tuple(linked[page.url]),
            suggestion=suggest(page.url, dict.fromkeys(link.anchor for link in linked[page.url]), live)
            if page.url in gone
            else None,
        )
        for page in pages
    ]


def _rank(page: OwnPage) -> tuple[bool, bool, int, int, str]:
    gone, unsure = page.standing is PageStanding.GONE, page.standing is PageStanding.UNSURE
    return (not gone, not unsure, -page.domains, -page.tally.in_article, page.url)


def _live(pages: Sequence[OwnPage], mapped: Mapping[str, SitePage]) -> list[LivePage]:
    """Pages that a redirect could lead to: there, listed, their own original."""
    titles = {
        url: page.title
        for url, page in mapped.items()
        if page.was_read and page.canonical is None and not page.noindex and (page.http_status or 200) < 300
    }
    for page in pages:
        if page.standing is PageStanding.THERE and page.site is None:
            titles.setdefault(page.url, None)
    return [LivePage(url, title) for url, title in titles.items()]
