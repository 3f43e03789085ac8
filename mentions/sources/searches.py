"""Feeds of search results (Google Alerts, Bing, Talkwalker and others): the addresses behind their wrappers."""

from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from mentions.sources.announced import MAX_TITLE, Announced, first_of_each, plain_title, web_address
from mentions.sources.feeds import MAX_ITEMS, read_feed
from mentions.urls import host_of, registrable_domain

# Parameters in which search services carry the address of a result.
_TARGETS = ("url", "q", "u", "target", "redirect")
_DEPTH = 3


def read_search(body: bytes, url: str, content_type: str | None = None) -> list[Announced]:
    """The pages a feed of search results announces, at their own addresses, titles without marks of what was searched.

    Items that lead to the search service itself are left out: "see all results", "edit this alert". Raises SourceError
    as read_feed does.
    """
    service = registrable_domain(host_of(url))
    pages = []
    for page in read_feed(body, url, content_type):
        address = unwrapped(page.url)
        if service and registrable_domain(host_of(address)) == service:
            continue
        pages.append(replace(page, url=address, title=without_marks(page.title)))
    return first_of_each(pages, MAX_ITEMS)


def unwrapped(url: str) -> str:
    """Where a result really leads: `https://www.google.com/url?rct=j&url=https://site.example/a&…` → its `url`.

    Only addresses whose path says that they redirect, so that an article that carries an address of its own stays.
    """
    for _ in range(_DEPTH):
        inner = _inner(url)
        if inner is None:
            return url
        url = inner
    return url


def _inner(url: str) -> str | None:
    parts = urlsplit(url)
    path = parts.path.rstrip("/").rpartition("/")[2].lower()
    if path.rpartition(".")[0]:
        path = path.rpartition(".")[0]  # apiclick.aspx
    if path not in {"url", "apiclick", "redirect", "redir", "click", "link", "r", "l", "out", "goto", "track"}:
        return None
    given = dict(reversed(parse_qsl(parts.query)))
    for name in _TARGETS:
        value = given.get(name, "")
        for text in (value, unquote(value)):
            if text.startswith(("http://", "https://")) and (address := web_address(text, "")):
                return address
    return None


def without_marks(title: str | None) -> str | None:
    """A title without mark-up: alerts escape it twice (`&lt;b&gt;Acme&lt;/b&gt;`)."""
    for _ in range(2):
        title = plain_title(title)
    return title[:MAX_TITLE] if title else None
