"""How an article links out."""

from dataclasses import replace

from mentions.extraction.article import Article, Link, Zone
from mentions.links import LinkKind
from mentions.signs import signs_of
from tests.outreach.building import article, finding


def linked(*links: Link, robots: frozenset[str] = frozenset()) -> Article:
    return replace(article("Quillon builds machines. " * 20, robots=robots), links=links)


def link(url: str, *, rel: tuple[str, ...] = (), zone: Zone = Zone.BODY, kind: LinkKind = LinkKind.WEB) -> Link:
    return Link(url, url, url, kind, "there", rel, zone, 0, 5)


def test_links_to_other_sites_in_the_article_are_counted() -> None:
    page = linked(
        link("https://elsewhere.example/"),
        link("https://paid.example/", rel=("sponsored",)),
        link("https://news.courier.example/same-site"),
        link("https://footer.example/", zone=Zone.BOILERPLATE),
        link("https://sharer.example/", kind=LinkKind.SHARE),
        replace(link("https://hidden.example/"), hidden=True),
    )
    signs = signs_of(page, [finding()])
    assert (signs.links_out, signs.links_followed) == (2, 1)


def test_a_page_wide_nofollow_qualifies_every_link() -> None:
    signs = signs_of(linked(link("https://elsewhere.example/"), robots=frozenset({"nofollow"})), [finding()])
    assert (signs.links_out, signs.links_followed) == (1, 0)


def test_an_article_that_does_not_name_us_is_not_compared_with_others() -> None:
    page = article(" ".join(f"w{n}" for n in range(200)))
    assert signs_of(page, []).sketch is None
    assert signs_of(page, [finding()]).sketch is not None
