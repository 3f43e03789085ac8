"""Buttons that send to a shop, wherever their links lead first, belong to the article that recommends the thing."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of


@pytest.mark.parametrize(
    "words", ["Buy on Acme", "View on Acme", "Check price at Acme", "$35 at Acme", "Jetzt bei Acme kaufen"]
)
def test_a_button_between_pieces_of_the_article_is_article(words: str) -> None:
    button = f'<div class="offer"><a class="button" href="/cp7t">{words}</a></div>'
    article = read(page_html(button))
    assert zone_of(article, words) is Zone.BODY
    assert next(link for link in article.links if link.href == "/cp7t").zone is Zone.BODY


@pytest.mark.parametrize("words", ["View this post on Acme", "On the road with Acme", "More from Acme"])
def test_other_lines_of_one_link_are_left_to_the_model(words: str) -> None:
    line = f'<div class="related-link"><a href="/cp7t">{words}</a></div>'
    assert zone_of(read(page_html(line)), words) is Zone.BOILERPLATE


def test_a_button_in_the_footer_is_none_of_the_article() -> None:
    page = page_html().replace(
        b'<li><a\n      href="/imprint">Imprint</a></li>', b'<li><a href="/app">Get it on Acme</a></li>'
    )
    assert zone_of(read(page), "Get it on Acme") is Zone.BOILERPLATE


def test_a_button_above_a_table_of_scores_is_still_in_the_article() -> None:
    scores = "".join(f'<div class="rating"><span>{mark}</span></div>' for mark in range(71, 83))
    box = f'<h3>Acme Arm One</h3><div class="price_button"><a href="/cp7t">Check price at Acme</a></div>{scores}'
    assert zone_of(read(page_html(box)), "Check price at Acme") is Zone.BODY
