"""What is never asked for, whoever asks: every request passes here first, each hop of a redirect too."""

import re
from collections.abc import Collection, Iterable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler

from mentions.crawling.address_guard import Network, literal_address, parse_networks, refusal
from mentions.crawling.configuration import network_of
from mentions.crawling.refusals import AddressRefused, Refused, RequestRefused
from mentions.crawling.resolver import ensure_installed

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 2_083  # characters; what Scrapy's URLLENGTH_LIMIT drops without telling anyone
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}\Z")


class RequestGuard:
    """Downloader middleware: refuses schemes, ports, user names, addresses and proxies that we never use."""

    def __init__(self, crawler: Crawler) -> None:
        network = network_of(crawler.settings)
        self._crawler = crawler
        self._ports = frozenset(network.ports)
        self._allowed = parse_networks(network.allow_private)
        crawler.signals.connect(self._spider_opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, once a crawl."""
        return cls(crawler)

    def _spider_opened(self) -> None:
        ensure_installed(self._crawler)

    def process_request(self, request: Request) -> None:
        """Raises Refused with the reason; says nothing about a request that may go on."""
        if request.meta.get("proxy"):
            # A proxy connects in our place, so the address guard would check the proxy's address only.
            raise RequestRefused("requests through a proxy are not allowed")
        problem = refusal_of(request.url, ports=self._ports, allowed=self._allowed)
        if problem:
            raise problem


def refusal_of(url: str, *, ports: Collection[int], allowed: Iterable[Network] = ()) -> Refused | None:
    """Why `url` must not be asked for, as an exception to raise; None when it may be."""
    if len(url) > MAX_URL_LENGTH:
        return RequestRefused(f"the address is {len(url):,} characters long; we ask for at most {MAX_URL_LENGTH:,}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return RequestRefused(f"not a valid web address: {error}")
    if parts.scheme not in DEFAULT_PORTS:
        return RequestRefused(f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}")
    if "@" in parts.netloc:
        return RequestRefused("the address carries a user name")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        return RequestRefused(f"port {port} is not one of network.ports")
    return _host_refusal(host, allowed)


def _host_refusal(host: str, allowed: Iterable[Network]) -> Refused | None:
    try:
        literal = literal_address(host)
    except ValueError as error:
        return RequestRefused(f"not a valid host: {error}")
    if literal is None:
        return None if _HOST.match(host) else RequestRefused(f"not a valid host name: {host[:80]!r}")
    reason = refusal(literal, allowed)
    return AddressRefused(reason) if reason else None
