"""The guard refuses what would hold a parser for minutes, and nothing that readers read."""

import pytest

from mentions.exceptions import UnparsablePage
from mentions.extraction import check_bytes
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
