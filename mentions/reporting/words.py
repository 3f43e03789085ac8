"""Texts that somebody else wrote, on their way to people: shown, never obeyed."""

import re
import unicodedata
from typing import Final

# Marks that turn the reading direction (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST: Final = 400  # characters; a sentence of a page may be as long as its page


def plain(text: object, *, longest: int = _LONGEST) -> str:
    """One line without controls and without marks that turn the reading direction, cut where it gets too long."""
    letters = _BIDI.sub("", "" if text is None else str(text))
    words = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in letters)
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 2].rstrip()} …"
