"""Our pages in one line each: what is gone and what it costs, what is odd, what could stand in."""

from collections.abc import Sequence
from datetime import timedelta

from mentions.destinations import Destination
from mentions.inbound import InboundLink, Standing
from mentions.inbound.tallies import tallies
from mentions.own_pages.overview import OwnPage, PageStanding, own_pages, with_links
from mentions.own_pages.site import OwnSite, SiteCrawl, SitePage
from tests.inbound.building import DAY, inbound

OLD, NEW = "https://quillon.example/reports/grippers-2025", "https://quillon.example/reports/grippers-2026"
GONE = Destination(OLD, True, DAY, OLD, 404, "not found (HTTP 404)", 1, DAY)


def site(*pages: SitePage, left: int = 0) -> OwnSite:
    return OwnSite(SiteCrawl(DAY, len(pages), left), {page.url: page for page in pages})


def read(
    url: str, *, article: int = 1, elsewhere: int = 0, noindex: bool = False, canonical: str | None = None
) -> SitePage:
    return SitePage(url, 200, None, None, canonical, noindex, "A title", 2, article, elsewhere, 0, 0, ())


def only(pages: list[OwnPage], url: str) -> OwnPage:
    [found] = [page for page in pages if page.url == url]
    return found


def overview(
    looked: list[Destination],
    links: list[InboundLink],
    crawled: OwnSite | None,
    reclaimed: dict[str, int],
    declared: Sequence[str] = (),
) -> list[OwnPage]:
    return with_links(own_pages(looked, tallies(links), crawled, reclaimed, declared), links, crawled)


def test_a_page_that_is_gone_comes_first_with_what_it_costs_and_what_could_stand_in() -> None:
    links = [inbound(1, url=OLD), inbound(2, url=OLD), inbound(3, url=OLD, standing=Standing.LOST), inbound(4, url=NEW)]
    first, *rest = overview([GONE], links, site(read(NEW)), {})
    assert (first.url, first.standing, first.domains, first.pages) == (OLD, PageStanding.GONE, 2, 2)
    assert first.suggestion is not None
    assert first.suggestion.url == NEW
    assert first.remarks == ("links from 2 domains are lost on it",)
    assert [page.suggestion for page in rest] == [None]


def test_nothing_is_suggested_that_is_gone_hidden_or_a_copy() -> None:
    unfit = site(read(NEW, noindex=True), read(f"{NEW}-b", canonical=NEW))
    dead_too = Destination(f"{NEW}-c", True, DAY, None, 410, "not found (HTTP 410)", 1, DAY)
    pages = overview([GONE, dead_too], [inbound(1, url=OLD)], unfit, {})
    assert only(pages, OLD).suggestion is None


def test_reclaimed_links_that_end_on_an_isolated_page_are_told() -> None:
    pages = overview([], [inbound(1, url=NEW)], site(read(NEW, article=0)), {f"{NEW}?utm_source=mail": 12})
    [page] = pages
    assert page.reclaimed == 12
    assert page.remarks == ("12 reclaimed links end on a page that no other page of yours links to",)


def test_noindex_canonical_and_navigation_only_are_told() -> None:
    [page] = overview([], [], site(read(NEW, article=0, elsewhere=3, noindex=True, canonical=OLD)), {}, [NEW])
    assert page.remarks == (
        "it asks search engines not to list it (noindex)",
        f"it names another page as its original: {OLD}",
        "other pages of yours link to it in navigation only",
    )


def test_states() -> None:
    moved = Destination("https://quillon.example/a", True, DAY, NEW, 200, hops=((302, NEW),))
    slow = Destination("https://quillon.example/b", True, DAY, problem="no answer", failures=1, failing_since=DAY)
    away = Destination(
        "https://quillon.example/c", True, DAY, problem="no answer", failures=3, failing_since=DAY - timedelta(days=3)
    )
    there = Destination(NEW, True, DAY, NEW, 200)
    shortener = Destination("https://bit.ly/x", False, DAY, NEW)
    pages = overview([moved, slow, away, there, shortener], [inbound(1, url="https://quillon.example/z")], None, {})
    assert [(page.url.rpartition("/")[2], page.standing) for page in pages] == [
        ("c", PageStanding.GONE),
        ("b", PageStanding.UNSURE),
        ("z", PageStanding.UNKNOWN),
        ("a", PageStanding.MOVED),
        ("grippers-2026", PageStanding.THERE),
    ]
    assert only(pages, moved.url).leads_to == NEW
