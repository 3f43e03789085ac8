"""A headline with quotation marks of its own, quoted by an email: a quote in a quote has other marks. Pure."""

import re
from typing import Final

# What our templates quote with, by language: “…” holds ‘…’, „…“ holds ‚…‘, « … » and «…» hold “…”.
_INNER: Final = {"en": ("‘", "’"), "de": ("‚", "‘"), "fr": ("“", "”"), "es": ("“", "”")}
_MARK: Final = re.compile('[“”„‟«»"]')
_TWO_LEVELS: Final = re.compile("[‚‘‹›]")  # such a headline is left as it stands: there is no third kind of mark
_SPACED: Final = frozenset("«»")  # French sets a space inside these, and none inside “…”


def inner_quotes(text: str, language: str) -> str:
    """The text as it stands between quotation marks of a language: ““Never again”, she says” is hard to read.

    Whether a mark opens or closes is told by counting, for “ opens in English and closes in German. An inch mark is
    left alone, and so is every text in a language whose marks are not known here.
    """
    marks = _INNER.get(language)
    if marks is None or _TWO_LEVELS.search(text):
        return text
    parts, end, opened = [], 0, False
    for found in _MARK.finditer(text):
        before = text[end : found.start()]
        if not opened and found[0] == '"' and before[-1:].isdigit():
            continue
        spaced, end = found[0] in _SPACED, found.end()
        if opened:
            parts += [before.rstrip() if spaced else before, marks[1]]
        else:
            parts += [before, marks[0]]
            end += len(text[end:]) - len(text[end:].lstrip()) if spaced else 0
        opened = not opened
    return "".join([*parts, text[end:]])
