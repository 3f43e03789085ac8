"""Words without their accents, so that "Beyonce" finds "Beyoncé" and the other way round.

SQLite's search takes marks off by itself (unicode61, remove_diacritics). PostgreSQL's does not, and its extension that
does cannot be counted on: there a text is taken apart (normalize … NFD) and loses its marks when it is written into the
search, and the words that are looked for lose theirs here. Letters that are no other letter with a mark on it (ø, ł, ß)
stay what they are, in both.
"""

import re
import unicodedata
from typing import Final

MARKS: Final = "\u0300-\u036f"  # https://www.unicode.org/charts/PDF/U0300.pdf: combining diacritical marks
_MARKS: Final = re.compile(f"[{MARKS}]")


def without_accents(text: str) -> str:
    """The text taken apart (NFD) without combining diacritical marks, as queue_upkeep does it in PostgreSQL."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text))
