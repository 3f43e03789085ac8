"""Which of our pages link to which: counted by pages, article and navigation apart, redirects followed."""

from mentions.own_pages.site import MOST_SHOWN, ReadLink, ReadPage, SitePage, site_map

HOME = "https://quillon.example/"


def at(path: str) -> str:
    return f"https://quillon.example/{path}"


def page(path: str, *article: str, nav: tuple[str, ...] = (), redirects_to: str | None = None) -> ReadPage:
    links = {at(to): ReadLink(to, in_article=False) for to in nav} | {
        at(to): ReadLink(to, in_article=True) for to in article
    }
    return ReadPage(at(path), 301 if redirects_to else 200, redirects_to=redirects_to, links=links)


def mapped(*pages: ReadPage) -> dict[str, SitePage]:
    return {found.url.removeprefix(HOME): found for found in site_map(pages, [HOME])}


def test_links_in_articles_and_in_navigation_are_counted_apart() -> None:
    site = mapped(
        page("", "a", nav=("a", "b")),
        page("a", "b", nav=("", "b")),
        page("b", nav=("", "a", "b")),
    )
    assert (site["a"].linked_in_article, site["a"].linked_elsewhere) == (1, 1)
    assert (site["b"].linked_in_article, site["b"].linked_elsewhere) == (1, 1)
    assert (site["a"].links_in_article, site["a"].links_elsewhere) == (1, 1)
    assert [site[path].depth for path in ("", "a", "b")] == [0, 1, 1]
    assert [link.url for link in site["a"].linked_from] == [HOME, at("b")]


def test_a_page_that_no_other_links_to_is_isolated() -> None:
    site = mapped(page("", "a"), page("a", ""), page("lonely", "", "lonely"))
    assert site["lonely"].isolated
    assert site["lonely"].depth is None
    assert not site["a"].isolated
    assert not site[""].isolated


def test_an_island_of_pages_is_not_isolated_and_has_no_depth() -> None:
    site = mapped(page(""), page("x", "y"), page("y", "x"))
    assert (site["x"].isolated, site["x"].depth) == (False, None)


def test_links_through_redirects_count_for_where_they_end_and_circles_end() -> None:
    site = mapped(
        page("", "old", "round"),
        page("old", redirects_to=at("older")),
        page("older", redirects_to=at("new")),
        page("new"),
        page("round", redirects_to=at("round2")),
        page("round2", redirects_to=at("round")),
    )
    assert (site["new"].linked_in_article, site["new"].depth) == (1, 1)
    assert site["old"].linked_in_article == 0
    assert not site["old"].isolated
    assert site["round"].linked_in_article == 1


def test_a_home_page_that_redirects_is_where_it_leads() -> None:
    site = mapped(page("", redirects_to=at("en")), page("en", "a"), page("a"))
    assert (site["en"].depth, site["a"].depth) == (0, 1)


def test_few_of_many_linking_pages_are_kept() -> None:
    site = mapped(page("", "a"), page("a"), *(page(f"p{n:02}", nav=("a",)) for n in range(40)))
    assert site["a"].linked_elsewhere == 40
    assert len(site["a"].linked_from) == MOST_SHOWN
    assert site["a"].linked_from[0].in_article
