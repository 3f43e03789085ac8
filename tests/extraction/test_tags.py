"""The numbers of tags are the parser's own, and no tag is both a block and in a line."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from mentions.extraction import tags


@pytest.mark.parametrize(
    ("markup", "among"), [("<p>x", "BLOCKS"), ("<b>x", "STRONG"), ("<a>x", "LINKS"), ("<i>x", "PLAIN")]
)
def test_a_parsed_element_has_the_number_that_its_tag_is_known_by(markup: str, among: str) -> None:
    body = LexborHTMLParser(markup).body
    node = body.first_child if body else None
    assert node is not None
    assert node.tag_id in getattr(tags, among)
    assert node.tag_id >= tags.FIRST_ELEMENT
    text = node.first_child
    assert text is not None
    assert text.tag_id == tags.TEXT


def test_the_groups_do_not_overlap() -> None:
    assert not tags.INLINE & set(tags.BLOCKS)
    assert not tags.SKIPPED & (tags.INLINE | set(tags.BLOCKS))
    assert not tags.PLAIN & (tags.STRONG | tags.LINKS)
