"""What a front page says of its site."""

import pytest

from mentions.exceptions import SourceError
from mentions.publishers import SourceKind
from mentions.sources.discovery import read_front_page
from mentions.sources.recognising import recognise

URL = "https://www.courier.example/"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="The Courier &amp; Post"><title>News</title>', "The Courier & Post"),
        (
            '<script type="application/ld+json">{"@type": "NewsMediaOrganization", "name": "Courier"}</script>',
            "Courier",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["WebSite"], "name": "Courier"}]}</script>',
            "Courier",
        ),
        ('<script type="application/ld+json">{broken</script><title>Home | Courier</title>', "Courier"),
        ("<title>The Daily Courier: latest news from the harbour</title>", "The Daily Courier"),
        ("<title>Ell Courier</title>", "Ell Courier"),
        ("", None),
    ],
)
def test_the_name_it_gives_itself(head: str, name: str | None) -> None:
    assert read_front_page(f"<!doctype html><html><head>{head}</head>".encode(), URL).name == name


def test_language_and_feeds_the_feed_of_everything_first() -> None:
    body = b"""<html lang="de-AT"><head>
      <link rel="alternate" type="application/rss+xml" href="/feed/sport/football">
      <link rel="alternate" type="application/rss+xml" href="/feed/">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <link rel="alternate" type="text/html" hreflang="fr" href="/fr/">
      <link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://feeds.elsewhere.example/c">"""
    front = read_front_page(body, URL)
    assert front.language == "de"
    assert front.feeds == (URL + "feed/", URL + "feed/sport/football", "https://feeds.elsewhere.example/c")


def test_a_page_that_must_not_be_parsed_is_refused() -> None:
    """F-07."""
    with pytest.raises(SourceError, match="must not be parsed"):
        read_front_page(b"<div>" * 200_000, URL)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', SourceKind.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', SourceKind.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', SourceKind.FEED),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", SourceKind.SITEMAP),
        (b'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"></urlset>', SourceKind.NEWS_SITEMAP),
        (b"<sitemapindex><sitemap><loc>https://a.example/2019.xml</loc></sitemap></sitemapindex>", SourceKind.SITEMAP),
        (b'{"articles": [{"url": "https://a.example/", "seendate": "20261120T081500Z"}]}', SourceKind.GDELT),
        (b"<!doctype html><html><body><a href=/x>x</a>", SourceKind.LISTING),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", SourceKind.ARCHIVE),
        ("URL\tTitle\n".encode("utf-16"), SourceKind.LIST),
        (b"PK\x03\x04...", SourceKind.LIST),
        (b"https://a.example/1\n", SourceKind.LIST),
        (
            b"<rss><channel><item><link>https://www.google.com/url?url=https://a.example/1</link></item></channel></rss>",
            SourceKind.SEARCH,
        ),
    ],
)
def test_the_kind_of_a_source_is_seen_from_its_bytes(body: bytes, kind: SourceKind) -> None:
    assert recognise(body) is kind
