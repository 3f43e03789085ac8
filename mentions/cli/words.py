"""Words of a page on a terminal: shown, never obeyed."""

import re
import unicodedata

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

# Marks that turn the reading direction (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """A page's words without what could move a cursor, colour a terminal or turn the reading direction."""
    plain = _BIDI.sub("", text)
    words = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in plain)
    return " ".join(words.split())


def marked(sentence: str, name: str | None) -> Text:
    """The sentence, cleaned, with the name set off: bold in a terminal, between » and « everywhere."""
    sentence, name = clean(sentence), clean(name or "")
    if not name or name not in sentence:
        return Text(sentence)
    before, _, after = sentence.partition(name)
    return Text.assemble(before, "»", (name, "bold"), "«", after)


def hanging(mark: str, shown: RenderableType) -> RenderableType:
    """A list item: its mark, and everything else beside it, however many lines it takes."""
    item = Table.grid(padding=(0, 1, 0, 0))
    item.add_column(no_wrap=True)
    item.add_column(overflow="fold")
    item.add_row(mark, shown)
    return item


def indented(shown: RenderableType, columns: int) -> Padding:
    """Something moved to the right, without blanks to the end of the line: logs keep them."""
    return Padding(shown, (0, 0, 0, columns), expand=False)
