"""One walk over a page: blocks know what stands around them and in them."""

from selectolax.lexbor import LexborHTMLParser

from mentions.extraction.vocabulary import Hint
from mentions.extraction.walk import walk_tree
from mentions.extraction.walked import INSIDE, Element, Walk


def walk(html: str) -> Walk:
    return walk_tree(LexborHTMLParser(html.encode()))


def element(page: Walk, names: str) -> Element:
    return next(box for box in page.elements if box.names == names)


PAGE = walk(
    "<body class='comments'><nav class='menu'><ul><li class='first'>Home</li></ul></nav>"
    "<article><figure><img alt='A pump'><figcaption class='cap'>The pump.</figcaption></figure>"
    "<div class='related'><p class='deep'>More</p></div></article><footer class='end'>Imprint</footer>"
)


def test_an_element_knows_the_tags_around_it() -> None:
    assert element(PAGE, "first").inside == INSIDE["nav"] | INSIDE["ul"] | INSIDE["li"]
    assert element(PAGE, "cap").inside == INSIDE["article"] | INSIDE["figure"] | INSIDE["figcaption"]
    assert element(PAGE, "end").inside == INSIDE["footer"]


def test_an_element_knows_the_hints_around_it_but_not_those_of_the_body() -> None:
    assert element(PAGE, "deep").around & int(Hint.RELATED)
    assert element(PAGE, "first").around & int(Hint.NAVIGATION)
    assert not element(PAGE, "deep").around & int(Hint.COMMENT)


def test_what_stands_in_an_element_follows_it_up_to_its_last() -> None:
    for number, box in enumerate(PAGE.elements):
        inside = {number}
        for later in range(number + 1, len(PAGE.elements)):
            if PAGE.elements[later].parent in inside:
                inside.add(later)
        assert inside == set(range(number, box.last + 1))


def test_hidden_text_is_counted_and_not_shown_and_what_hid_it_ends() -> None:
    page = walk("<p>One<p hidden>Two<p style='display: none'><b>Three</b><p>Four")
    assert page.text == "One\nFour"
    assert page.hidden_chars == len("TwoThree")


def test_a_controlled_section_can_be_opened_and_counts_as_seen() -> None:
    page = walk("<button aria-controls='answer'>Why?</button><div id='answer' hidden>Because.</div>")
    assert "Because." in page.text


def test_pictures_without_attributes_are_counted() -> None:
    page = walk("<p><img>words<p>more<img><img alt=''>")
    assert [piece.images for piece in page.pieces] == [1, 2]
