"""Whose certificates are not looked at: the sites a person named, and no other."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.crawler import Crawler
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from mentions.crawling.configuration import CONFIG_SETTING

if TYPE_CHECKING:
    from twisted.internet._sslverify import ClientTLSOptions


@implementer(IPolicyForHTTPS)
class CertificatesBySite:
    """Certificates are verified, but for the hosts of publishers with `untrusted_certificate`."""

    def __init__(self, crawler: Crawler) -> None:
        config = crawler.settings.get(CONFIG_SETTING)
        self._excepted = frozenset(p.domain for p in config.publishers if p.untrusted_certificate) if config else ()
        self._strict = _ScrapyClientContextFactory.from_crawler(crawler)
        self._lenient = _ScrapyClientContextFactory.from_crawler(crawler)
        self._strict._verify_certificates = True
        self._lenient._verify_certificates = False

    def creatorForNetloc(self, hostname: bytes, port: int) -> "ClientTLSOptions":  # noqa: N802  # Twisted's name
        """What Twisted makes the connection with."""
        policy = self._lenient if is_under(hostname.decode("ascii"), self._excepted) else self._strict
        return policy.creatorForNetloc(hostname, port)


def is_under(host: str, domains: Collection[str]) -> bool:
    """Is `host` one of these domains, or under one?"""
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
