"""What templates do with what was crawled: texts are made visible, addresses are checked."""

from datetime import UTC, datetime, timedelta

import pytest

from mentions.review import filters

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        " java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "//evil.example/",
        "/relative",
        "mailto:jane@courier.example",
        "https:evil.example",
        "https://",
        "http:///path",
        'https://courier.example/"onmouseover="alert(1)',
        "https://courier.example/' autofocus onfocus='x",
        "https://courier.example/<script>",
        "https://courier.example\\@evil.example",
        "https://courier.example/a b",
        "https://[::1",
        "https://courier.example/\u202egnp",
        "https://courier.example/\u2028x",
        "",
        None,
        12,
    ],
)
def test_what_is_no_web_address_gets_no_href_c_07(url: object) -> None:
    assert not filters.is_web_address(url)
    shown = filters.outside_link(url)  # type: ignore[arg-type]  # whatever a column may hold
    assert "href" not in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    "url",
    ["https://courier.example/", "HTTP://courier.example:8080/a?b=1&c=2#d", "https://bücher.example/straße?q=%22"],
)
def test_a_web_address_becomes_a_link_that_tells_nobody_where_it_was_clicked(url: str) -> None:
    shown = filters.outside_link(url, "the article")
    assert filters.is_web_address(url)
    assert 'rel="noopener noreferrer nofollow"' in shown
    assert "<bdi>the article</bdi>" in shown
    assert "&c=2" not in shown


def test_the_text_of_a_link_is_escaped() -> None:
    shown = filters.outside_link("https://courier.example/", "<img src=x onerror=alert(1)>")
    assert "<img" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize("sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\x00", "\x1b", "\x85", "\u2028", "\ufeff"])
def test_what_nobody_could_see_is_made_visible_c_09(sign: str) -> None:
    assert filters.crawled(f"a{sign}b") == f"a[U+{ord(sign):04X}]b"


@pytest.mark.parametrize("text", ["Tel Aviv \u200f(\u05ea\u05dc)", "👩\u200d💻", "two\nlines\tand a tab", "naïve 東京"])
def test_what_languages_need_stays(text: str) -> None:
    assert filters.crawled(text) == text


def test_nothing_is_shown_as_nothing() -> None:
    assert filters.crawled(None) == ""


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=-59), "59 minutes ago"),
        (timedelta(hours=-23), "23 hours ago"),
        (timedelta(days=-2, hours=-3), "2 days ago"),
        (timedelta(days=3), "in 3 days"),
    ],
)
def test_times_are_told_as_people_do(apart: timedelta, words: str) -> None:
    shown = filters.ago(NOW + apart, NOW)
    assert f">{words}</time>" in shown
    assert 'title="2026-11-' in shown


def test_no_time_is_never() -> None:
    assert filters.ago(None, NOW) == filters.day(None) == filters.minute(None) == "never"


@pytest.mark.parametrize(("number", "words"), [(0, "0 finds"), (1, "1 find"), (1204, "1,204 finds")])
def test_numbers_come_with_their_noun(number: int, words: str) -> None:
    assert filters.count(number, "find") == words
