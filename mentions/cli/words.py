"""Words of a page on a terminal: shown, never obeyed."""

import re
import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
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


@dataclass(frozen=True, slots=True)
class _Beside:
    """Words beside a mark, all their lines under one another; no blanks to the end of a line, which logs would keep."""

    mark: str
    words: Text

    def __rich_console__(self, screen: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - cell_len(self.mark), 1)
        before = self.mark
        for line in self.words.wrap(screen, width, overflow=self.words.overflow or "fold"):
            line.rstrip()
            yield Text.assemble(before, line)
            before = " " * cell_len(self.mark)

    def __rich_measure__(self, screen: Console, options: ConsoleOptions) -> Measurement:
        words, more = Measurement.get(screen, options, self.words), cell_len(self.mark)
        return Measurement(words.minimum + more, words.maximum + more).with_maximum(options.max_width)


def hanging(mark: str, words: Text) -> RenderableType:
    """A list item: its mark, and the words beside it, however many lines they take."""
    return _Beside(f"{mark} ", words)


def indented(shown: RenderableType, columns: int) -> RenderableType:
    """Something moved to the right."""
    match shown:
        case Text():
            return _Beside(" " * columns, shown)
        case _Beside():
            return _Beside(" " * columns + shown.mark, shown.words)
        case _:
            return Padding(shown, (0, 0, 0, columns), expand=False)
