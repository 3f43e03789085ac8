"""What a page says of itself."""

import json
from datetime import UTC, datetime

import pytest

from tests.extraction.pages_for_tests import page_html, read


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Robots take the night shift",
    "datePublished": "2026-03-14T07:30:00+01:00",
    "dateModified": "2026-03-15T08:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Li Wei"}],
    "publisher": {"@type": "Organization", "name": "The Daily Courier"},
    "articleSection": "Technology",
    "isAccessibleForFree": "False",
}


def test_json_ld_is_read_first() -> None:
    metadata = read(page_html(head=_ld(ARTICLE) + '<meta name="author" content="Somebody Else">')).metadata
    assert metadata.title == "Robots take the night shift"
    assert metadata.authors == ("Jane Doe", "Li Wei")
    assert metadata.published == datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
    assert metadata.modified == datetime(2026, 3, 15, 8, 0, tzinfo=UTC)
    assert metadata.site_name == "The Daily Courier"
    assert metadata.section == "Technology"
    assert metadata.paywalled


def test_authors_named_by_reference_are_found() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "author": {"@id": "#jane"}, "headline": "x"},
            {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
        ]
    }
    assert read(page_html(head=_ld(graph))).metadata.authors == ("Jane Doe",)


def test_meta_tags_and_elements_stand_in() -> None:
    head = (
        '<meta property="article:published_time" content="2026-03-14"><meta name="author" '
        'content="By Jane Doe and Li Wei">'
    )
    metadata = read(page_html(head=head)).metadata
    assert metadata.authors == ("Jane Doe", "Li Wei")
    assert metadata.published == datetime(2026, 3, 14, tzinfo=UTC)
    bare = read(page_html()).metadata
    assert bare.authors == ("Jane Doe",)
    assert bare.published == datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
    assert bare.title == "Robots in the harbour | The Daily Courier"


def test_the_sites_own_name_is_no_author() -> None:
    head = '<meta property="og:site_name" content="The Daily Courier"><meta name="author" content="The Daily Courier">'
    assert read(page_html(head=head)).metadata.authors == ("Jane Doe",)


@pytest.mark.parametrize(
    "script",
    [
        "{" * 100_000,
        "[" * 20_000 + "]" * 20_000,
        '{"@type": "NewsArticle", "author": ',
        "[" + ",".join(["{}"] * 150_000) + "]",
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '{"@type":"Article","@id":"#a","author":{"@id":"#a"}}',
        "null",
        '"text"',
        '{"@type": {"x": [1]}, "author": 7, "datePublished": {"@value": []}}',
    ],
)
def test_b04_hostile_json_ld_is_read_in_bounds_or_left_out(script: str) -> None:
    metadata = read(page_html(head=f'<script type="application/ld+json">{script}</script>')).metadata
    assert metadata.authors == ("Jane Doe",)


def test_json_ld_in_comments_and_with_line_breaks_is_read() -> None:
    script = '<script type="application/ld+json">\n<!--\n{"@type": "BlogPosting", "headline": "A\nB"}\n-->\n</script>'
    assert read(page_html(head=script)).metadata.title == "A B"


def test_robots_rules_for_every_robot_are_gathered() -> None:
    head = '<meta name="ROBOTS" content="NoIndex, follow"><meta name="googlebot" content="nofollow">'
    page = page_html(head=head)
    assert read(page).metadata.robots == {"noindex", "follow"}
    assert read(page, x_robots_tag="nofollow").metadata.robots == {"noindex", "follow", "nofollow"}
    assert read(page, x_robots_tag="otherbot: nofollow, noarchive").metadata.robots == {"noindex", "follow"}
    both = read(page_html(), x_robots_tag="googlebot: noindex, *: nofollow, max-snippet: 50").metadata.robots
    assert both == {"nofollow", "max-snippet: 50"}


def test_the_canonical_address_is_absolute() -> None:
    assert (
        read(page_html(head='<link rel="canonical" href="/x?y=1">')).metadata.canonical
        == "https://courier.example/x?y=1"
    )
    assert read(page_html(head='<link rel="canonical" href="javascript:x">')).metadata.canonical is None
    assert read(page_html(head='<link rel="canonical" href="http://[broken">')).metadata.canonical is None
