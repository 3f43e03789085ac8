"""Feeds: RSS, RDF, Atom (through feedparser) and JSON Feed → announced pages."""

import io
import json
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser
from selectolax.lexbor import LexborHTMLParser

from mentions.exceptions import SourceError, UnparsablePage
from mentions.extraction import check_bytes
from mentions.sources.announced import Announced, first_of_each, iso_time, plain_title, web_address

MAX_ITEMS = 1_000  # a feed is a window on the newest pages; hostile ones hold 80,000 items and cost 5 s

_ITEM = re.compile(rb"<(?:[A-Za-z]{1,12}:)?(?:item|entry)[\s>]", re.IGNORECASE)
LOOKS_LIKE_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def read_feed(body: bytes, url: str, content_type: str | None = None) -> list[Announced]:
    """The pages a feed announces, in its order, each address once, MAX_ITEMS at most; items without link are left out.

    `url` is where the bytes came from: relative links are resolved against it. Raises SourceError with a plain reason
    when this is no feed at all (a web page, an empty answer, bytes that must not be parsed).
    """
    if not body.strip():
        raise SourceError("the feed is empty")
    if "json" in (content_type or "") or body.lstrip()[:1] == b"{":
        return _read_json_feed(body, url)
    try:
        check_bytes(body)
    except UnparsablePage as error:
        raise SourceError(f"the feed must not be parsed: {error}") from error
    parsed = _parse(body, url, content_type)
    if not parsed.version and not parsed.entries:
        raise SourceError(_why_no_feed(body, url))
    pages = [page for entry in parsed.entries if (page := _announced(entry, url))]
    return first_of_each(pages, MAX_ITEMS)


def _parse(body: bytes, url: str, content_type: str | None) -> Any:
    """feedparser, without its HTML cleaning (we show titles as text only) and without its habit of opening files."""
    marks = _ITEM.finditer(body)
    cut = next((mark.start() for count, mark in enumerate(marks) if count == MAX_ITEMS), len(body))
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        return feedparser.parse(
            io.BytesIO(body[:cut]), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    # feedparser leaks whatever its parsers raise on broken input (AssertionError, RecursionError, LookupError …).
    except Exception as error:
        raise SourceError(f"the feed cannot be parsed ({type(error).__name__})") from error


def _announced(entry: dict[str, Any], base_url: str) -> Announced | None:
    # FeedBurner keeps the publisher's own address beside its counting redirector.
    # A guid that is not declared a link, or is no whole address, names nothing that could be fetched.
    named = str(entry.get("id") or "") if entry.get("guidislink") is not False else ""
    identity = named if named.startswith(("http://", "https://")) else None
    links = (entry.get("feedburner_origlink"), entry.get("link"), identity)
    address = next((found for link in links if link and (found := web_address(str(link), base_url))), None)
    if address is None:
        return None
    return Announced(
        url=address,
        title=plain_title(entry.get("title")),
        # dict.get, because feedparser's own get() gives the published date as "updated" and warns about it.
        published=_moment(dict.get(entry, "published_parsed")),
        modified=_moment(dict.get(entry, "updated_parsed")),
    )


def _moment(parsed: struct_time | None) -> datetime | None:
    """feedparser's nine numbers, already UTC, as a datetime; None where they are no date."""
    if not parsed:
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, TypeError):
        return None


def _why_no_feed(body: bytes, url: str) -> str:
    if not LOOKS_LIKE_HTML.search(body[:20_000]):
        return "this is neither RSS nor Atom nor JSON Feed"
    tree = LexborHTMLParser(body)
    for link in tree.css("link[type][href]"):
        if (link.attributes.get("type") or "").strip().lower() in _FEED_TYPES and (
            address := web_address(link.attributes.get("href"), url)
        ):
            return f"this is a web page, not a feed; the page names {address} as its feed"
    return "this is a web page, not a feed"


def _read_json_feed(body: bytes, url: str) -> list[Announced]:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError("the feed is neither XML nor valid JSON") from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise SourceError("the JSON has no list of items; this is not a JSON Feed")
    pages = []
    for item in items[:MAX_ITEMS]:
        if not isinstance(item, dict) or not (address := web_address(_text(item.get("url")), url)):
            continue
        pages.append(
            Announced(
                url=address,
                title=plain_title(_text(item.get("title"))),
                published=iso_time(_text(item.get("date_published"))),
                modified=iso_time(_text(item.get("date_modified"))),
            )
        )
    return first_of_each(pages, MAX_ITEMS)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
