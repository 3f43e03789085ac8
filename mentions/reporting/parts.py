"""What a report's parts are made of: lines, tables, plots, sentences."""

from dataclasses import dataclass
from typing import Final

MOST_LISTED: Final = 15  # groups, domains, pages of ours; a file for programs holds all


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its words, and the number with what it is a part of."""

    words: str
    value: str
    under: bool = False  # a part of the line above


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column is text, the others are numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""  # how many rows are left out


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report."""

    title: str
    note: str = ""
    lines: tuple[Line, ...] = ()
    plot: str = ""  # SVG, escaped and ready; its numbers stand in `lines` or `table` too
    table: Table | None = None
    sentences: tuple[str, ...] = ()


def left_out(number: int, shown: int) -> str:
    """What is said of rows that are not shown; "" where all are."""
    left = number - shown
    return f"and {left:,} more; --format json or csv holds all" if left > 0 else ""
