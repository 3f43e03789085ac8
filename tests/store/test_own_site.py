"""Our own site in the store: each crawl in place of the one before; on both databases."""

from mentions.destinations import Destination
from mentions.own_pages.site import LinkingPage, OwnSite, SiteCrawl, SitePage
from mentions.store import Store
from tests.store.building import DAY, NIGHT


def site_page(url: str, *, depth: int | None = 1, linked: tuple[LinkingPage, ...] = ()) -> SitePage:
    return SitePage(url, 200, None, None, None, False, "Robots \x00", depth, len(linked), 2, 3, 4, linked)


def test_a_crawl_replaces_the_one_before(store: Store) -> None:
    assert store.own_site() is None
    assert store.own_site_crawled() is None
    linking = LinkingPage("https://acme.example/", "Robots", in_article=True)
    first = [site_page("https://acme.example/a", linked=(linking,)), site_page("https://acme.example/b", depth=None)]
    store.save_own_site(SiteCrawl(NIGHT, 2, 7), first)
    held = store.own_site()
    assert held is not None
    assert not held.crawl.complete
    assert held.pages["https://acme.example/a"].linked_from == (linking,)
    assert held.pages["https://acme.example/a"].title == "Robots \ufffd"
    assert held.pages["https://acme.example/b"].depth is None
    again = SiteCrawl(NIGHT + DAY, 0, 0)
    store.save_own_site(again, [])
    assert store.own_site() == OwnSite(again, {})
    assert store.own_site_crawled() == again


def test_redirects_on_the_way_to_a_page_are_kept(store: Store) -> None:
    hops = ((301, "https://acme.example/b"), (302, "https://acme.example/c"))
    moved = Destination("https://acme.example/a", True, NIGHT, "https://acme.example/c", 200, hops=hops)
    store.save_destinations([moved, Destination("https://bit.ly/x", False, NIGHT, "https://acme.example/")])
    assert store.own_pages() == [moved]
    assert store.destinations(["https://bit.ly/x"])["https://bit.ly/x"].hops == ()


def test_nothing_was_reclaimed_yet(store: Store) -> None:
    assert store.reclaimed_by_page() == {}
