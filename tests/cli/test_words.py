"""Words on a terminal: later lines stand under the first, and no line ends in blanks."""

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions.cli.words import hanging, indented


def printed(shown: object, width: int = 20) -> list[str]:
    """The lines of a terminal of that many columns, as they are."""
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(shown)
    return out.getvalue().splitlines()


def test_an_item_stands_beside_its_mark() -> None:
    assert printed(hanging("-", Text("the bridge is shut for a week"))) == ["- the bridge is shut", "  for a week"]


def test_an_indented_item_moves_as_a_whole() -> None:
    item = indented(hanging("12 ×", Text("behind a paywall")), 2)
    assert printed(item) == ["  12 × behind a", "       paywall"]


def test_what_has_no_blanks_is_folded_rather_than_cut() -> None:
    address = "https://courier.example/2026/11/bridge"
    lines = printed(indented(Text(address), 4))
    assert all(line.startswith("    ") for line in lines)
    assert "".join(line.strip() for line in lines) == address


def test_letters_that_are_two_columns_wide_count_as_two() -> None:
    assert printed(hanging("み", Text("one two three"))) == ["み one two three"]
    assert printed(hanging("み", Text("one two three")), width=10) == ["み one two", "   three"]


def test_a_table_knows_how_wide_it_is() -> None:
    table = Table.grid()
    table.add_row(indented(Text("short"), 2), "next")
    assert printed(table) == ["  shortnext"]
