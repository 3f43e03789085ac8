"""Our own site as a small crawl saw it: which pages link to which, how many clicks from the home page, what is odd."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

MOST_SHOWN: Final = 10  # linking pages that are kept of each page; the counts are of all
_MOST_HOPS: Final = 5  # of redirects inside the site


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A link from one page of ours to another; of several the one in the article, if there is one."""

    anchor: str
    in_article: bool  # else in navigation, footer, related links


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page of ours as it answered. All addresses are canonical URLs."""

    url: str
    http_status: int | None = None  # None: no answer, or we may not ask
    problem: str | None = None  # why it was not read; None: it was, or it leads elsewhere
    redirects_to: str | None = None  # None: it does not
    canonical: str | None = None  # None: it names itself, or nothing
    noindex: bool = False
    title: str | None = None
    links: Mapping[str, ReadLink] = field(default_factory=dict)  # to other pages of ours, by their URL


@dataclass(frozen=True, slots=True)
class LinkingPage:
    """A page of ours that links to another one."""

    url: str
    anchor: str
    in_article: bool


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of ours within its site. Links through a redirect count for the page where it ends."""

    url: str
    http_status: int | None
    problem: str | None
    redirects_to: str | None
    canonical: str | None  # the other page that it names as its original
    noindex: bool
    title: str | None
    depth: int | None  # clicks from a home page; None: no way was found
    linked_in_article: int  # other pages of ours that link to it in their article
    linked_elsewhere: int  # … that link to it in navigation only
    links_in_article: int  # other pages of ours that it links to in its article
    links_elsewhere: int  # … in navigation only
    linked_from: tuple[LinkingPage, ...]  # at most MOST_SHOWN, links in articles first

    @property
    def was_read(self) -> bool:
        """Did it answer with a page?"""
        return self.problem is None and self.redirects_to is None

    @property
    def isolated(self) -> bool:
        """Is it a page that no other page links to, as far as they were read?"""
        return self.was_read and self.depth != 0 and not (self.linked_in_article or self.linked_elsewhere)


@dataclass(frozen=True, slots=True)
class SiteCrawl:
    """One crawl of our own site."""

    ended_at: datetime
    pages: int  # that answered, in whatever way
    left: int  # known, and not asked for within the budget

    @property
    def complete(self) -> bool:
        """Was everything read that was found? Only then does "no page links to it" hold for the whole site."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class OwnSite:
    """The last crawl of our own site, with its pages by URL."""

    crawl: SiteCrawl
    pages: Mapping[str, SitePage]


def site_map(read: Iterable[ReadPage], homes: Iterable[str]) -> list[SitePage]:
    """Every page that was asked for, within the site, sorted by URL. `homes`: canonical URLs where visitors begin."""
    pages = {page.url: page for page in read}
    leads = {url: _end(url, pages) for url in pages}
    edges = {url: _edges(page, leads) for url, page in pages.items()}
    linked_from: defaultdict[str, list[LinkingPage]] = defaultdict(list)
    for url in sorted(edges):
        for to, link in edges[url].items():
            linked_from[to].append(LinkingPage(url, link.anchor, link.in_article))
    depths = _depths(edges, [leads.get(home, home) for home in homes])
    return [
        _site_page(page, edges[url], linked_from[url], depths.get(leads[url])) for url, page in sorted(pages.items())
    ]


def _end(url: str, pages: Mapping[str, ReadPage]) -> str:
    """Where the redirects of our own pages lead from here; `url` itself where they go round in a circle."""
    here = url
    for _ in range(_MOST_HOPS):
        page = pages.get(here)
        if page is None or page.redirects_to is None:
            return here
        here = page.redirects_to
    return url


def _edges(page: ReadPage, leads: Mapping[str, str]) -> dict[str, ReadLink]:
    found: dict[str, ReadLink] = {}
    for to, link in page.links.items():
        end = leads.get(to, to)
        if end != page.url and (end not in found or link.in_article > found[end].in_article):
            found[end] = link
    return found


def _depths(edges: Mapping[str, Mapping[str, ReadLink]], homes: Sequence[str]) -> dict[str, int]:
    """Clicks from the nearest home page, breadth first."""
    depths = dict.fromkeys(homes, 0)
    waiting = deque(depths)
    while waiting:
        here = waiting.popleft()
        for to in edges.get(here, ()):
            if to not in depths:
                depths[to] = depths[here] + 1
                waiting.append(to)
    return depths


def _site_page(
    page: ReadPage, links: Mapping[str, ReadLink], linking: Sequence[LinkingPage], depth: int | None
) -> SitePage:
    in_article = sum(link.in_article for link in linking)
    out = sum(link.in_article for link in links.values())
    return SitePage(
        url=page.url,
        http_status=page.http_status,
        problem=page.problem,
        redirects_to=page.redirects_to,
        canonical=page.canonical,
        noindex=page.noindex,
        title=page.title,
        depth=depth,
        linked_in_article=in_article,
        linked_elsewhere=len(linking) - in_article,
        links_in_article=out,
        links_elsewhere=len(links) - out,
        linked_from=tuple(sorted(linking, key=lambda link: (not link.in_article, link.url))[:MOST_SHOWN]),
    )
