"""A person who asked to be forgotten: how they are recognised in texts, and how they are struck out. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from mentions.outreach.suppression import normal_address

INK: Final = "█"  # one for each character, so that offsets into a page's text stay right

_SHORTEST_WORD: Final = 3  # of a name, struck out alone: "de" and "Al" stand in every text


@dataclass(frozen=True)
class Person:
    """Somebody by their address, in its normal form, and the names it was published with.

    `names` are full names. `words` are what a greeting may use: the words of all names, first names alone as well.
    """

    address: str
    names: frozenset[str] = field(default_factory=frozenset)
    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, address: str, names: Iterable[str | None] = ()) -> "Person":
        """Raises ValueError in plain words where the text is not one email address.

        A single word is no full name: striking out every "Jane" would hurt other people's texts.
        """
        known = {" ".join(name.split()) for name in names if name}
        words = {word for name in known for word in name.split() if len(word) >= _SHORTEST_WORD}
        return cls(normal_address(address), frozenset(name for name in known if " " in name), frozenset(words))

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Pieces of which a text that names this person holds at least one, whatever its case; for a first search."""
        local, _, domain = self.address.partition("@")
        hosts = dict.fromkeys((domain, _readable(domain)))
        tagged = tuple(f"{local}+" for _ in hosts) if hosts else ()
        addresses = (f"{local}{at}{host}" for host in hosts for at in ("@", "%40"))
        return tuple(dict.fromkeys((*addresses, *tagged, *sorted(self.names))))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Pieces of which a text that names this person holds at least one, for a first search in a database.

        No piece holds a space, as a name may be broken by a line or a no-break space; and what a piece is found by does
        not hang on a database's knowing the capitals of other letters than those of ASCII.
        """
        local = self.address.partition("@")[0]
        in_names = (piece for name in sorted(self.names) for piece in _pieces(name))
        return tuple(dict.fromkeys((f"{local}@", f"{local}%40", f"{local}+", *in_names)))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The address in any spelling, tagged or percent-encoded, and the full names."""
        local, _, domain = self.address.partition("@")
        hosts = "|".join(re.escape(host) for host in dict.fromkeys((domain, _readable(domain))))
        address = rf"(?<![\w.+-]){re.escape(local)}(?:\+[\w.+-]*)?(?:@|%40)(?:{hosts})(?![\w-]|\.\w)"
        return re.compile("|".join((address, *(_name(name) for name in sorted(self.names)))), re.IGNORECASE)

    @cached_property
    def pattern_in_letters(self) -> re.Pattern[str]:
        """The same, and every word of the names: for emails written to this person ("Dear Jane,")."""
        return re.compile("|".join((self.pattern.pattern, *map(_name, sorted(self.words)))), re.IGNORECASE)

    def is_in(self, value: Any) -> bool:
        """Does a text, or a text inside a JSON value, name this person?"""
        return any(self.pattern.search(text) for text in _texts(value))


def struck_out(value: Any, pattern: re.Pattern[str]) -> Any:
    """The text or JSON value with everything the pattern finds blacked out, each text as long as it was."""
    if isinstance(value, str):
        return pattern.sub(lambda found: INK * len(found[0]), value)
    if isinstance(value, dict):
        return {struck_out(key, pattern): struck_out(item, pattern) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [struck_out(item, pattern) for item in value]
    return value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _pieces(name: str) -> tuple[str, ...]:
    """The longest run of ASCII letters; of a name that has none ("Zoë Ö"), a word in every case it is written in."""
    runs = re.findall(rf"[A-Za-z]{{{_SHORTEST_WORD},}}", name)
    if runs:
        return (max(runs, key=len),)
    word = max(name.split(), key=len)
    return (word, word.lower(), word.upper(), word.capitalize())


def _name(name: str) -> str:
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"\b{words}\b"


def _readable(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
