"""What a crawl brings in, without people who asked to be left alone: they are known again only by their hashes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from mentions.assessments import Assessment
from mentions.findings import Finding
from mentions.outreach.erasing import struck_out
from mentions.outreach.names import person_name, without_by
from mentions.outreach.suppression import SuppressionKind, hashed
from mentions.redaction import ADDRESS
from mentions.store import suppression
from mentions.store.key import AddressKey
from mentions.store.records import PageOutcome

_BETWEEN_PEOPLE: Final = re.compile(r"\s*(?:[,;&|/+]|\b(?:and|und|et|y|e|with|mit|avec|con)\b)\s*", re.IGNORECASE)


def shielded(connection: Connection, key: AddressKey, looks: Sequence[PageOutcome]) -> Sequence[PageOutcome]:
    """The same looks: suppressed addresses are struck out of texts and contacts, names of erased people emptied.

    Names inside an article's sentences stay: they are what the publisher printed, and a hash finds no name in a text.
    """
    secret = suppression.key_in_use(connection, key)
    if secret is None:
        return looks
    addresses = _hashed({a for look in looks for text in _texts(look) for a in _addresses(text)}, secret)
    listed = suppression.hashes_on_list(connection, SuppressionKind.ADDRESS, addresses.values())
    names = suppression.erased_names(connection, key, {name for look in looks for name in _names(look)})
    shield = _Shield([address for address, value in addresses.items() if value in listed], names)
    return [shield.look(look) for look in looks] if listed or names else looks


class _Shield:
    def __init__(self, addresses: Sequence[str], names: set[str]) -> None:
        self._names = names
        # The longest first: one may end with another.
        pieces = sorted(map(re.escape, addresses), key=len, reverse=True)
        self._pattern = re.compile("|".join(pieces) or r"(?!)")

    def look(self, look: PageOutcome) -> PageOutcome:
        return replace(
            look,
            author=None if self._names.intersection(_people(look.author)) else look.author,
            title=struck_out(look.title, self._pattern),
            text=struck_out(look.text, self._pattern),
            findings=tuple((self._finding(finding), self._assessment(said)) for finding, said in look.findings),
        )

    def _finding(self, finding: Finding) -> Finding:
        mentions = tuple(
            replace(
                judged,
                mention=replace(judged.mention, sentence=struck_out(judged.mention.sentence, self._pattern)),
            )
            for judged in finding.mentions
        )
        return replace(finding, mentions=mentions)

    def _assessment(self, said: Assessment) -> Assessment:
        contact = said.contact
        if contact is None or not (self._pattern.fullmatch(contact.address) or contact.name in self._names):
            return said
        return replace(said, contact=None)


def _texts(look: PageOutcome) -> Iterable[str]:
    yield look.title or ""
    yield look.text or ""
    for finding, said in look.findings:
        yield said.contact.address if said.contact else ""
        yield from (judged.mention.sentence for judged in finding.mentions)


def _addresses(text: str) -> Iterable[str]:
    """Every address in a text, and without a quote or an ellipsis that stands right before it."""
    for found in ADDRESS.findall(text) if "@" in text else ():
        yield found
        yield found.lstrip("'.%-")


def _names(look: PageOutcome) -> Iterable[str]:
    yield from _people(look.author)
    yield from (said.contact.name for _, said in look.findings if said.contact and said.contact.name)


def _people(author: str | None) -> Iterable[str]:
    """Whom an author's line may name: "By Jane Doe, Senior Reporter", "Jane Doe and Bob Roe"."""
    if author:
        line = without_by(author)
        yield from (author, line, person_name(line) or line, *_BETWEEN_PEOPLE.split(line))


def _hashed(addresses: Iterable[str], secret: bytes) -> dict[str, str]:
    found = {}
    for address in addresses:
        try:
            found[address] = hashed(address, secret)
        except ValueError:  # it only looks like one
            continue
    return found
