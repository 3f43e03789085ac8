"""Values as cells of a spreadsheet: text that no program takes for a formula, cut where a cell ends."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

MAX_CELL: Final = 32_767  # UTF-16 units; what a cell of Excel holds
CUT_MARK: Final = " … [cut]"
_SHORT: Final = MAX_CELL // 2  # characters; so many fit into a cell whatever they are

_FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_BREAKS: Final = re.compile("[\t\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# What XML 1.0 cannot hold, the other control characters, and half surrogate pairs.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(value: object) -> str:
    """A value as text: dates ISO 8601 in UTC, None empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(timespec="seconds")
    return str(value)


def csv_cells(values: Iterable[object]) -> list[str]:
    """Each value as csv_cell gives it. Most are empty or harmless short texts: those are told apart right here."""
    return [
        ""
        if value is None
        else value
        if type(value) is str and value.isprintable() and value[:1].isalnum() and len(value) <= _SHORT
        else csv_cell(value)
        for value in values
    ]


def csv_cell(value: object) -> str:
    """One line of text that a spreadsheet shows and never calculates: a leading `'` where it would.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    text = plain(value)
    if isinstance(value, datetime) or _harmless(text):
        return cut(text)
    risky = text[:1] in {"\t", "\r", "\n"} or _first_visible(text) in _FORMULA_STARTS
    line = _UNPRINTABLE.sub("�", _BREAKS.sub(" ", _LINE_ENDS.sub("\n", text)))
    return cut(f"'{line}" if risky else line)


def xlsx_cell(value: object) -> str:
    """The text as it is, but for what a cell cannot hold; line ends are \\n."""
    text = plain(value)
    return cut(text if _harmless(text) else _UNPRINTABLE.sub("�", _LINE_ENDS.sub("\n", text)))


def cut(text: str) -> str:
    """The text as long as a cell may be, marked where it was cut."""
    if len(text) <= _SHORT or _units(text) <= MAX_CELL:
        return text
    room = (MAX_CELL - len(CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def _harmless(text: str) -> bool:
    """Most cells: they begin with a letter or digit and hold no control character; nothing has to be done to them."""
    return text.isprintable() and (not text or text[0].isalnum())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_visible(text: str) -> str:
    """The first character that shows: not a space of any width, not a control or formatting character."""
    return next((char for char in text if unicodedata.category(char) not in {"Zs", "Zl", "Zp", "Cc", "Cf"}), "")
