"""JSON-LD as found on pages: broken, huge, nested, cyclic. Bounded reading of what it says about the article."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeGuard

MAX_SCRIPT_CHARS: Final = 500_000  # of one script; real ones stay under 100,000
MAX_SCRIPTS: Final = 40
MAX_NODES: Final = 5_000
MAX_DEPTH: Final = 12

Node = Mapping[str, object]

_COMMENTS: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$"
)
# Types that speak of the page's own article, the surest first. Products, events and breadcrumbs do not.
_ARTICLE: Final = re.compile(r"(?:Article|Posting|Report|Review|Recipe|LiveBlogUpdate|HowTo)$")
_PAGE: Final = re.compile(r"(?:Page|CreativeWork|VideoObject|PodcastEpisode)$")


def read_scripts(scripts: Iterator[str]) -> list[Node]:
    """Every object of the scripts in document order, at most MAX_NODES; scripts that are no JSON are left out."""
    nodes: list[Node] = []
    for number, script in enumerate(scripts):
        if number >= MAX_SCRIPTS or len(nodes) >= MAX_NODES:
            break
        if len(script) > MAX_SCRIPT_CHARS:
            continue
        try:
            value: object = json.loads(_COMMENTS.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue
        _collect(value, nodes)
    return nodes


def article_nodes(nodes: list[Node]) -> list[Node]:
    """The objects that describe the page's article, the most telling type first; then those that describe the page."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in types_of(node))]
    return articles + [node for node in nodes if any(_PAGE.search(kind) for kind in types_of(node))]


def types_of(node: Node) -> list[str]:
    """The values of @type."""
    return list(strings(node.get("@type")))


def strings(value: object) -> Iterator[str]:
    """The strings of a value that may be a string, a list of strings or {"@value": …}."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for item in value[:50]:
            if isinstance(item, str) and item.strip():
                yield item.strip()
    elif is_node(value):
        yield from strings(value.get("@value")) if isinstance(value.get("@value"), str) else ()


def names(value: object, by_id: Mapping[str, Node]) -> Iterator[str]:
    """The names of persons or organisations given as strings, objects, lists of them, or references by @id."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if is_node(item):
            reference = item.get("@id")
            if "name" not in item and isinstance(reference, str):
                item = by_id.get(reference, item)
            yield from strings(item.get("name"))
        else:
            yield from strings(item)


def is_node(value: object) -> TypeGuard[Node]:
    """Is it a JSON object?"""
    return isinstance(value, dict)


def _collect(root: object, nodes: list[Node]) -> None:
    """Append the objects under `root`, breadth first, so that the outer ones come before the budget ends."""
    level, depth, seen = [root], 0, 0
    while level and depth < MAX_DEPTH:
        below: list[object] = []
        for value in level:
            seen += 1
            if seen > 4 * MAX_NODES or len(nodes) >= MAX_NODES:
                return
            if is_node(value):
                nodes.append(value)
                below += [item for item in value.values() if isinstance(item, dict | list)]
            elif isinstance(value, list):
                below += [item for item in value[:MAX_NODES] if isinstance(item, dict | list)]
        level, depth = below, depth + 1
