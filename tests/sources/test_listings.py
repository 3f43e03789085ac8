"""Listings and crawled pages: which links lead to articles."""

import pytest

from mentions.exceptions import SourceError
from mentions.sources.anchors import read_anchors, slug_score
from mentions.sources.listings import read_links, read_listing

URL = "https://trade.example/technology/"
LISTING = b"""<!doctype html><html><head><title>Technology</title></head><body>
<header><a href="/"><img src="/logo.png" alt="Trade Weekly, the voice of the industry"></a>
  <nav><ul><li><a href="/technology/">Technology</a></li>
  <li><a href="/markets/">Markets and companies this week</a></li>
  <li><a href="/about/">About</a></li></ul></nav></header>
<main><h1>Technology</h1>
  <article><a href="/2026/11/20/pump-makers-bet-on-software"><img src="a.jpg"></a>
    <h2><a href="/2026/11/20/pump-makers-bet-on-software">Pump makers bet on software to cut their energy bills</a></h2>
    <a href="/author/jane-doe/">Jane Doe</a> <a href="/tag/pumps/">Pumps</a></article>
  <article><h2><a href="/2026/11/19/valves-that-listen?utm_source=home">Valves that listen</a></h2></article>
  <article><h2><a href="/2026/11/18/brief">In brief</a></h2></article>
  <h2><a href="https://partner.example/2026/11/18/story-on-another-site">A story on another site</a></h2>
  <a href="/technology/page/2/">Older articles of this section</a>
  <a href="/downloads/annual-report-of-the-industry.pdf">The annual report of the industry</a>
</main>
<footer><a href="/privacy-policy-and-terms-of-use">Privacy policy and terms of use</a>
  <a href="/login">Log in</a></footer></body></html>"""


def test_articles_are_learnt_from_address_words_and_place() -> None:
    assert [(page.url.removeprefix("https://trade.example"), page.title) for page in read_listing(LISTING, URL)] == [
        ("/2026/11/20/pump-makers-bet-on-software", "Pump makers bet on software to cut their energy bills"),
        ("/2026/11/19/valves-that-listen?utm_source=home", "Valves that listen"),
        ("/2026/11/18/brief", "In brief"),
    ]


def test_a_pattern_decides_alone() -> None:
    found = read_listing(LISTING, URL, pattern=r"/technology/page/\d+")
    assert [page.url for page in found] == ["https://trade.example/technology/page/2/"]


def test_a_pattern_that_is_no_regular_expression_is_named() -> None:
    with pytest.raises(SourceError, match="listing_pattern is not a regular expression"):
        read_listing(LISTING, URL, pattern="(")


def test_articles_known_by_number_are_found() -> None:
    body = "<ul>" + "".join(
        f'<li><a href="/story.php?id=48{n}00">Ministry presents plan number {n}</a></li>' for n in range(5)
    )
    assert len(read_listing(body.encode(), URL)) == 5


def test_headlines_without_spaces_are_headlines() -> None:
    body = "".join(
        f'<li><a href="/articles/2611/{n:02}/news0{n}1.html">産業用ロボットの導入が急速に広がる工場の現場から</a></li>'
        for n in range(1, 6)
    )
    assert len(read_listing(body.encode(), "https://shimbun.example/")) == 5


def test_a_menu_is_no_list_of_articles() -> None:
    body = b"<div class=main-menu><ul>" + b"".join(
        b"<li><a href='/solutions/%s'>Our %s solutions for you</a></li>" % (word, word)
        for word in (b"energy-and-water-management", b"food-and-beverage-industry", b"mining-and-metal-works")
    )
    assert read_listing(body, URL) == []


def test_base_href_moves_relative_links() -> None:
    body = (
        b'<base href="https://trade.example/en/"><li><a href="2026/11/20/a-story-with-a-slug">A story with a slug</a>'
    )
    assert [page.url for page in read_listing(body, URL)] == ["https://trade.example/en/2026/11/20/a-story-with-a-slug"]


def test_links_of_one_page_are_one_link_with_the_best_title_and_score() -> None:
    links = {link.url: link for link in read_links(LISTING, URL)}
    pump = links["https://trade.example/2026/11/20/pump-makers-bet-on-software"]
    assert pump.title is not None
    assert pump.title.startswith("Pump makers bet")
    assert len(links) == len({link.url for link in links.values()})


def test_links_stay_on_the_registrable_domain() -> None:
    body = (
        b'<a href="https://blog.trade.example/a">subdomain</a><a href="https://nottrade.example/a">another</a>'
        b'<a href="https://trade.example.evil.test/a">evil</a><a href="mailto:a@trade.example">mail</a>'
        b'<a href="javascript:void(0)">script</a><a href="#top">top</a><a href="http://[">broken</a>'
    )
    assert [link.url for link in read_links(body, "https://www.trade.example/")] == ["https://blog.trade.example/a"]


def test_the_head_of_a_card_is_no_navigation() -> None:
    body = (
        b'<article><header><a href="/a">In the card</a></header></article><header><a href="/b">In the page</a></header>'
    )
    in_card, in_page = read_anchors(body, URL)
    assert (in_card.in_navigation, in_page.in_navigation) == (False, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2026/11/20/pump-makers-bet-on-software",
        "https://x.example/wirtschaft/pumpen-hersteller-setzen-auf-software-a-1390211.html",
        "https://x.example/topics/cameras/best-lens-for-birds",
        "https://x.example/story.php?id=4811223",
        "https://x.example/ニュース/産業用ロボットの導入が広がる",
    ],
)
def test_addresses_of_articles(url: str) -> None:
    assert slug_score(url) > 0.0


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/",
        "https://x.example/login",
        "https://x.example/tag/pumps/",
        "https://x.example/author/jane-doe",
    ],
)
def test_addresses_of_other_pages(url: str) -> None:
    assert slug_score(url) < -0.5


@pytest.mark.parametrize("body", [b"", b"   "])
def test_an_empty_page_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError, match="empty"):
        read_listing(body, URL)


def test_f07_a_page_that_must_not_be_parsed_is_refused() -> None:
    with pytest.raises(SourceError, match="must not be parsed"):
        read_links(b"<div>" * 200_000, URL)
