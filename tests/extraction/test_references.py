"""Reference lists, footnotes and sources are article, wherever a page puts them (rule 3 of the policy)."""

import pytest

from mentions.extraction.article import Zone
from tests.extraction.pages_for_tests import page_html, read, zone_of


def _behind_the_text(html: str) -> bytes:
    return page_html().replace(b"</div></article>", html.encode() + b"</div></article>")


@pytest.mark.parametrize(
    "title",
    ["References", "Sources", "External links[edit]", "Quellen", "Références", "Fuentes", "参考文献", "参考资料"],
)
def test_a_list_under_a_title_that_says_so_is_article(title: str) -> None:
    listed = "<li>State of Robotics, yearly report</li><li>Yearbook of Ports</li>"
    assert zone_of(read(_behind_the_text(f"<h2>{title}</h2><ol>{listed}</ol>")), "State of Robotics") is Zone.BODY


@pytest.mark.parametrize(
    "entry",
    [
        "2 Lindow Post, “More boxes than ever”, accessed September 2026.",
        "2 Lindow Post: Mehr Kisten als je zuvor. Abgerufen am 3. September 2026.",
        "2 Lindow Post, « Plus de caisses que jamais », consulté le 3 septembre 2026.",
        "2 リンドウ新聞「箱が増えた」2026年9月3日閲覧",
    ],
)
def test_a_footnote_without_a_title_that_says_when_it_was_looked_at_is_article(entry: str) -> None:
    notes = f"<div><p>1 Port Authority, “Yearbook of the Harbour”, accessed May 2026.</p><p>{entry}</p></div>"
    assert zone_of(read(page_html(after=f"<section>{notes}</section>")), entry) is Zone.BODY


def test_notes_in_a_box_called_disclosure_are_article_and_in_the_footer_not() -> None:
    note = "1 Lindow News & Harbour Report, “Best harbours”, accessed December 2025."
    for box, zone in (('div class="legal-disclaimer"', Zone.BODY), ("footer", Zone.BOILERPLATE)):
        tag = box.split()[0]
        page = read(page_html(after=f"<{box}><p>{note}</p><p>Averages are rounded to whole boxes.</p></{tag}>"))
        assert zone_of(page, "Lindow News") is zone


def test_a_footer_that_speaks_of_sources_is_no_reference() -> None:
    page = page_html().replace(b"All rights reserved.", b"Quotes retrieved May 2026 from Acme.")
    assert zone_of(read(page), "retrieved May 2026 from Acme") is Zone.BOILERPLATE


def test_footnotes_that_open_on_a_click_are_read() -> None:
    note = '<ol class="footnotes" style="display:none"><li>According to Acme, every arm lifts a ton.</li></ol>'
    assert zone_of(read(_behind_the_text(note)), "every arm lifts a ton") is Zone.BODY


def test_a_note_between_two_that_were_looked_at_is_a_note_too() -> None:
    entry = "2 Lindow News, “More people than ever work at night,” August 2025."
    notes = (
        "<p>1 Port Authority, “Yearbook of the Harbour”, accessed May 2026.</p>"
        f"<p>{entry}</p><p>3 Harbour Index, “Berths,” accessed June 2026.</p>"
    )
    page = read(page_html(after=f'<section class="small-print">{notes}</section>'))
    assert zone_of(page, entry) is Zone.BODY
