"""Pages that scripts draw and that leave their text in <noscript>: forums and blogs do so for search engines."""

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of

TEXT = (
    "The arms of Acme work at night, and the people of the harbour have begun to give them names, although nobody "
    "was asked to. The crane on the left is called Rosalind, after the woman who used to run it for thirty years."
)


def test_text_in_noscript_is_read_where_the_page_shows_nothing_else() -> None:
    words = "".join(f"<p>{TEXT} {number}</p>" for number in range(4))
    page = f"""<html lang="en"><head><title>Names for cranes</title></head><body><div id="app"></div>
    <noscript><main><article><h1>Names for cranes</h1>{words}</article></main></noscript></body></html>"""
    article = read(page)
    assert zone_of(article, "thirty years. 2") is Zone.BODY
    assert not article.needs_rendering


def test_noscript_on_an_ordinary_page_is_not_read() -> None:
    plea = "<noscript><p>Acme Analytics needs JavaScript, which you have switched off.</p></noscript>"
    assert "Acme Analytics" not in read(page_html(after=plea)).text
