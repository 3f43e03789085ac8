"""What the head of a page declares, read in one search."""

from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.declarations import Declarations


def _declared(html: str) -> Declarations:
    return Declarations(LexborHTMLParser(html))


def test_each_kind_of_tag_is_told_from_the_others() -> None:
    declared = _declared(
        '<head><meta name="Author" content=" Jane Doe "><meta property="og:title" content="Robots &amp;amp; us">'
        '<link rel="Canonical" href=" /robots "><base href="https://courier.example/">'
        '<script type="application/LD+json">{"a": 1}</script><script>var b = 2</script></head>'
    )
    assert declared.meta == {"author": ["Jane Doe"], "og:title": ["Robots & us"]}
    assert declared.canonical == "/robots"
    assert declared.base == "https://courier.example/"
    assert list(declared.json_ld()) == ['{"a": 1}']


def test_the_first_canonical_link_and_the_first_base_count() -> None:
    declared = _declared(
        '<link rel=canonical href="/one"><link rel=canonical href="/two">'
        '<base target="_blank"><base href=""><base href="/b">'
    )
    assert (declared.canonical, declared.base) == ("/one", "")


def test_tags_in_the_body_count_and_a_bare_page_declares_nothing() -> None:
    assert _declared('<p>Text<meta itemprop="datePublished" content="2026-03-14"><base href="/b">').base == "/b"
    bare = _declared("<p>Text")
    assert (bare.meta, bare.canonical, bare.base, list(bare.json_ld())) == ({}, None, None, [])


def test_values_come_in_the_order_of_the_names_asked_for() -> None:
    declared = _declared("<meta name=b content=2><meta name=a content=1><meta name=b content=3>")
    assert list(declared.values(["a", "missing", "b"])) == ["1", "2", "3"]
