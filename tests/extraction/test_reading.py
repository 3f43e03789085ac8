"""Page → Article: text, offsets, links."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.exceptions import UnparsablePage
from mentions.extraction import read_article, read_article_if
from mentions.extraction.article import Article, Link
from mentions.links import LinkKind
from mentions.pages import Page
from tests.extraction.pages_for_tests import URL, page_html, read


def _links(article: Article, href: str) -> list[Link]:
    return [link for link in article.links if link.href == href]


def test_an_empty_page_says_so() -> None:
    with pytest.raises(UnparsablePage, match="empty"):
        read_article(Page(URL, b" \n "))


def test_files_of_other_kinds_say_so() -> None:
    with pytest.raises(UnparsablePage, match="another kind"):
        read_article(Page(URL, b"%PDF-1.7 ..."))


def test_f07_more_pieces_than_any_page_has_are_refused() -> None:
    with pytest.raises(UnparsablePage, match="pieces of text"):
        read("<p>x" * 40_000)


def test_blocks_cover_the_text_in_order() -> None:
    article = read(page_html('<figure><img src="a.jpg"><figcaption>An arm. Photo: Getty Images</figcaption></figure>'))
    end = 0
    for block in article.blocks:
        assert block.start >= end
        assert not article.text[end : block.start].strip()
        assert article.text[block.start : block.end].strip()
        end = block.end
    assert not article.text[end:].strip()


def test_only_what_readers_see_is_text() -> None:
    page = """<p>Seen <script>var a = "script"</script><style>p{}</style><template>template</template>
      <noscript>noscript</noscript><span hidden>hidden</span><span style="display: none">displaynone</span>
      <span class="sr-only">sronly</span><!-- comment --> text<textarea>area</textarea></p>"""
    assert read(page).text == "Seen text"


def test_collapsed_sections_are_text() -> None:
    page = """<button aria-controls="a1">Who makes it?</button><div id="a1" hidden><p>Acme makes it.</p></div>
      <details><summary>And when?</summary><p>In spring.</p></details>
      <div class="accordion-panel" style="display:none"><p>In Lindow.</p></div>"""
    assert read(page).text.split("\n") == ["Who makes it?", "Acme makes it.", "And when?", "In spring.", "In Lindow."]


def test_a_page_hidden_until_a_script_runs_is_read() -> None:
    body = page_html().replace(b"<main>", b'<div style="visibility:hidden"><main>')
    assert "forty new machines" in read(body).text


def test_inline_elements_do_not_break_words_and_blocks_do() -> None:
    assert read("<p>Ac<b>me</b> Robo&shy;tics<br>line two<br><br>para</p><div>next</div>").text == (
        "Acme Robotics\nline two\npara\nnext"
    )


def test_link_offsets_hold_the_anchor() -> None:
    page = (
        '<p>We saw  <a href="https://acme.example/x" rel="NOFOLLOW sponsored nofollow"> the\n new '
        "<b>arm</b> </a>there.</p>"
    )
    article = read(page)
    (link,) = article.links
    assert article.text == "We saw the new arm there."
    assert article.text[link.start : link.end] == link.anchor == "the new arm"
    assert link.rel == ("nofollow", "sponsored")
    assert (link.url, link.kind) == ("https://acme.example/x", LinkKind.WEB)


def test_base_href_moves_relative_links() -> None:
    article = read(
        '<head><base href="https://acme.example/press/"></head><p><a href="arm.html">x</a> <a href="//b.example">y</a>'
    )
    assert article.links[0].url == "https://acme.example/press/arm.html"
    assert (article.links[1].url or "").startswith("https://b.example")


def test_a_broken_base_is_ignored() -> None:
    assert read('<base href="http://[x"><a href="/a">a</a>').links[0].url == "https://courier.example/a"


def test_image_links_are_known_by_their_alternative_text() -> None:
    article = read(page_html('<p><a href="https://acme.example/"><img src="a.png" alt="Acme arm"></a></p>'))
    (link,) = _links(article, "https://acme.example/")
    assert (link.anchor, link.start) == ("Acme arm", link.end)
    assert link.zone.is_article


def test_areas_of_picture_maps_are_links() -> None:
    (link,) = read('<map><area href="https://acme.example/" alt="Acme"></map><p>Text.</p>').links
    assert (link.anchor, link.url) == ("Acme", "https://acme.example/")


def test_hidden_links_are_marked() -> None:
    article = read(
        '<p>x <a href="/a" hidden>a</a><span style="display:none"><a href="/b">b</a></span>'
        '<a href="/c" aria-hidden="true">c</a>'
        '<a href="/d">d</a></p>'
    )
    assert [link.hidden for link in article.links] == [True, True, True, False]


def test_a_link_around_blocks_holds_their_text() -> None:
    article = read('<a href="/a"><h3>Head</h3><p>Text</p></a>')
    (link,) = article.links
    assert article.text[link.start : link.end] == "Head\nText"
    assert link.anchor == "Head Text"


def test_anchors_without_href_are_no_links() -> None:
    assert read('<p><a name="top">x</a> <a href="">y</a></p>').links[0].kind is LinkKind.NOWHERE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<a href=x>",
                "</a>",
                "<div hidden>",
                "</div>",
                "<br>",
                "Acme ",
                " ü\u00ad",
                "<b>",
                "</b>",
                "<table>",
                "<td>",
                "<svg>",
                "</svg>",
                "<li>",
                "<h1>",
                "<!--",
                "-->",
            ]
        ),
        max_size=40,
    )
)
def test_no_markup_breaks_the_offsets(parts: list[str]) -> None:
    article = read("<body>." + "".join(parts))
    assert all(block.start < block.end <= len(article.text) for block in article.blocks)
    assert all(a.end <= b.start for a, b in zip(article.blocks, article.blocks[1:], strict=False))
    assert all(0 <= link.start <= link.end <= len(article.text) for link in article.links)


def test_an_article_that_nobody_wants_is_not_read_further() -> None:
    page = Page(URL, page_html("<p>The harbour was quiet that day, and nobody counted.</p>" * 20))
    asked: list[str] = []
    assert read_article_if(page, asked.append) is None
    assert asked == [read_article(page).text]
    assert read_article_if(page, lambda text: "harbour" in text) == read_article(page)


@pytest.mark.parametrize(
    "html",
    [
        b'<script type="application/ld+json">{"isAccessibleForFree":false}</script><p>Teaser.</p>',
        b'<html><body><div id="root"></div><script src="/app.js"></script></body></html>',
    ],
)
def test_a_page_that_may_keep_its_text_from_us_is_read_in_any_case(html: bytes) -> None:
    page = Page(URL, html)
    assert read_article_if(page, lambda text: False) == read_article(page)


def test_bad_pages_are_refused_whether_wanted_or_not() -> None:
    with pytest.raises(UnparsablePage, match="empty"):
        read_article_if(Page(URL, b" \n "), lambda text: False)
