"""Saved copies as documents: a page's words, and nothing that could act (C-12)."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.exceptions import UnparsablePage
from mentions.review.saved_copies import POLICY, cleaned, document

PAGE = """<!doctype html><html><head><title>T</title><meta http-equiv="refresh" content="0;url=http://evil.example">
<link rel="stylesheet" href="http://evil.example/x.css"><base href="http://evil.example/"><script>alert(1)</script></head>
<body onload="alert(1)" style="background:url(http://evil.example/b.png)"><form action="http://evil.example/">
<h1 hx-get="/pwn" onclick="x" class="a" id="b">Quillon &amp; Co</h1>
<p>By <a href="https://quillon.example/?a=1&amp;b=%22" ping="http://evil.example">Quillon</a>, Quillons,
<a href="javascript:alert(1)">run</a> <a href="/relative">there</a></p>
<img src="http://evil.example/x.png" srcset="http://evil.example/y.png 2x" alt='A "robot" <b>' onerror="alert(1)">
<svg onload="alert(1)"><a xlink:href="javascript:1"><text>drawn</text></a></svg><math><mtext>formula</mtext></math>
<iframe src="http://evil.example" srcdoc="<script>1</script>">framed</iframe><object data="x">object</object>
<template><img src="x">template</template><noscript><img src="y">noscript</noscript><video src="v">video</video>
<input value="typed"><button>press</button><textarea>typed</textarea></form>
<table background="x"><tr><td colspan="2" style="x">cell</td></tr></table><!-- comment -->
</body></html>"""
ALLOWED = {"a": {"title", "class"}, "span": {"class"}, "td": {"colspan"}, "mark": {"id"}}


def test_what_is_left_of_a_page_is_words() -> None:
    html = document(PAGE.encode(), title="T", names=["Quillon"], is_ours=lambda url: "quillon.example" in url)
    body = html.partition("<body>")[2]
    for tag, attributes in re.findall(r"<([a-z0-9]+)((?: [^>]*)?)>", body):
        names = set(re.findall(r' ([a-z:-]+)="', attributes))
        assert names <= ALLOWED.get(tag, set()), f"<{tag}{attributes}>"
    for gone in ("evil", "alert", "drawn", "framed", "template", "noscript", "video", "press", "typed", "comment"):
        assert gone not in body
    assert '<a class="ours" title="https://quillon.example/?a=1&amp;b=%22"><mark>Quillon</mark></a>' in body
    assert '<span class="picture">Picture: A &quot;robot&quot; &lt;b&gt;</span>' in body
    assert '<td colspan="2">cell</td>' in body
    assert "Quillons" in body
    assert "href" not in html
    assert "src=" not in html


def test_names_are_marked_and_one_of_them_is_where_the_frame_opens() -> None:
    page = b"<p>A&B one, A&amp;B <b>two</b>, A&B three</p>"
    html = document(page, title=None, names=["A&B", " "], sentence="A&B  two, A&B three")
    assert html.count("<mark") == 3
    assert '<mark id="name">A&amp;B</mark> <b>two' in html
    for elsewhere in ("A&B does not stand there", "", None):
        assert '<mark id="name">A&amp;B</mark> one' in document(page, title=None, names=["A&B"], sentence=elsewhere)
    assert "<mark" not in document(b"<p>nobody</p>", title=None, names=["A&B"], sentence="nobody")


def test_a_title_cannot_leave_its_element() -> None:
    html = document(b"x", title="</title><script>alert(1)</script>")
    assert "<script" not in html
    assert html.count("</title>") == 1


def test_the_policy_allows_our_style_and_nothing_else() -> None:
    html = document(b"x", title=None)
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in POLICY
    assert POLICY.startswith("sandbox; default-src 'none'; ")
    assert "allow-" not in POLICY
    assert "frame-ancestors 'self'" in POLICY


def test_a_page_that_no_parser_should_meet_is_refused() -> None:
    with pytest.raises(UnparsablePage):
        cleaned(b"<div>" * 100_000)


@given(st.text(alphabet="<>\"'&=/ ahrefscriptonlimgsvg\n", max_size=80))
def test_no_bytes_bring_an_address_or_a_script_back(text: str) -> None:
    html = document(text.encode(), title=text, names=["a", text]).partition("<body>")[2]
    for tag in re.findall(r"<[^/>][^>]*>", html):
        assert not re.search(r"<script|<svg|\son\w+=|\shref=|\ssrc=|<iframe|<style", tag), tag


def test_what_the_page_hides_is_said_to_be_hidden() -> None:
    page = (
        '<p>Told by <a href="https://quillon.example/" style="display: NONE; color: red">Quillon</a>.</p>'
        '<div class="menu visually-hidden" hidden="hidden"><a href="https://quillon.example/x">there</a></div>'
        '<p hidden="until-found" class="lead" style="color:red" aria-hidden="false">shown</p>'
        '<a aria-hidden="true" href="https://quillon.example/y">y</a><img alt="seen" style="visibility:hidden">'
    )
    body = document(page.encode(), title=None, is_ours=lambda url: "quillon" in url).partition("<body>")[2]
    assert '<a class="unshown ours" title="https://quillon.example/">Quillon</a>' in body
    assert '<div class="unshown"><a class="ours" title="https://quillon.example/x">there</a></div>' in body
    assert "<p>shown</p>" in body
    assert '<a class="unshown ours" title="https://quillon.example/y">' in body
    assert '<span class="unshown picture">Picture: seen</span>' in body
    assert "style=" not in body


def test_elements_whose_names_begin_like_a_link_stay_what_they_are() -> None:
    body = document(b"<article><abbr>NGO</abbr><aside>beside</aside></article>", title=None).partition("<body>")[2]
    assert "<article><abbr>NGO</abbr><aside>beside</aside></article>" in body
