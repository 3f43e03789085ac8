"""The stable keys by which the same mention, link or page is known again at the next look."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

LONGEST_KEY: Final = 2000  # bytes; PostgreSQL's b-tree takes entries up to 2,704

_SPACE: Final = re.compile(r"\s+")


def page_key(canonical: str) -> str:
    """The canonical URL itself; where it is longer than an index takes, its beginning and a hash of the whole."""
    if len(canonical.encode("utf-8", "replace")) <= LONGEST_KEY:
        return canonical
    beginning = canonical.encode("utf-8", "replace")[: LONGEST_KEY - 65].decode("utf-8", "ignore")
    return f"{beginning}#{_digest(canonical, 32)}"


def sentence_key(sentence: str) -> str:
    """A hash of the sentence without what changes between two renderings: case, width, accents' form, spaces."""
    return _digest(_SPACE.sub(" ", unicodedata.normalize("NFKC", sentence)).strip().casefold(), 16)


def link_key(address: str, anchor: str, zone: str) -> str:
    """A hash of where a link leads, what it says and where it stands."""
    return _digest("\n".join((address, _SPACE.sub(" ", anchor).strip(), zone)), 16)


def numbered(keys: Iterable[str]) -> list[tuple[str, int]]:
    """Each key with how many equal ones stood before it: a, b, a → (a, 0), (b, 0), (a, 1)."""
    seen: Counter[str] = Counter()
    result = []
    for key in keys:
        result.append((key, seen[key]))
        seen[key] += 1
    return result


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
