"""Host names to addresses, public ones only.

This is where private networks are kept out for good: the address checked here is the one that gets connected to, so a
name that answers differently the second time (DNS rebinding), an odd spelling of 127.0.0.1 and a redirect into the
local network all end here. Everything before it only gives better reasons.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from mentions.config import Network
from mentions.crawling.address_guard import literal_address, parse_address, parse_networks, refusal
from mentions.crawling.configuration import network_of

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

MAX_REFUSALS = 10_000  # remembered for their reasons; a crawl of hostile names must not fill the memory


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's caching resolver (IPv4) behind `network.resolve` and the address guard."""

    def __init__(self, reactor: "ReactorBase", cache_size: int, timeout: float, network: Network) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.network = network
        self._allowed = parse_networks(network.allow_private)
        self._refusals: OrderedDict[str, str] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: "ReactorBase") -> Self:
        """`crawler` may be the process: only its settings are read."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), network_of(settings))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "defer.Deferred[str]":  # noqa: N802  # Twisted's name
        """The address of `name`. Fails with DNSLookupError when there is none, or none that may be reached."""
        found = self._known(name)
        lookup = defer.succeed(found) if found else super().getHostByName(name, timeout)
        return lookup.addCallback(self._checked, name)

    def reason_refused(self, name: str) -> str | None:
        """Why the last look-up of `name` was refused; None when it was not."""
        return self._refusals.get(name)

    def _known(self, name: str) -> str | None:
        """What needs no DNS: an address, or a name that network.resolve answers."""
        try:
            literal = literal_address(name)
        except ValueError:
            return None  # no resolver knows it either; let it say so
        return str(literal) if literal else override(name, self.network.resolve)

    def _checked(self, address: str, name: str) -> str:
        reason = refusal(parse_address(address), self._allowed)
        if reason is None:
            self._refusals.pop(name, None)
            return address
        if name != address:
            reason = f"{name} stands for {address}, which is not a public address"
        self._refusals[name] = reason
        if len(self._refusals) > MAX_REFUSALS:
            self._refusals.popitem(last=False)
        raise DNSLookupError(reason)


def override(name: str, resolve: Mapping[str, str]) -> str | None:
    """The address that network.resolve gives `name`: by the name itself, else its longest "*.suffix", else "*"."""
    host = name.lower().rstrip(".")
    if host in resolve:
        return resolve[host]
    labels = host.split(".")
    suffixes = ("*." + ".".join(labels[start:]) for start in range(1, len(labels)))
    key = next((suffix for suffix in (*suffixes, "*") if suffix in resolve), None)
    return resolve[key] if key else None


def installed_guard() -> GuardedResolver | None:
    """The guard that this process resolves names with; None when another resolver is installed."""
    from twisted.internet import reactor  # here, because importing it installs a reactor

    resolver = getattr(reactor, "resolver", None)
    return resolver if isinstance(resolver, GuardedResolver) else None


def ensure_installed(crawler: Crawler) -> None:
    """Puts the guard in place for `crawler`. CrawlerProcess has done so; CrawlerRunner installs no resolver at all."""
    guard = installed_guard()
    if guard is not None and guard.network == network_of(crawler.settings):
        return
    from twisted.internet import reactor

    GuardedResolver.from_crawler(crawler, reactor).install_on_reactor()
