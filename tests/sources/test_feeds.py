"""Feeds: what a reader of a newspaper's feed would say it announces."""

from datetime import UTC, datetime

import pytest

from mentions.exceptions import SourceError
from mentions.sources.feeds import MAX_ITEMS, read_feed

URL = "https://courier.example/rss/all.xml"


def rss(*items: str, start: str = "", encoding: str = "utf-8") -> bytes:
    """An RSS 2.0 feed with these items."""
    channel = f"{start}<title>The Courier</title>" + "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>{channel}</channel></rss>'.encode(
        encoding
    )


def test_rss_gives_address_title_and_date_in_utc() -> None:
    body = rss(
        "<title>Pumps &amp; pipes</title><link>https://courier.example/2026/11/20/pumps</link>"
        "<pubDate>Fri, 20 Nov 2026 22:15:00 +0100</pubDate>"
    )
    (page,) = read_feed(body, URL)
    assert page.url == "https://courier.example/2026/11/20/pumps"
    assert page.title == "Pumps & pipes"
    assert page.published == datetime(2026, 11, 20, 21, 15, tzinfo=UTC)


def test_atom_gives_the_alternate_link_and_tells_published_from_updated() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>
      <entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; claim</title>
        <link rel="edit" href="https://blog.example/api/1"/><link rel="alternate" href="/posts/bold-claim"/>
        <published>2026-11-01T08:00:00Z</published><updated>2026-11-19T09:30:00Z</updated></entry>
      <entry><title>Only updated</title><link href="/posts/second"/><updated>2026-11-18T00:00:00Z</updated></entry>
    </feed>"""
    first, second = read_feed(body, "https://blog.example/atom.xml")
    assert (first.url, first.title) == ("https://blog.example/posts/bold-claim", "A bold claim")
    assert first.published == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert first.modified == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    assert second.published is None
    assert second.dated == datetime(2026, 11, 18, tzinfo=UTC)


def test_rdf_items_stand_outside_the_channel() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>
      <item rdf:about="y"><title>One</title><link>https://rdf.example/1</link><dc:date>2026-11-20</dc:date></item>
    </rdf:RDF>"""
    (page,) = read_feed(body, "https://rdf.example/feed")
    assert page.url == "https://rdf.example/1"
    assert page.dated == datetime(2026, 11, 20, tzinfo=UTC)


def test_json_feed() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [
      {"id": "1", "url": "/one", "title": "One", "date_published": "2026-11-20T10:00:00+01:00"},
      {"id": "2", "title": "without an address"}, "no item", {"url": 7}]}"""
    (page,) = read_feed(body, "https://json.example/feed.json", "application/feed+json")
    assert page.url == "https://json.example/one"
    assert page.published == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_relative_links_are_resolved_against_the_feed() -> None:
    (page,) = read_feed(rss("<title>t</title><link>../2026/story.html</link>"), URL)
    assert page.url == "https://courier.example/2026/story.html"


def test_undated_items_are_announced_without_a_date() -> None:
    (page,) = read_feed(rss("<title>t</title><link>/a</link>"), URL)
    assert page.dated is None


def test_a_nonsense_date_is_no_date() -> None:
    (page,) = read_feed(rss("<title>t</title><link>/a</link><pubDate>yesterday-ish</pubDate>"), URL)
    assert page.published is None


def test_items_without_a_web_address_are_left_out() -> None:
    body = rss(
        "<title>no link</title>",
        "<title>script</title><link>javascript:alert(1)</link>",
        "<title>file</title><link>file:///etc/passwd</link>",
        "<title>broken</title><link>http://[::1</link>",
        "<title>tag</title><guid>tag:courier.example,2026:1</guid>",
        "<title>good</title><link>https://courier.example/good</link>",
    )
    assert [page.title for page in read_feed(body, URL)] == ["good"]


def test_the_original_address_is_preferred_to_a_counting_redirector() -> None:
    body = (
        b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        b"<title>t</title><link>http://feeds.counting.example/~r/x/1</link>"
        b"<feedburner:origLink>https://courier.example/real</feedburner:origLink></item></channel></rss>"
    )
    (page,) = read_feed(body, URL)
    assert page.url == "https://courier.example/real"


def test_an_item_given_twice_is_announced_once() -> None:
    body = rss("<title>first</title><link>/a</link>", "<title>again</title><link>/a#comments</link>")
    assert [page.title for page in read_feed(body, URL)] == ["first"]


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("koi8-r", "Первая новость"),
        ("windows-1251", "Насосы и трубы"),
        ("iso-8859-1", "Économie"),
        ("shift_jis", "東京"),
    ],
)
def test_declared_encodings_are_read(encoding: str, title: str) -> None:
    body = rss(f"<title>{title}</title><link>/a</link>", encoding=encoding)
    assert read_feed(body, URL)[0].title == title


def test_a_wrong_encoding_declaration_does_not_lose_the_feed() -> None:
    body = rss("<title>Café</title><link>/a</link>").replace(b'encoding="utf-8"', b'encoding="no-such-thing"')
    (page,) = read_feed(body, URL)
    assert page.title == "Café"


def test_broken_xml_still_gives_its_items() -> None:
    body = b"\n\n" + rss("<title>R&D at AT&T</title><link>/a?x=1&y=2</link>", "<title>two</title><link>/b</link>")[:-16]
    assert [page.url for page in read_feed(body, URL)] == [
        "https://courier.example/a?x=1&y=2",
        "https://courier.example/b",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in to continue</body></html>", "a web page, not a feed"),
        (b"no feed here", "neither RSS nor Atom"),
        (b"{broken", "neither XML nor valid JSON"),
        (b'{"items": 3}', "no list of items"),
        (b"[" * 100_000, "neither RSS nor Atom"),
        (b'{"a":' * 100_000, "neither XML nor valid JSON"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_feed(body, URL)


def test_a_web_page_in_place_of_a_feed_tells_where_its_feed_is() -> None:
    body = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/rss/news.xml"><p>Hello'
    with pytest.raises(SourceError, match=r"names https://courier\.example/rss/news\.xml as its feed"):
        read_feed(body, URL)


def test_an_empty_feed_announces_nothing() -> None:
    assert read_feed(rss(), URL) == []


def test_a_flood_of_items_is_cut() -> None:
    body = rss(*(f"<title>{n}</title><link>/{n}</link>" for n in range(MAX_ITEMS + 500)))
    assert len(read_feed(body, URL)) == MAX_ITEMS


@pytest.mark.parametrize(
    "entities",
    [
        "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10)),  # billion laughs
        f'<!ENTITY e9 "{"a" * 50_000}">',  # quadratic
        '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
    ],
)
def test_f08_entity_bombs_and_external_entities_are_harmless(entities: str) -> None:
    """F-08: nothing outside the bytes is read, and nothing grows."""
    body = rss(f"<title>{'&e9;' * 3}</title><link>/a</link>").replace(
        b"<rss", f"<!DOCTYPE rss [{entities}]><rss".encode()
    )
    try:
        pages = read_feed(body, URL)
    except SourceError:
        return
    assert all("root:" not in (page.title or "") and len(page.title or "") <= 500 for page in pages)


@pytest.mark.parametrize(
    "body",
    [b"<rss><channel>" + b"<a>" * 200_000, b"<rss " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b">"],
)
def test_f07_bytes_that_must_not_be_parsed_are_refused(body: bytes) -> None:
    with pytest.raises(SourceError, match="must not be parsed"):
        read_feed(body, URL)


def test_a_body_that_is_a_path_is_never_opened_as_a_file() -> None:
    with pytest.raises(SourceError):
        read_feed(b"/etc/passwd", URL)
