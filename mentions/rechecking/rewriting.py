"""Was a sentence taken out of an article, or is it another text now?"""

import re
from typing import Final

_WORDS: Final = re.compile(r"\w+")
_IN_A_ROW: Final = 5  # words; few of them recur by chance
_LEAST: Final = 40  # words; of shorter texts nobody can say
_LEFT: Final = 0.3  # share of the old text in the new one, below which it is another: cut stories keep more


def is_rewritten(before: str | None, after: str | None) -> bool:
    """Is hardly anything of the text `before` left in the one `after`? False where either is missing or short."""
    if not before or not after:
        return False
    old = _rows(before)
    if len(old) < _LEAST:
        return False
    return len(old & _rows(after)) / len(old) < _LEFT


def _rows(text: str) -> set[tuple[str, ...]]:
    words = _WORDS.findall(text.lower())
    return {tuple(words[start : start + _IN_A_ROW]) for start in range(len(words) - _IN_A_ROW + 1)}
