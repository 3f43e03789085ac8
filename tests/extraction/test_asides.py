"""Lists inside an article whose heading says they are none of it: other pages, and what a subscription holds."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of

ENTRIES = (
    ("Quorba Cloud buys forty thousand chips", "The firm wants to train its models in the harbour, it said in May."),
    ("The port lends ladders now", "They must be back by Friday, and without the paint."),
    ("Why the tram is late again", "A bridge, a swan and a driver who is afraid of one of them."),
)


def _list(heading: str, site: str = "") -> str:
    entries = "".join(
        f'<li><a href="{site}/news/{number}">{head}</a><br>{teaser}</li>'
        for number, (head, teaser) in enumerate(ENTRIES)
    )
    return f"<h3>{heading}</h3><ul>{entries}</ul>"


@pytest.mark.parametrize("heading", ["関連記事", "Related articles", "Lesen Sie auch", "Sur le même sujet", "延伸阅读"])
def test_what_else_to_read_is_no_article_wherever_it_stands(heading: str) -> None:
    article = read(page_html(_list(heading)))
    assert zone_of(article, "The firm wants to train") is Zone.BOILERPLATE
    assert zone_of(article, "Acme Robotics built") is Zone.BODY


def test_a_list_of_other_sites_is_the_writers_own_choice() -> None:
    article = read(page_html(_list("Related articles", "https://quorba.example")))
    assert zone_of(article, "The firm wants to train").is_article


def test_a_heading_that_says_more_announces_a_part_of_the_article() -> None:
    article = read(page_html(_list("Related articles of the harbour act, and what they say")))
    assert zone_of(article, "The firm wants to train").is_article


OFFER = (
    "<div class=h2>SUBSCRIBE TO UNLOCK MORE ARTICLES</div><p>Subscribe now to read the latest news of your city.</p>"
    "<ul><li>Exclusive articles from our writers in the harbour, and others.</li>"
    "<li>Daily puzzles, including the Quorba Crossword, and a chess column on Sundays.</li>"
    "<li>Unlimited access to all pages of The Daily Courier with one account.</li></ul>"
)


@pytest.mark.parametrize("heading", ["SUBSCRIBE TO UNLOCK MORE ARTICLES", "This content is reserved for subscribers"])
def test_what_a_subscription_holds_is_no_article(heading: str) -> None:
    article = read(page_html(OFFER.replace("SUBSCRIBE TO UNLOCK MORE ARTICLES", heading)))
    assert zone_of(article, "the Quorba Crossword") is Zone.BOILERPLATE
    assert zone_of(article, "Ines Falk") is Zone.BODY


def test_an_article_about_subscribing_keeps_its_lists() -> None:
    body = OFFER.replace("SUBSCRIBE TO UNLOCK MORE ARTICLES", "What subscribers of the Courier get this year")
    assert zone_of(read(page_html(body)), "the Quorba Crossword").is_article
