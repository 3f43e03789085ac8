"""Plots as SVG: small, without scripts and style attributes, with a title and a description for those who cannot see.

Colours are presentation attributes, so that a plot is readable where style sheets are stripped (mail, feed readers);
classes (`plot-1` … `plot-3`, `plot-text`, `plot-grid`) let a page recolour it for the dark. Series differ by pattern,
dash and marker too: colour is never the only sign. Every plot belongs beside a table with the same numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Final

_WIDTH: Final = 560  # user units; about a column of text, so that letters keep their size
_ROW: Final = 30
_LABELS: Final = 150  # for the labels of bars
_NOTES: Final = 120  # for the numbers behind bars
_HEIGHT: Final = 190  # of the drawing of columns and lines, without labels
_LEFT: Final = 44  # for the numbers of the axis
_TOP: Final = 14
_FONT: Final = 'font-family="system-ui, sans-serif" font-size="13"'
# Told apart by people who see no red or green, 4.5:1 against white (https://jfly.uni-koeln.de/color/).
_COLOURS: Final = ("#1f5fa8", "#b8530a", "#2f7a4d")
_DASHES: Final = ("", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 4"')
_FILLS: Final = ("1", "0.15", "0.55")  # full, hollow, half: told apart in black and white too
_LETTER: Final = 6.6  # the mean width of a letter of 11 px, with some air
_STEPS: Final = (1, 2, 5)
_LONGEST_LABEL: Final = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, how long, and what is written behind it."""

    label: str
    value: int
    note: str = ""  # default: the value


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, each belonging to the label at its place."""

    name: str
    values: Sequence[int]


def bars(title: str, description: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars, one a row, all on one scale; a funnel is bars that get shorter."""
    most = max((row.value for row in rows), default=0) or 1
    room = _WIDTH - _LABELS - _NOTES
    drawn = []
    for place, row in enumerate(rows):
        top, length = place * _ROW + 6, round(row.value / most * room, 1)
        if row.value:
            length = max(length, 2)  # one of ten thousand can still be seen
        drawn += [
            _text(_LABELS - 10, top + 14, _short(row.label), anchor="end"),
            f'<rect class="plot-1" x="{_LABELS}" y="{top}" width="{length}" height="18" fill="{_COLOURS[0]}"/>',
            _text(_LABELS + length + 8, top + 14, row.note or f"{row.value:,}"),
        ]
    return _svg(title, description, len(rows) * _ROW + 6, drawn)


def columns(title: str, description: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Upright columns side by side, one group a label; at most three series."""
    top = _ceiling(series)
    step = (_WIDTH - _LEFT) / max(len(labels), 1)
    wide = min(step * 0.8 / max(len(series), 1), 26)
    drawn = [*_grid(top), *_axis_labels(labels, step)]
    for nth, row in enumerate(series):
        for place, value in enumerate(row.values):
            left = _LEFT + step * place + (step - wide * len(series)) / 2 + wide * nth
            height = value / top * _HEIGHT
            drawn.append(_column(nth, left, height, wide))
            if value and wide >= 12:
                drawn.append(
                    _text(left + wide / 2, _TOP + _HEIGHT - height - 3, f"{value:,}", anchor="middle", size=11)
                )
    drawn += _legend(series, _column_sign)
    return _svg(title, description, _TOP + _HEIGHT + 54, drawn)


def lines(title: str, description: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Lines with markers over the same labels; at most three series."""
    top = _ceiling(series)
    step = (_WIDTH - _LEFT) / max(len(labels), 1)
    drawn = [*_grid(top), *_axis_labels(labels, step)]
    for nth, row in enumerate(series):
        points = [
            (_LEFT + step * (place + 0.5), _TOP + _HEIGHT - value / top * _HEIGHT)
            for place, value in enumerate(row.values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(
            f'<polyline class="plot-line plot-{nth + 1}" points="{path}" fill="none" stroke="{_COLOURS[nth]}" '
            f'stroke-width="2"{_DASHES[nth]}/>'
        )
        drawn += [_marker(nth, x, y) for x, y in points]
    drawn += _legend(series, _line_sign)
    return _svg(title, description, _TOP + _HEIGHT + 54, drawn)


def _svg(title: str, description: str, height: float, drawn: Sequence[str]) -> str:
    """`role="img"` with its name in the element itself: ids would clash where two plots stand on one page."""
    name = escape(f"{title}. {description}" if description else title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-label="{name}" '
        f'viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" height="{height:.0f}" {_FONT}>'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(drawn)}</svg>"
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 0) -> str:
    sized = f' font-size="{size}"' if size else ""
    return (
        f'<text class="plot-text" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#222222"{sized}>'
        f"{escape(words)}</text>"
    )


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"


def _ceiling(series: Sequence[Series]) -> int:
    """The top of the axis: the first of 4, 10, 20, 40 … that holds every value, in steps of whole numbers."""
    most = max((value for row in series for value in row.values), default=0)
    factor = 1
    while True:
        for step in _STEPS:
            if step * factor * 4 >= most:
                return step * factor * 4
        factor *= 10


def _grid(top: int) -> Iterator[str]:
    for quarter in range(5):
        y = _TOP + _HEIGHT - _HEIGHT * quarter / 4
        yield (
            f'<line class="plot-grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}" stroke="#cccccc" '
            f'stroke-width="1"/>'
        )
        yield _text(_LEFT - 6, y + 4, f"{top * quarter // 4:,}", anchor="end", size=11)


def _axis_labels(labels: Sequence[str], step: float) -> Iterator[str]:
    """Every label where there is room, else every second, third …; the last one always."""
    longest = max((len(_short(label)) for label in labels), default=0)
    every = ceil((longest + 1) * _LETTER / step)
    for place, label in enumerate(labels):
        if (len(labels) - 1 - place) % every == 0:
            yield _text(_LEFT + step * (place + 0.5), _TOP + _HEIGHT + 18, _short(label), anchor="middle", size=11)


def _column(nth: int, left: float, height: float, wide: float) -> str:
    colour, y = _COLOURS[nth], _TOP + _HEIGHT - height
    return (
        f'<rect class="plot-{nth + 1}" x="{left + 1:.1f}" y="{y:.1f}" width="{max(wide - 2, 1):.1f}" '
        f'height="{height:.1f}" fill="{colour}" fill-opacity="{_FILLS[nth]}" stroke="{colour}" stroke-width="1.5"/>'
    )


def _marker(nth: int, x: float, y: float) -> str:
    kind, colour = f'class="plot-{nth + 1}"', _COLOURS[nth]
    if nth == 0:
        return f'<circle {kind} cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    if nth == 1:
        return f'<rect {kind} x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'
    points = f"{x:.1f},{y - 5:.1f} {x + 5:.1f},{y + 4:.1f} {x - 5:.1f},{y + 4:.1f}"
    return f'<polygon {kind} points="{points}" fill="{colour}"/>'


def _column_sign(nth: int, x: float, y: float) -> str:
    return (
        f'<rect class="plot-{nth + 1}" x="{x:.1f}" y="{y - 10:.1f}" width="11" height="11" fill="{_COLOURS[nth]}" '
        f'fill-opacity="{_FILLS[nth]}" stroke="{_COLOURS[nth]}" stroke-width="1.5"/>'
    )


def _line_sign(nth: int, x: float, y: float) -> str:
    return _marker(nth, x + 5, y - 4)


def _legend(series: Sequence[Series], sign: Callable[[int, float, float], str]) -> Iterator[str]:
    if len(series) < 2:
        return
    x, y = float(_LEFT), _TOP + _HEIGHT + 44
    for nth, row in enumerate(series):
        yield sign(nth, x, y)
        yield _text(x + 18, y, row.name)
        x += 34 + 7.2 * len(row.name)  # the mean width of a letter at 13 px
