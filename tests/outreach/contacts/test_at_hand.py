"""What is found at half the price is what would have been found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.extraction import read_article
from mentions.outreach.contacts import contacts_on
from mentions.outreach.contacts.published import best_address_on
from mentions.outreach.contacts.reading import contacts_of, read_contacts
from mentions.outreach.contacts.sightings import _HIDDEN_IN_TEXT, _HINT
from mentions.pages import Page
from tests.outreach.contacts.building import ARTICLE, COURIER, OURS, article_page

PAGES = [
    article_page(),
    article_page(beside='<a href="mailto:j.doering@courier.example">write</a>', footer="newsroom@courier.example"),
    article_page(
        body="<p>desk@courier.example</p>", footer='<a href="/contact">Contact us</a> corrections@courier.example'
    ),
    article_page(footer='<a href="/contact">Contact us</a> <a href="/team">Our team</a>'),
    article_page(body="<p>editor [at] courier [dot] example</p>", footer="tips@courier.example"),
]

_PIECES = ("editor", "courier", "x", " ", "  ", "[", "(", "]", ")", "{", ">", "at", "AT", " AT ", "@", "ät", "arroba")
_MORE = (".", "dot", " DOT ", " dot ", "[email protected]", "[email\xa0protected]", "example", "\n", "é")


@given(st.lists(st.sampled_from((*_PIECES, *_MORE)), max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
def test_where_an_address_is_hidden_there_is_a_hint_of_it_b02(text: str) -> None:
    for found in _HIDDEN_IN_TEXT.finditer(text):
        assert _HINT.search(text), found[0]


@pytest.mark.parametrize(
    "text",
    [
        "editor [at] courier [dot] example",
        "editor(at)courier.example",
        "jane AT courier DOT example",
        "[email protected]",
    ],
)
def test_every_way_to_hide_an_address_has_its_hint_b02(text: str) -> None:
    assert _HIDDEN_IN_TEXT.search(text)
    assert _HINT.search(text)


@pytest.mark.parametrize("body", PAGES)
def test_the_best_address_is_the_first_of_all_contacts_that_has_one(body: bytes) -> None:
    article = read_article(Page(ARTICLE, body, headers={"content-type": "text/html"}))
    everybody = contacts_on(article, ours=OURS, publisher=COURIER).contacts
    first = next((contact for contact in everybody if contact.address), None)
    assert best_address_on(article, ours=OURS, publisher=COURIER) == first


@pytest.mark.parametrize("body", PAGES)
def test_an_article_at_hand_gives_what_its_page_gives(body: bytes) -> None:
    page = Page(ARTICLE, body, headers={"content-type": "text/html"})
    assert contacts_of(read_article(page), ours=OURS, publisher=COURIER) == read_contacts(
        page, ours=OURS, publisher=COURIER
    )
