"""Plots: whole, safe SVG that says in words what it shows."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.plots import Bar, Series, bars, columns, lines

HOSTILE = '"><script>alert(1)</script><svg onload=x>&'
LABELS = ["2026-09", "2026-10", "2026-11"]
SERIES = [Series("emails", [4, 0, 9]), Series("answers", [1, 0, 2]), Series("links", [0, 0, 1])]


def parsed(svg: str) -> ET.Element:
    """The plot, if it is well-formed."""
    return ET.fromstring(svg)


def named(root: ET.Element, tag: str) -> list[ET.Element]:
    return list(root.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


@pytest.mark.parametrize(
    "svg",
    [
        bars(HOSTILE, HOSTILE, [Bar(HOSTILE, 3, HOSTILE)]),
        columns(HOSTILE, HOSTILE, [HOSTILE], [Series(HOSTILE, [1]), Series(HOSTILE, [2])]),
        lines(HOSTILE, HOSTILE, [HOSTILE], [Series(HOSTILE, [1]), Series(HOSTILE, [2])]),
    ],
)
def test_texts_in_a_plot_are_only_texts(svg: str) -> None:
    root = parsed(svg)
    assert not named(root, "script")
    assert len(named(root, "svg")) == 1
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize("svg", [bars("A", "b", [Bar("x", 1)]), columns("A", "b", LABELS, SERIES)])
def test_a_plot_has_a_name_and_needs_no_style_sheet(svg: str) -> None:
    root = parsed(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "A. b"
    assert [element.text for element in named(root, "title")] == ["A"]
    assert "style" not in svg
    assert all("fill" in element.attrib for element in (*named(root, "rect"), *named(root, "text")))


def test_bars_are_as_long_as_their_values_say() -> None:
    widths = [float(bar.attrib["width"]) for bar in named(parsed(bars("", "", [Bar("a", 10), Bar("b", 5)])), "rect")]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.1)


def test_one_of_ten_thousand_can_still_be_seen_and_nothing_is_nothing() -> None:
    rows = [Bar("all", 10_000), Bar("one", 1), Bar("none", 0)]
    widths = [float(bar.attrib["width"]) for bar in named(parsed(bars("", "", rows)), "rect")]
    assert widths[1] == 2
    assert widths[2] == 0


def test_series_are_told_apart_without_colours() -> None:
    drawn = parsed(columns("", "", LABELS, SERIES))
    assert len({bar.attrib["fill-opacity"] for bar in named(drawn, "rect")}) == 3
    root = parsed(lines("", "", LABELS, SERIES))
    assert len({line.attrib.get("stroke-dasharray") for line in named(root, "polyline")}) == 3
    assert named(root, "circle")
    assert named(root, "polygon")


def test_labels_that_would_overlap_are_left_out_but_for_the_last() -> None:
    many = [f"2026-{n:02d}-01" for n in range(60)]
    texts = [text.text for text in named(parsed(columns("", "", many, [Series("", [1] * 60)])), "text")]
    shown = [text for text in texts if text in many]
    assert len(shown) < 15
    assert shown[-1] == many[-1]


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_any_numbers_make_a_plot_within_its_frame(values: list[int]) -> None:
    labels = [str(number) for number in range(len(values))]
    for draw in (columns, lines):
        root = parsed(draw("t", "d", labels, [Series("s", values)]))
        height = float(root.attrib["height"])
        for bar in named(root, "rect"):
            assert 0 <= float(bar.attrib["y"]) <= height
    parsed(bars("t", "d", [Bar(label, value) for label, value in zip(labels, values, strict=True)]))
