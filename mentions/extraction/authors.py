"""Names of authors as pages give them, cleaned: one person a name, no "By", no address, no organisation of the site."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

_MAX_NAME_CHARS: Final = 80
_MAX_AUTHORS: Final = 10
_BY: Final = re.compile(
    r"^\s*(?:(?:written|posted|words|story|text|created|reviewed|medically reviewed|article|published)\s+)*"
    r"(?:by|von|par|por|di|door|av|autor(?:in)?|author|auteur|文|作者|著者|記者|记者)\b\s*:?\s*|^(?:author|autor|作者|文)\s*[:：/]\s*",
    re.IGNORECASE,
)
_SEPARATORS: Final = re.compile(
    r"\s*(?:;|\||•|·|\n|/|\s+(?:and|und|et|y|&)\s+|、)\s*|,\s+(?=[A-ZÀ-Þ][\w’'.-]+\s+[A-ZÀ-Þ])"
)
_NOT_A_NAME: Final = re.compile(
    r"https?:|www\.|@|\.com\b|^\d|^(?:admin|administrator|editor|staff|author|autor|redaktion|none|null|guest|unknown|"
    r"anonymous|webmaster|root|user|contributor|by|follow|share|published|updated|more|posts?|view|about)\b\s*$",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?:|www\.|\w@\w")
_AFTER_NAME: Final = re.compile(
    r"\s*(?:\b(?:published|updated|posted|on|last|modified|follow|email|contact|view|read)\b|\d{1,2}[./]|\b(?:19|20)\d\d\b).*$",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_name(value: str) -> bool:
    """Could this text of an element or meta tag be the name of an author, or a line of a few names?"""
    words = value.split()
    return 0 < len(words) <= 16 and len(value) <= 2 * _MAX_NAME_CHARS


def clean_authors(values: Iterable[str], not_authors: set[str | None]) -> tuple[str, ...]:
    """The names in `values` in their order, each once; the site's own name and the page's title are no authors."""
    refused = {value.casefold() for value in not_authors if value}
    authors: dict[str, str] = {}
    for value in values:
        if _ADDRESS.search(value):
            continue
        for part in _SEPARATORS.split(_BY.sub("", unescape(value).strip())):
            name = " ".join(_AFTER_NAME.sub("", _BY.sub("", part or "")).split()).strip(" ,.-–—:：／|")
            if not name or len(name) > _MAX_NAME_CHARS or len(name.split()) > 6 or _NOT_A_NAME.search(name):
                continue
            if name.casefold() not in refused:
                authors.setdefault(name.casefold(), name)
    return tuple(authors.values())[:_MAX_AUTHORS]
