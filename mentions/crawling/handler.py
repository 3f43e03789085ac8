"""Scrapy's HTTP handler, with a bound on the headers of an answer, certificates by site, and the way to the browser.

DOWNLOAD_MAXSIZE counts the body only, and nothing in Scrapy or Twisted counts headers: a site that sends header lines
without end fills the memory at the speed of the network until the timeout (1 GB in 5 s on loopback).
The classes taken from Scrapy and Twisted here are their own private ones; test_endless_headers tells when they move.
"""

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.http import Request as ScrapyRequest
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol, Request
from twisted.web.iweb import IResponse

from mentions.crawling.certificates import CertificatesBySite
from mentions.crawling.rendering.flags import RENDER

MAX_HEADER_BYTES = 256 * 1024  # browsers stop at 256 KiB too; ordinary answers stay below 16


class BoundedHandler(HTTP11DownloadHandler):
    """Breaks off an answer whose headers do not end; verifies certificates but where a publisher is excepted."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
        self._contextFactory = CertificatesBySite(crawler)  # type: ignore[assignment]  # zope says that it is one

    async def download_request(self, request: ScrapyRequest) -> Response:
        """The answer; for a page to be rendered, what the browser made of it."""
        if request.meta.get(RENDER):
            # Here, because Playwright takes a third of a second to import, and most nights render nothing.
            from mentions.crawling.rendering.downloading import render

            return await render(request, self.crawler)
        return await super().download_request(request)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    _header_bytes = 0

    def request(self, request: Request) -> "Deferred[IResponse]":
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted has no types here, nor below
        if self._parser is None or self._parser.state not in {STATUS, HEADER}:
            return
        self._header_bytes += len(data)
        if self._header_bytes > MAX_HEADER_BYTES:
            self.abort()  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802  # Twisted's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
