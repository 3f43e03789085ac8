"""Where an element stands among the boxes of a page, as the policy of the zones asks."""

from typing import Final

from mentions.extraction.vocabulary import Hint
from mentions.extraction.walked import INSIDE, Walk

FRAME: Final = INSIDE["nav"] | INSIDE["footer"]
_FRAME_HINTS: Final = int(Hint.NAVIGATION | Hint.FOOTER | Hint.RELATED | Hint.SHARE | Hint.DIALOG | Hint.SIGNUP)
_SECTION_LEVELS: Final = 3


def in_frame(walk: Walk, element: int) -> bool:
    """Does the element stand in the frame of the page: navigation, footer, related links, dialogs?"""
    box = walk.elements[element]
    return bool(box.inside & FRAME or box.around & _FRAME_HINTS)


def in_section_of(walk: Walk, element: int, other: int) -> bool:
    """Does the element stand in the section around another one, that is, within three levels around it?"""
    box = other
    for _ in range(_SECTION_LEVELS):
        if walk.elements[box].tag in {"body", "main", "article"}:
            break
        box = walk.elements[box].parent
    while element > box:
        element = walk.elements[element].parent
    return element == box
