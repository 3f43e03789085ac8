"""What stands between tags: all that a reader may see, code left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.walk import walk_tree
from mentions.matching.raw_passages import TAG, Mark, marks_scanner, passages

SCANNER = marks_scanner()


def shown(body: bytes) -> list[bytes]:
    return [passage.strip() for passage in passages(body, SCANNER.events(body)).split(TAG) if passage.strip()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<p>one</p>\n <p> two <b>three</b></p>", [b"one", b"two", b"three"]),
        (b"before<p>one", [b"before", b"one"]),
        (b"no tag at all", [b"no tag at all"]),
        (b"<p>5 < 6 and << 7</p>8", [b"5 < 6 and << 7", b"8"]),
        (b"<p>< 6</p>", [b"< 6"]),
        (b"<p><<b>x", [b"<", b"x"]),
        (b"<p>a</p><script>var a = '<p>b';</script><style>.c{}</style><p>d", [b"a", b"d"]),
        (b"<script>a > b<script>c > d</script><p>e", [b"a > b", b"e"]),
        (b"<script src=a></script><script>x</script>y", [b"y"]),
    ],
)
def test_passages_stand_between_tags_and_code_is_left_out(body: bytes, expected: list[bytes]) -> None:
    assert shown(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        b'<p title="<script">seen</p><p>also</p><script></script>',
        b"<!-- <script> --><p>seen<script></script>",
        b"<p>how to write <script</p><p>seen</p>",
    ],
)
def test_what_may_be_text_after_all_is_kept(body: bytes) -> None:
    """Where "<script" is a word of the text, what follows is no code."""
    assert b"seen" in b" ".join(shown(body))


def test_signs_of_charsets_are_told() -> None:
    def marks(body: bytes) -> set[int]:
        return {number for number, _ in SCANNER.events(body)}

    assert marks(b'<meta charset="UTF-8">') == {Mark.UTF8_DECLARED}
    assert marks("<p>a".encode("utf-16")) == {Mark.UNREADABLE}
    assert marks("<p>林檎".encode("iso2022-jp")) == {Mark.UNREADABLE}


PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<td>", "<!--x-->", "<i title='a>b'>",
    "<style>p{}</style>", "<script>var(1)</script>", "<script>", "</script>", "<!-- <script> -->", "<style>",
    "alpha", "beta", "gamma", " ", "<", ">", "<<", "<3", "&", "&amp;", "\n",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_no_word_that_a_parser_shows_is_left_out(pieces: list[str]) -> None:
    body = "".join(pieces).encode()
    text = walk_tree(LexborHTMLParser(body)).text
    for word in ("alpha", "beta", "gamma"):
        if word in text:
            assert word in b" ".join(shown(body)).decode()
