"""The guard refuses what would hold a parser for minutes, and nothing that readers read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentions.exceptions import UnparsablePage
from mentions.extraction import check_bytes, guard
from tests.extraction.pages_for_tests import page_html

HEAD = b"<html><body>"

BOMBS = {
    "200k attributes": HEAD + b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">Acme</p>",
    "attributes with > in quotes": HEAD + b"<p " + b" ".join(b'a%d=">"' % i for i in range(20_000)) + b">Acme</p>",
    "attributes between stray quotes": HEAD
    + b'<p x" '
    + b" ".join(b"a%d" % i for i in range(200_000))
    + b' y">Acme</p>',
    "attributes after a quoted bracket": HEAD + b'<p title=">" ' + b" ".join(b"a%d" % i for i in range(20_000)) + b">",
    "attributes after a quoted tag": HEAD + b'<p title="<" ' + b" ".join(b"a%d" % i for i in range(20_000)) + b">",
    "many tags of many attributes": HEAD + (b"<p " + b" ".join(b"a%d" % i for i in range(1_500)) + b">x</p>") * 500,
    "200k nested div": HEAD + b"<div>" * 200_000,
    "self-closed div": HEAD + b"<div/>" * 200_000,
    "50k table": HEAD + b"<table>" * 50_000,
    "6 MB of <a": b"<a " * 2_000_000,
    "one unclosed tag": b"<a " * 1_600_000,
    "5 MB of <": b"<" * 5_000_000,
    "end tags in comments": HEAD + b"<div><!--</div>-->" * 200_000,
    "comments closed at once": HEAD + b"<!--><div>" * 100_000,
    "end tags in attributes": HEAD + b"<div a='</div>'>" * 100_000,
    "end tags in scripts": HEAD + b"<div><script><!--<script></script></div></script>" * 60_000,
    "end tags nobody opened": HEAD + b"<div></span>" * 200_000,
    "end tags that special elements stop": HEAD + b"<span><div></span>" * 100_000,
    "end tags that table cells stop": HEAD + b"<div><table><tr><td></div>" * 60_000,
    "formatting copied into paragraphs": HEAD + b"".join(b"<font a=%d>" % i for i in range(1_900)) + b"<p>x" * 20_000,
    "quotes without end": b"<p a" + b'="' * 2_000_000,
    "few tags of many attributes": HEAD + (b"<p " + b" ".join(b"a%d" % i for i in range(501)) + b">x</p>") * 3,
    "an end tag of many attributes": HEAD + b"<p>x</p " + b" ".join(b"a%d=1" % i for i in range(1_000)) + b">",
    "attributes parted by slashes": HEAD + b"<p/" + b"/".join(b"a%d" % i for i in range(1_000)) + b">",
    "attributes after a quoted quote": HEAD + b"<p a='\"' b='>' " + b" ".join(b"c%d" % i for i in range(1_000)) + b">",
    "attributes behind a comparison in a script": HEAD
    + b"<script>for(i=0;i<n ;)</script "
    + b" ".join(b"a%d" % i for i in range(1_000))
    + b">",
    "div in a name with brackets": HEAD + b"<p<p><div>" * 60_000,
    "nested in 2,001": HEAD + b"<div>" * 2_001,
    "capital letters": HEAD + b"<DIV>" * 2_001,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_f07_bombs_are_refused_before_they_are_parsed(body: bytes) -> None:
    with pytest.raises(UnparsablePage) as refusal:
        check_bytes(body)
    assert str(refusal.value).startswith(("the page", "one tag of the page", "the end tags"))


def test_f07_ten_megabytes_are_refused_with_their_size() -> None:
    with pytest.raises(UnparsablePage, match=r"10\.0 MB"):
        check_bytes(b"x" * 10_000_000)


FINE = {
    "an article": page_html(),
    "empty": b"",
    "a picture in an attribute": HEAD
    + b'<img src="data:image/png;base64,'
    + b"A" * 400_000
    + b'">'
    + b"<p>x</p>" * 9_000,
    "paragraphs and list items left open": HEAD + b"<p>one<ul>" + b"<li>two" * 9_000,
    "table cells left open": HEAD + b"<table>" + b"<tr><td>a<td>b" * 6_000,
    "a drawing": HEAD + b"<svg>" + b'<path d="M0 0"/>' * 9_000 + b"</svg>",
    "scripts that write markup": HEAD + b"<script>document.write('<div><div><div>')</script>" * 9_000,
    "comments that hold markup": HEAD + b"<!-- <div> -->" * 9_000,
    "a long text without markup": b"Acme " * 900_000,
    "links": HEAD + b'<p>See <a href="https://acme.example/">Acme</a>.</p>' * 9_000,
    "icons": HEAD + b'<li><i class="icon"></i> one</li>' * 3_000,
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE.keys())
def test_what_people_publish_passes(body: bytes) -> None:
    check_bytes(body)


SOUP = st.lists(
    st.sampled_from(
        [
            *(b"<div>", b"</div>", b"<b x>", b"</b>", b"<p>", b"<br/>", b"<span>", b"</span>", b"<table>", b"</table>"),
            *(b"<!--", b"-->", b"<script>", b"</script>", b"<title>", b"</title>", b"<svg>", b"</svg>", b"<g/>"),
            *(b"<a x='", b"'>", b'<i x="', b'">', b"<p<p", b"<em", b" a", b" a=1", b"/", b">", b"=", b'"', b"'", b"x<"),
        ]
    ),
    max_size=60,
).map(b"".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOUP)
def test_f07_what_is_proved_harmless_passes_the_scan(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr(guard, "MAX_DEPTH", 4)
    monkeypatch.setattr(guard, "MAX_COPIES", 30)
    monkeypatch.setattr(guard, "MAX_TAGS", 25)
    monkeypatch.setattr(guard, "_MOST_STEPS", 12)
    if guard.is_harmless(body, body.count(b"<")):
        guard._Scan(body).run()  # raises where the proof is none


@settings(max_examples=400, deadline=None)
@given(SOUP, st.integers(0, 2), SOUP)
def test_f07_no_neighbour_hides_a_tag_of_many_attributes(before: bytes, kind: int, after: bytes) -> None:
    attributes = (b" a", b" a=1", b" a='>'")[kind]
    body = before + b"<p" + attributes * 600 + b">" + after
    if guard.is_harmless(body, body.count(b"<")):
        guard._Scan(body).run()


def test_plainly_written_pages_are_proved_harmless_without_a_scan() -> None:
    body = page_html()
    assert guard.is_harmless(body, body.count(b"<"))
