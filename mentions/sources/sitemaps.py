"""Sitemaps (news and plain, gzip, plain text, feeds in their place, indexes) → announced pages, more sitemaps."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree

from mentions.exceptions import SourceError
from mentions.sources.anchors import dated_by_address, is_page, slug_score
from mentions.sources.announced import Announced, first_of_each, iso_time, plain_title, web_address
from mentions.sources.feeds import LOOKS_LIKE_HTML, read_feed

# The protocol's own limits (https://www.sitemaps.org/protocol.html): 50,000 addresses and 50 MB a file. We stop far
# below: a night fetches a few hundred pages a publisher, and a hostile million of entries costs 3 s and 118 MB.
MAX_URLS = 10_000
MAX_SITEMAPS = 500  # of one index
MAX_BYTES = 20_000_000  # after decompression

_TEXT_LINES = 20_000
_NO_ARTICLE = -0.6  # slug_score of lists and services


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One sitemap that an index names."""

    url: str
    modified: datetime | None = None  # aware UTC; None: the index does not say


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds: pages, or (an index) more sitemaps. `cut`: it held more than we read."""

    pages: tuple[Announced, ...] = ()
    sitemaps: tuple[SitemapEntry, ...] = ()
    cut: bool = False


def read_news_sitemap(body: bytes, url: str, content_type: str | None = None) -> Sitemap:
    """The pages of a sitemap with the title and date of Google's news extension, or the sitemaps of an index.

    Namespaces are not asked for, many files get them wrong. Never resolves entities, DTDs or network references.
    Raises SourceError with a plain reason when this is no sitemap.
    """
    body, cut = _unpacked(body)
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceError("the sitemap is empty")
    if not start.startswith(b"<") and b"\x00" not in start:
        return _read_text(body, cut=cut)
    reader = _Reader(url)
    try:
        for element in _elements(body):
            if not reader.take(element):
                break
    except etree.XMLSyntaxError as error:
        # A file cut off in the middle, or broken near its end: what stood before it is good.
        if not reader.found_anything:
            raise SourceError(f"the sitemap is not well-formed XML: {error.msg}") from error
    if reader.root in {"feed", "rss", "RDF"}:  # the protocol allows feeds in the place of sitemaps
        return Sitemap(pages=tuple(read_feed(body, url, content_type)), cut=cut)
    if reader.root.lower() == "html" or LOOKS_LIKE_HTML.search(start):
        raise SourceError("this is a web page, not a sitemap")
    if not reader.root:
        raise SourceError("this is no sitemap")
    if reader.root not in {"urlset", "sitemapindex"}:
        raise SourceError(f"this is XML, but not a sitemap: its outermost element is <{reader.root[:40]}>")
    return reader.sitemap(cut=cut)


def read_sitemap(body: bytes, url: str, content_type: str | None = None) -> Sitemap:
    """The pages of a plain sitemap that may be articles: as read_news_sitemap, but a plain sitemap names every page.

    Left out is what is surely none by its address: front pages, lists, services, files. Where an entry gives no date,
    a date in its address is one. Raises SourceError with a plain reason when this is no sitemap.
    """
    found = read_news_sitemap(body, url, content_type)
    pages = [dated_by_address(page) for page in found.pages if is_page(page.url) and slug_score(page.url) > _NO_ARTICLE]
    return replace(found, pages=tuple(pages))


class _Reader:
    """Takes finished elements one by one, keeps what they say, and stops at the limits."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._pages: list[Announced] = []
        self._sitemaps: list[SitemapEntry] = []
        self._cut = False
        self.root = ""

    @property
    def found_anything(self) -> bool:
        """Was anything useful read?"""
        return bool(self._pages or self._sitemaps)

    def take(self, element: etree._Element) -> bool:
        """False: enough was read."""
        if not self.root:
            self.root = _name(element.getroottree().getroot())
        name = _name(element)
        if name == "url":
            self._take_page(element)
        elif name == "sitemap":
            self._take_sitemap(element)
        if name in {"url", "sitemap"}:
            _forget(element)
        self._cut = len(self._pages) >= MAX_URLS or len(self._sitemaps) >= MAX_SITEMAPS
        return not self._cut and self.root in {"urlset", "sitemapindex"}

    def _take_page(self, element: etree._Element) -> None:
        said = {_name(child): child for child in element.iterchildren("{*}*")}
        address = web_address(_text(said.get("loc")), self._base_url)
        if address is None:
            return
        news = {_name(child): _text(child) for child in said["news"].iter("{*}*")} if "news" in said else {}
        self._pages.append(
            Announced(
                url=address,
                title=plain_title(news.get("title")),
                published=iso_time(news.get("publication_date")),
                modified=iso_time(_text(said.get("lastmod"))),
            )
        )

    def _take_sitemap(self, element: etree._Element) -> None:
        said = {_name(child): _text(child) for child in element.iterchildren("{*}*")}
        # Some indexes write the address straight into <sitemap>, without <loc>.
        if address := web_address(said.get("loc") or _text(element), self._base_url):
            self._sitemaps.append(SitemapEntry(address, iso_time(said.get("lastmod"))))

    def sitemap(self, *, cut: bool) -> Sitemap:
        """Everything read, each address once."""
        sitemaps = {entry.url: entry for entry in self._sitemaps}
        return Sitemap(tuple(first_of_each(self._pages, MAX_URLS)), tuple(sitemaps.values()), cut or self._cut)


def _elements(body: bytes) -> Iterator[etree._Element]:
    """Every element when it ends, outermost known from the first on; nothing outside the bytes is ever read."""
    events = etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    first = True
    for event, element in events:
        if event == "end" or first:
            first = False
            yield element


def _forget(element: etree._Element) -> None:
    """Frees what was read, so that memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _name(element: etree._Element) -> str:
    """The name without its namespace."""
    tag = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""


def _text(element: etree._Element | None) -> str | None:
    return element.text if element is not None else None


def _read_text(body: bytes, *, cut: bool) -> Sitemap:
    """One absolute address a line (https://www.sitemaps.org/protocol.html#otherformats)."""
    lines = [line for line in body.decode("utf-8-sig", errors="replace").splitlines()[:_TEXT_LINES] if line.strip()]
    pages = [Announced(address) for line in lines if "://" in line and (address := web_address(line.strip(), ""))]
    if len(pages) * 2 < len(lines) or not pages:  # prose with an address here and there is no sitemap
        raise SourceError("this is neither XML nor a list of web addresses")
    return Sitemap(pages=tuple(first_of_each(pages, MAX_URLS)), cut=cut or len(pages) > MAX_URLS)


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The bytes, gunzipped when they are gzip (by content, names and headers lie), and whether they were cut."""
    if body[:2] != b"\x1f\x8b":
        return body[:MAX_BYTES], len(body) > MAX_BYTES
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unzip.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise SourceError(f"the gzip file is damaged: {error}") from error
    return plain, bool(unzip.unconsumed_tail)
