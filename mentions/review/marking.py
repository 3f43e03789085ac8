"""A sentence with the name marked in it, and the language to read it in."""

import re
from dataclasses import dataclass
from typing import Final

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in three parts; `name` is empty where the name does not stand in it."""

    before: str
    name: str
    after: str


def marked(text: str | None, name: str | None) -> Marked:
    """The text with the first place marked where the name stands as a whole word, else anywhere, in any case."""
    if not text or not name:
        return Marked(text or "", "", "")
    pattern = re.escape(name)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) or re.search(pattern, text, re.IGNORECASE)
    if found is None:
        return Marked(text, "", "")
    return Marked(text[: found.start()], found[0], text[found.end() :])


def spoken(language: str | None) -> str | None:
    """The language for a `lang` attribute; None: not known, or a page wrote something that is no language."""
    plain = (language or "").strip().replace("_", "-").lower()
    return plain if _LANGUAGE.fullmatch(plain) else None
