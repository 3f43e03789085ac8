"""What a page's structured data says of its authors and editors: how to reach them, and where more stands."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

from mentions.extraction import jsonld
from mentions.extraction.article import Person

_MOST_NODES: Final = 20  # objects that describe the article; real pages have one or two
_MOST_PEOPLE: Final = 10
_MOST_PAGES: Final = 5  # of one person: the own page, and profiles elsewhere
_EDITORIAL: Final = {"masthead": "masthead", "correctionsPolicy": "corrections"}


def people_of(own: Iterable[jsonld.Node], by_id: Mapping[str, jsonld.Node], url: str) -> tuple[Person, ...]:
    """The authors of the article that have a name, with their published addresses (unchecked) and pages (absolute)."""
    found: dict[str, Person] = {}
    for node in list(own)[:_MOST_NODES]:
        for person in _objects(node.get("author") or node.get("creator"), by_id):
            name = next(jsonld.strings(person.get("name")), None)
            if name and "Organization" not in jsonld.types_of(person):
                found.setdefault(name, Person(name, _email(person), tuple(_pages(person, url))))
            if len(found) >= _MOST_PEOPLE:
                return tuple(found.values())
    return tuple(found.values())


def editorial_pages(nodes: Iterable[jsonld.Node], url: str) -> tuple[tuple[str, str], ...]:
    """The pages that the publisher names as its masthead and for corrections: ("masthead" or "corrections", URL)."""
    pages: dict[str, str] = {}
    for node in nodes:
        for key, kind in _EDITORIAL.items():
            address = next(jsonld.strings(node.get(key)), None)
            if address and kind not in pages and (page := _absolute(address, url)):
                pages[kind] = page
    return tuple(pages.items())


def _objects(value: object, by_id: Mapping[str, jsonld.Node]) -> Iterator[jsonld.Node]:
    for item in value[:_MOST_PEOPLE] if isinstance(value, list) else [value]:
        if jsonld.is_node(item):
            reference = item.get("@id")
            known = by_id.get(reference) if isinstance(reference, str) and "name" not in item else None
            yield known or item


def _email(person: jsonld.Node) -> str | None:
    email = next(jsonld.strings(person.get("email")), None)
    return email.removeprefix("mailto:").strip() if email else None


def _pages(person: jsonld.Node, url: str) -> Iterator[str]:
    addresses = [*jsonld.strings(person.get("url")), *jsonld.strings(person.get("sameAs"))]
    for address in addresses[:_MOST_PAGES]:
        if page := _absolute(address, url):
            yield page


def _absolute(address: str, url: str) -> str | None:
    try:
        page = urljoin(url, address)
    except ValueError:
        return None
    return page if page.startswith(("http://", "https://")) else None
