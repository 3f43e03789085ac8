"""A page that only announces other pages has no article; an article that announces some keeps its own."""

from mentions.extraction.article import Article
from tests.extraction.pages_for_tests import page_html, read, zone_of

CARDS = (
    ("Acme opens a second harbour hall", "Two hundred people will work there, and the first forty start in May."),
    ("Mayor denies everything, again", "She had not been asked, she said, and would not have been there."),
    ("Why the tram is late again", "A bridge, a swan and a driver who is afraid of one of them."),
    ("Ten cheeses the night shift eats", "Number four was found behind a radiator, and was still good."),
    ("The library lends ladders now", "They must be back by Friday, and without the paint."),
)


def cards(site: str = "", *, count: int = len(CARDS)) -> str:
    """Headlines that are links, each with its sentence."""
    return "".join(
        f'<div class="item"><h3><a href="{site}/news/{number}">{head}</a></h3><p>{teaser}</p></div>'
        for number, (head, teaser) in enumerate(CARDS[:count])
    )


def front_page(inside: str) -> Article:
    """A page of this and nothing else."""
    return read(
        f"<html lang=en><head><title>Business | The Daily Courier</title></head><body><header><a href=/>The Daily "
        f"Courier</a></header><main><h1>Business</h1>{inside}</main><footer>© The Daily Courier</footer></body></html>",
        url="https://courier.example/business/",
    )


def test_a_section_page_has_no_article() -> None:
    article = front_page(cards())
    assert "Acme opens a second" in article.text
    assert not [block for block in article.blocks if block.zone.is_article]


def test_three_cards_are_enough_for_a_section_page() -> None:
    assert not [block for block in front_page(cards(count=3)).blocks if block.zone.is_article]


def test_headlines_of_other_sites_are_the_writers_own_choice() -> None:
    article = front_page(cards("https://harbour-news.example"))
    assert any(block.zone.is_article for block in article.blocks)


def test_an_article_with_cards_below_it_is_an_article() -> None:
    article = read(page_html(after=f'<section class="related"><h2>Read next</h2>{cards()}</section>'))
    assert zone_of(article, "Acme Robotics built the arms").is_article
    assert not zone_of(article, "Acme opens a second").is_article
