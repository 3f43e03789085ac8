"""Sitemaps: news ones with titles and dates, plain ones, indexes, and what hostile ones cost."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest

from mentions.exceptions import SourceError
from mentions.sources import sitemaps
from mentions.sources.sitemaps import MAX_SITEMAPS, MAX_URLS, read_news_sitemap

URL = "https://courier.example/sitemap-news.xml"
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>https://courier.example/2026/11/21/robots-at-work</loc>
    <news:news><news:publication><news:name>The Courier</news:name></news:publication>
      <news:publication_date>2026-11-21T03:00:00+01:00</news:publication_date>
      <news:title>Robots &amp; people at work</news:title></news:news>
    <image:image><image:loc>https://courier.example/picture.jpg</image:loc></image:image>
  </url>
  <url><loc> https://courier.example/2026/11/20/plain </loc><lastmod>2026-11-20</lastmod></url>
</urlset>"""


def test_news_sitemap_keeps_title_and_publication_date() -> None:
    first, second = read_news_sitemap(NEWS, URL).pages
    assert first.url == "https://courier.example/2026/11/21/robots-at-work"
    assert first.title == "Robots & people at work"
    assert first.published == datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert second.url == "https://courier.example/2026/11/20/plain"
    assert (second.published, second.modified) == (None, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("namespace", [b"", b'xmlns="http://wrong.example/sitemap/0.84"'])
def test_namespaces_are_not_asked_for(namespace: bytes) -> None:
    body = NEWS.replace(b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', namespace)
    assert len(read_news_sitemap(body, URL).pages) == 2


def test_gzip_is_told_by_content_not_by_name() -> None:
    assert read_news_sitemap(gzip.compress(NEWS), URL, "text/xml") == read_news_sitemap(NEWS, URL)


def test_an_index_names_sitemaps_with_or_without_loc() -> None:
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>/news-1.xml</loc><lastmod>2026-11-21T00:00:00Z</lastmod></sitemap>
      <sitemap>https://courier.example/news-2.xml</sitemap><sitemap><loc>/news-1.xml</loc></sitemap></sitemapindex>"""
    found = read_news_sitemap(body, URL)
    assert [entry.url for entry in found.sitemaps] == [
        "https://courier.example/news-1.xml",
        "https://courier.example/news-2.xml",
    ]
    assert found.pages == ()


def test_a_list_of_addresses_is_a_sitemap() -> None:
    body = b"\xef\xbb\xbfhttps://courier.example/a\r\nhttps://courier.example/b\r\n"
    assert [page.url[-1] for page in read_news_sitemap(body, URL).pages] == ["a", "b"]


def test_a_feed_in_place_of_a_sitemap_is_read() -> None:
    body = b"<rss version='2.0'><channel><item><title>t</title><link>/a</link></item></channel></rss>"
    assert [page.url for page in read_news_sitemap(body, URL).pages] == ["https://courier.example/a"]


def test_a_file_cut_off_in_the_middle_gives_what_stood_before() -> None:
    assert len(read_news_sitemap(NEWS[:-60], URL).pages) >= 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><body>Not found</body></html>", "web page"),
        (b"<opml><body/></opml>", "outermost element is <opml>"),
        (b"User-agent: *\nDisallow: /\n", "neither XML nor a list"),
        (b"A story with https://one.example/address\nin\nit\n", "neither XML nor a list"),
        (b"\x1f\x8b\x08garbage", "gzip file is damaged"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_news_sitemap(body, URL)


def test_addresses_that_are_no_web_pages_are_left_out() -> None:
    body = b"<urlset>" + b"".join(
        b"<url><loc>" + loc + b"</loc></url>"
        for loc in (b"javascript:alert(1)", b"ftp://x.example/a", b"http://[1/", b"", b"https://courier.example/a")
    )
    assert [page.url for page in read_news_sitemap(body + b"</urlset>", URL).pages] == ["https://courier.example/a"]


def test_f08_a_million_addresses_are_cut_and_said_to_be() -> None:
    body = b"<urlset>" + b"<url><loc>https://courier.example/%d</loc></url>" * (MAX_URLS + 50) + b"</urlset>"
    body = body % tuple(range(MAX_URLS + 50))
    found = read_news_sitemap(body, URL)
    assert (len(found.pages), found.cut) == (MAX_URLS, True)


def test_f08_an_endless_index_is_cut() -> None:
    body = b"<sitemapindex>" + b"".join(b"<sitemap><loc>/%d.xml</loc></sitemap>" % n for n in range(MAX_SITEMAPS + 9))
    assert len(read_news_sitemap(body + b"</sitemapindex>", URL).sitemaps) == MAX_SITEMAPS


def test_f08_a_gzip_bomb_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 100_000)
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    bomb = packer.compress(NEWS + b" " * 5_000_000) + packer.flush()
    found = read_news_sitemap(bomb, URL)
    assert found.cut
    assert len(found.pages) == 2


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10)),
        f'<!ENTITY e9 "{"a" * 50_000}">',
        '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p; <!ENTITY e9 "x">',
    ],
)
def test_f08_entities_are_never_resolved(entities: str) -> None:
    body = (
        f"<!DOCTYPE urlset [{entities}]><urlset><url><loc>https://courier.example/a</loc>"
        f"<news><title>{'&e9;' * 5}</title></news></url></urlset>"
    ).encode()
    assert all(page.title is None for page in read_news_sitemap(body, URL).pages)
