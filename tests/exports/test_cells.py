"""E-01 and E-02: what people and pages wrote never becomes a formula, and every file opens."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mentions.exports.cells import CUT_MARK, MAX_CELL, csv_cell, plain, xlsx_cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("\n=1", "' =1"),
        ("\ttext", "' text"),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("\u3000＝1", "'\u3000＝1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("a\n=1", "a =1"),
        ("a\r\n=1", "a =1"),
        ("a\t\tb", "a b"),
        ("a\u2028b", "a b"),
        ("plain text", "plain text"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_csv_cells_are_one_line_and_no_formula(text: str, cell: str) -> None:
    """E-01."""
    assert csv_cell(text) == cell


def test_xlsx_cells_keep_the_text() -> None:
    """E-01: a string cell needs no quote; only line ends and what XML cannot hold change."""
    assert [xlsx_cell(text) for text in ("=1+1", "\t=1", " =1", "a\n=1", "a\r\nb", "\r=1")] == [
        "=1+1",
        "\t=1",
        " =1",
        "a\n=1",
        "a\nb",
        "\n=1",
    ]


def test_control_characters_are_shown_as_such() -> None:
    """E-02."""
    assert csv_cell("a\x00b\x1b[31m\ud800") == xlsx_cell("a\x00b\x1b[31m\ud800") == "a�b�[31m�"


@pytest.mark.parametrize("make", [csv_cell, xlsx_cell])
@pytest.mark.parametrize("letter", ["x", "日", "🤖"])
def test_over_long_texts_are_cut_and_marked(make: object, letter: str) -> None:
    """E-02: a cell holds 32,767 UTF-16 units, of which an emoji takes two."""
    cell = make(letter * 40_000)  # type: ignore[operator]  # parametrised with functions
    assert cell.endswith(letter + CUT_MARK)
    assert MAX_CELL - 1 <= len(cell.encode("utf-16-le")) // 2 <= MAX_CELL
    assert make(letter * 2_100) == letter * 2_100  # type: ignore[operator]  # as above


def test_dates_are_utc_and_nothing_is_empty() -> None:
    berlin = datetime(2026, 7, 1, 2, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
    assert plain(berlin) == "2026-07-01T00:30:15+00:00"
    assert plain(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00+00:00"
    assert (plain(None), plain(0), plain(60)) == ("", "0", "60")
