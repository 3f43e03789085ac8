"""Host names to addresses, IPv4 and IPv6, public ones only.

This is where private networks are kept out for good: the addresses checked here are the ones that get connected to, so
a name that answers differently the second time (DNS rebinding), an odd spelling of 127.0.0.1 and a redirect into the
local network all end here. Everything before it only gives better reasons.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from socket import AF_UNSPEC, SOCK_STREAM, getaddrinfo
from typing import TYPE_CHECKING, Any, Protocol, Self

from scrapy.crawler import Crawler
from twisted.internet import address as twisted_address
from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from twisted.internet.threads import deferToThreadPool
from zope.interface import implementer

from mentions.config import Network
from mentions.crawling.address_guard import Address, literal_address, parse_address, parse_networks, refusal
from mentions.crawling.configuration import network_of

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase
    from twisted.python.failure import Failure

MAX_REFUSALS = 10_000  # remembered for their reasons; a crawl of hostile names must not fill the memory
MAX_ADDRESSES = 16  # of one name; a name server may list thousands


class _Receiver(Protocol):
    """Who asked: Twisted's IResolutionReceiver, in a form that a type checker understands."""

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: N802  # Twisted's names
    def addressResolved(self, address: object) -> None: ...  # noqa: N802
    def resolutionComplete(self) -> None: ...  # noqa: N802


@implementer(IHostResolution)
class _Resolution:
    """A look-up under way, as Twisted names it. Nobody can call it off; DNS_TIMEOUT ends it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        raise NotImplementedError


@implementer(IHostnameResolver)
class GuardedResolver:
    """Name servers behind a cache, `network.resolve` and the address guard."""

    def __init__(self, reactor: "ReactorBase", network: Network, *, cache_size: int, timeout_s: float) -> None:
        self.network = network
        self._reactor, self._cache_size, self._timeout_s = reactor, cache_size, timeout_s
        self._allowed = parse_networks(network.allow_private)
        self._cache: OrderedDict[str, tuple[Address, ...]] = OrderedDict()
        self._refusals: OrderedDict[str, str] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: "ReactorBase") -> Self:
        """`crawler` may be the process: only its settings are read."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, network_of(settings), cache_size=cache_size, timeout_s=settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """From now on every name that this process connects to passes here."""
        self._reactor.installNameResolver(self)  # type: ignore[arg-type]  # zope says that it is one

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: _Receiver,  # noqa: N803  # likewise
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> _Resolution:
        """Tells the receiver the addresses of `hostName` that may be reached, IPv4 first; none where there is none."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        name = in_ascii(hostName)

        def tell(addresses: Sequence[Address]) -> None:
            for found in self._checked(name, addresses):
                place = _place(found, portNumber)
                if addressTypes is None or isinstance(place, tuple(addressTypes)):
                    resolutionReceiver.addressResolved(place)
            resolutionReceiver.resolutionComplete()

        self._addresses(name).addCallback(tell)
        return resolution

    def getHostByName(self, name: str) -> "defer.Deferred[str]":  # noqa: N802  # as Twisted's simple resolvers have it
        """The first address of `name` that may be reached. Fails with DNSLookupError where there is none."""
        plain = in_ascii(name)

        def first(addresses: Sequence[Address]) -> str:
            reachable = self._checked(plain, addresses)
            if not reachable:
                raise DNSLookupError(self._refusals.get(plain, f"there is no host {plain}"))
            return str(reachable[0])

        return self._addresses(plain).addCallback(first)

    def reason_refused(self, name: str) -> str | None:
        """Why the last look-up of `name` was refused; None when it was not."""
        return self._refusals.get(name)

    def _addresses(self, name: str) -> "defer.Deferred[Sequence[Address]]":
        known = self._known(name)
        if known:
            return defer.succeed(known)
        answer = look_up(self._reactor, name)
        clock: Any = self._reactor  # every reactor is one; Twisted's types do not say so
        answer.addTimeout(self._timeout_s, clock)
        answer.addErrback(_nowhere)
        return answer.addCallback(self._remembered, name)

    def _known(self, name: str) -> Sequence[Address]:
        """What needs no name server: an address, a name that network.resolve answers, or one asked before."""
        try:
            literal = literal_address(name)
        except ValueError:
            return ()  # no name server knows it either; let it say so
        if literal:
            return (literal,)
        given = override(name, self.network.resolve)
        return (parse_address(given),) if given else self._cache.get(name, ())

    def _remembered(self, addresses: Sequence[Address], name: str) -> Sequence[Address]:
        if addresses and self._cache_size:
            self._cache[name] = tuple(addresses)
            if len(self._cache) > self._cache_size:
                self._cache.popitem(last=False)
        return addresses

    def _checked(self, name: str, addresses: Sequence[Address]) -> list[Address]:
        """Those that may be connected to, IPv4 first: more networks reach it. Remembers why where there is none."""
        reasons = {found: refusal(found, self._allowed) for found in addresses}
        reachable = [found for found, reason in reasons.items() if reason is None]
        if reachable or not reasons:
            self._refusals.pop(name, None)
            return sorted(reachable, key=lambda found: found.version)[:MAX_ADDRESSES]
        first, reason = next(iter(reasons.items()))
        spelt_out = f"{name} stands for {first}, which is not a public address"
        self._refusals[name] = str(reason) if name == str(first) else spelt_out
        if len(self._refusals) > MAX_REFUSALS:
            self._refusals.popitem(last=False)
        return []


def look_up(reactor: "ReactorBase", name: str) -> "defer.Deferred[Sequence[Address]]":
    """The addresses that the name servers give `name`, in a thread; fails with OSError."""
    clock: Any = reactor  # every reactor with threads is one; Twisted's types do not say so
    return deferToThreadPool(clock, clock.getThreadPool(), _getaddrinfo, name)


def _getaddrinfo(name: str) -> Sequence[Address]:
    found = getaddrinfo(name, None, AF_UNSPEC, SOCK_STREAM)
    return tuple(dict.fromkeys(parse_address(str(place[0])) for *_, place in found))


def _nowhere(failure: "Failure") -> Sequence[Address]:
    """A name that nobody knows, or not in time, has no addresses; Twisted reports it as such."""
    failure.trap(OSError, ValueError, defer.TimeoutError)  # type: ignore[no-untyped-call]  # Twisted's
    return ()


def _place(found: Address, port: int) -> object:
    kind = twisted_address.IPv4Address if found.version == 4 else twisted_address.IPv6Address
    return kind("TCP", str(found), port)


def in_ascii(host: str) -> str:
    """The name as it stands in addresses: lower case, IDN in punycode. Twisted hands over its Unicode form."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


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

    resolver = getattr(reactor, "nameResolver", None)
    return resolver if isinstance(resolver, GuardedResolver) else None


def ensure_installed(crawler: Crawler) -> None:
    """Puts the guard in place for `crawler`. CrawlerProcess has done so; CrawlerRunner installs no resolver at all."""
    guard = installed_guard()
    if guard is not None and guard.network == network_of(crawler.settings):
        return
    from twisted.internet import reactor

    GuardedResolver.from_crawler(crawler, reactor).install_on_reactor()
