"""What kind of source some bytes are, by looking at them: names and content types lie."""

import re
import zlib

from mentions.exceptions import SourceError
from mentions.publishers import SourceKind
from mentions.sources.feeds import LOOKS_LIKE_HTML, read_feed
from mentions.sources.searches import unwrapped

_HEAD = 4_000  # bytes that tell
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(urlset|sitemapindex|rss|feed|RDF)[\s>]")
_NEWS = re.compile(
    rb"<(?:[A-Za-z][\w.-]*:)?publication_date|sitemap-news/0\.9|<loc>[^<]*news[^<]*</loc>", re.IGNORECASE
)


def recognise(body: bytes, url: str = "", content_type: str | None = None) -> SourceKind:
    """The kind of source these bytes are. HTML is taken for a listing, everything nobody knows for a list."""
    head = _unpacked(body)
    if head.startswith(b"WARC/"):
        return SourceKind.ARCHIVE
    if head.startswith(b"PK\x03\x04") or head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return SourceKind.LIST
    start = head[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return SourceKind.GDELT if b'"articles"' in start and b'"seendate"' in start else SourceKind.FEED
    root = _ROOT.search(start)
    if root and not LOOKS_LIKE_HTML.search(start[: root.start()]):
        if root[1] in {b"urlset", b"sitemapindex"}:
            return SourceKind.NEWS_SITEMAP if _NEWS.search(head) else SourceKind.SITEMAP
        return SourceKind.SEARCH if _is_search(body, url, content_type) else SourceKind.FEED
    if LOOKS_LIKE_HTML.search(start) or start[:1] == b"<":
        return SourceKind.LISTING
    return SourceKind.LIST


def _unpacked(body: bytes) -> bytes:
    """The beginning, gunzipped where it is gzip."""
    if body[:2] != b"\x1f\x8b":
        return body[:100_000]
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, 100_000)
    except zlib.error:
        return body[:100]


def _is_search(body: bytes, url: str, content_type: str | None) -> bool:
    """Do most items lead through a wrapper? So do alerts and search feeds, and no publisher's own feed."""
    try:
        pages = read_feed(body, url, content_type)
    except SourceError:
        return False
    wrapped = sum(unwrapped(page.url) != page.url for page in pages)
    return wrapped * 2 > len(pages)
