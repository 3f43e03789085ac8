"""Old pages laid out by tables: the article stands in one cell, menus and boxes in the cells around it."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mentions.extraction.walked import Walk

_LEAST: Final = 2  # paragraphs in the cell of the article
_LEAST_CHARS: Final = 400  # of them
_MOST: Final = 0.7  # share of all paragraphs of the page that stands in it
_MOST_TEXT: Final = 0.5  # the same of all words of the article; with less, the tables hold facts
_PARAGRAPH: Final = 80  # characters
_LINKED: Final = 0.3  # share of a paragraph's characters inside links; a menu has more
_STOPS: Final = frozenset(".!?。！？”\"'")
_CELLS: Final = frozenset({"td", "th"})


def find_frame(walk: Walk, article: Sequence[int]) -> set[int]:
    """The pieces, of those the model takes for article (by number), that stand in cells around that of the article.

    Paragraphs in such cells stay what the model says.
    """
    paragraphs = [number for number in article if _is_paragraph(walk, number)]
    cells, tables = _cells_and_tables(walk)
    cell = _cell_of_article(walk, article, paragraphs, cells)
    if not cell:
        return set()
    last, own = walk.elements[cell].last, frozenset(paragraphs)
    if any(element.tag == "th" and tables[place] == tables[cell] for place, element in enumerate(walk.elements)):
        return set()  # a table of facts, one of which is told at length
    return {
        number
        for number in article
        if number not in own
        and not cell <= walk.pieces[number].element <= last
        and tables[walk.pieces[number].element] == tables[cell]
    }


def _cells_and_tables(walk: Walk) -> tuple[list[int], list[int]]:
    """For each element, the innermost cell and the outermost table around it; 0, which is the root, for none."""
    cells: list[int] = []
    tables: list[int] = []
    for place, element in enumerate(walk.elements):
        cell, table = (cells[element.parent], tables[element.parent]) if place else (0, 0)
        cells.append(place if element.tag in _CELLS else cell)
        tables.append(place if element.tag == "table" and not table else table)
    return cells, tables


def _cell_of_article(walk: Walk, article: Sequence[int], paragraphs: Sequence[int], cells: Sequence[int]) -> int:
    """The cell that holds nearly all paragraphs of the page and most of its article; 0 where none does."""
    chars: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    for number in paragraphs:
        piece = walk.pieces[number]
        chars[cells[piece.element]] += piece.end - piece.start
        counts[cells[piece.element]] += 1
    best = max(chars, key=lambda cell: chars[cell], default=0)
    whole = sum(walk.pieces[number].end - walk.pieces[number].start for number in article)
    least = max(_LEAST_CHARS, _MOST * chars.total(), _MOST_TEXT * whole)
    return best if counts[best] >= _LEAST and chars[best] >= least else 0


def _is_paragraph(walk: Walk, number: int) -> bool:
    piece = walk.pieces[number]
    size = piece.end - piece.start
    return size > _PARAGRAPH and piece.link_chars < _LINKED * size and walk.text[piece.end - 1] in _STOPS
