"""Where a listing goes on."""

import pytest

from mentions.sources.paging import next_page

URL = "https://courier.example/technology/"


def page(links: str) -> bytes:
    return f"<!doctype html><title>t</title><body><a href='/technology/'>Technology</a>{links}</body>".encode()


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ('<link rel="next" href="/technology/page/2/">', "/technology/page/2/"),
        ('<a rel="nofollow next" href="?page=2">more</a>', "/technology/?page=2"),
        ('<a href="/technology/older">Older posts</a>', "/technology/older"),
        ('<a href="/technology/?p=2">Nächste Seite</a>', "/technology/?p=2"),
        ('<a href="/technology/?paged=2" aria-label="Next page">\u203a</a>', "/technology/?paged=2"),
        ('<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a>', "/technology/?page=2"),
        ('<a href="/technology/page/3/">3</a><a href="/technology/page/2/">2</a>', "/technology/page/2/"),
        ('<a href="https://elsewhere.example/?page=2">Next</a>', None),
        ('<a href="/technology/">Next</a>', None),
        ('<a href="/business/?page=2">2</a>', None),
        (
            '<a href="/2026/11/next-generation-robots">Next generation robots arrive in the harbour of Port Ellery</a>',
            None,
        ),
        ("", None),
    ],
)
def test_the_first_page(links: str, expected: str | None) -> None:
    assert next_page(page(links), URL) == (f"https://courier.example{expected}" if expected else None)


def test_the_second_page_leads_to_the_third_and_not_back() -> None:
    links = '<a href="?page=1">Previous</a> <a href="?page=1">1</a> <a href="?page=3">3</a> <a href="?page=9">9</a>'
    assert next_page(page(links), URL + "?page=2") == URL + "?page=3"


def test_other_parameters_of_the_listing_stay() -> None:
    links = '<a href="?topic=robots&amp;page=2">2</a><a href="?topic=cheese&amp;page=2">2</a>'
    assert next_page(page(links), URL + "?topic=robots") == URL + "?topic=robots&page=2"
