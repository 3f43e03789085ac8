"""Where words run together only in the mark-up: style sheets set apart what stands in neighbouring elements.

`<a>Tidal Atlas<span>A map of …</span></a>` has no white space, and a reader sees two lines. `<b>Mud</b>Maps` has none
either, and is one word. What tells them apart: links to different pages and buttons are things of their own; children
of a box that lays them out in a row are, too; otherwise a capital behind a small letter (or a full stop), in an element
of several words, where the page writes the two words nowhere together. Languages without capitals or without spaces are
left as they are, but for the first two.
"""

import re
from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborNode

from mentions.extraction.tags import BLOCKS, CODE, CONTROLS, RAISED, TIME, A

# Class names of common style sheets, and what `style` says.
_ROW_CLASSES: Final = frozenset(
    {"flex", "inline-flex", "d-flex", "d-inline-flex", "grid", "inline-grid", "d-grid", "uk-flex", "is-flex"}
)
_BLOCK_STYLE: Final = re.compile(r"\bdisplay\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", re.IGNORECASE)
_ROW_STYLE: Final = re.compile(r"\bdisplay\s*:\s*(?:inline-)?(?:flex|grid)\b", re.IGNORECASE)
_WIDE: Final = "\u2e80"  # from here on languages part no words
_STOPS: Final = frozenset(".!?…)")
_LONE: Final = frozenset("AIÀEOY")  # words of one letter that begin a sentence
_LAST_WORD: Final = re.compile(r"[^\W_]+$")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = 3  # letters of "by", "von", "the"
_MOST_LEVELS: Final = 12  # inline elements around a run of text; deeper ones are made by machines to be deep


def is_block_style(style: str | None) -> bool:
    """Does this value of `style` make a block of an inline element?"""
    return bool(style and _BLOCK_STYLE.search(style))


def gap_between(before: LexborNode, after: LexborNode, left: str, right: str, known: Callable[[str], bool]) -> str:
    """What a reader sees between two runs of text that no white space parts: "" nothing, "\\n" a line break, or " ".

    `left` and `right` are the words of the nodes `before` and `after`; `known`: does the page write this word
    elsewhere?
    """
    last, first = left[-1], right[0]
    if not (last.isalnum() or last in _STOPS) or not first.isalnum() or last >= _WIDE or first >= _WIDE:
        return ""
    closed, opened, box = _between(before, after)
    tags = {node.tag_id for node in (*closed, *opened)}
    if not tags or tags & RAISED or _is_code(box):
        return ""
    if tags & CONTROLS or (TIME in tags and not first.islower()) or _are_two_links(closed, opened):
        return "\n"
    if last.isalnum() and _is_row(box) and min(len(left), len(right)) > 1 and not (last.isdigit() and first.isdigit()):
        return "\n"
    leads_on = not closed and A in tags  # "… by <a>Jane Doe"
    return _by_letters(left, right, closed=bool(closed), opened=bool(opened), leads_on=leads_on, known=known)


def _between(before: LexborNode, after: LexborNode) -> tuple[list[LexborNode], list[LexborNode], LexborNode | None]:
    """The elements that end between two runs of text, those that begin, and the one around both."""
    above_before, above_after = _inline_above(before), _inline_above(after)
    known = {node.mem_id: place for place, node in enumerate(above_before)}
    for place, node in enumerate(above_after):
        if node.mem_id in known:
            return above_before[: known[node.mem_id]], above_after[:place], node
    return above_before, above_after, None


def _inline_above(node: LexborNode) -> list[LexborNode]:
    """The elements around a run of text, innermost first, up to the first block."""
    found: list[LexborNode] = []
    parent = node.parent
    while parent is not None and len(found) < _MOST_LEVELS:
        found.append(parent)
        if parent.tag_id in BLOCKS:
            break
        parent = parent.parent
    return found


def _is_code(box: LexborNode | None) -> bool:
    while box is not None:
        if box.tag_id in CODE:
            return True
        if box.tag_id in BLOCKS:
            return False
        box = box.parent
    return False


def _are_two_links(closed: list[LexborNode], opened: list[LexborNode]) -> bool:
    """Does a link end and one to another place begin?"""
    ended = [node.attributes.get("href") for node in closed if node.tag_id == A]
    begun = [node.attributes.get("href") for node in opened if node.tag_id == A]
    return bool(ended and begun) and ended[0] != begun[0]


def _is_row(box: LexborNode | None) -> bool:
    """Does this element lay its children out beside or below each other?"""
    if box is None:
        return False
    attributes = box.attributes
    style = attributes.get("style")
    return not _ROW_CLASSES.isdisjoint((attributes.get("class") or "").split()) or bool(
        style and _ROW_STYLE.search(style)
    )


def _by_letters(
    left: str, right: str, *, closed: bool, opened: bool, leads_on: bool, known: Callable[[str], bool]
) -> str:
    words_left, words_right = left.count(" ") + 1, right.count(" ") + 1
    if not ((closed and words_left > 1) or (opened and words_right > 1)):
        return ""
    first = _FIRST_WORD.match(right)
    if first is None or not _begins_line(first[0], words_right):
        return ""
    if left[-1] in _STOPS:
        return " " if len(left) > 2 and left[-2].islower() and left[-3].isalpha() else ""
    last = _LAST_WORD.search(left)
    if last is None or not _ends_line(last[0], siblings=closed and opened):
        return ""
    if 1 in {words_left, words_right} and known(last[0] + first[0]):  # a mark in two colours
        return ""
    return " " if leads_on or (len(last[0]) <= _SMALL and last[0].islower()) else "\n"


def _begins_line(word: str, words: int) -> bool:
    """Does this word, the first of so many, begin with a capital as a line does, and not as an abbreviation?"""
    return (word[0].isupper() and word[1:2].islower()) or (word in _LONE and words > 2)


def _ends_line(word: str, *, siblings: bool) -> bool:
    """May a line end with this word? Behind capitals only an element of its own can tell."""
    if word[-1].isupper():
        return siblings and len(word) > 1 and word.isupper()
    return word[-1].isdigit() or len(word) > 1
