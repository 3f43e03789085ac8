"""A danger of the web, or a good site: what it serves, and what must come of each of its pages."""

from dataclasses import dataclass, field

from tests.crawling.newsweb import feed
from tests.hostile_web import Route

GOOD = "good"  # the id of the cases that nothing is wrong with
TRAP_HOST = "inside.example"  # a name that stands for the trap's address
TRAP_ADDRESS = "127.0.0.2"
TIMEOUT_S = 20.0  # of the configuration these cases are crawled with; a busy machine needs some for good pages, too
MAX_BODY_BYTES = 5_000_000
CRAWL_BUDGET = 60  # pages of the site that is a trap

Truth = tuple[str, str | None]  # page state, verdict of the finding; no verdict: the page gave no finding

LIVE_UNLINKED: Truth = ("live", "unlinked")
LIVE_LINKED: Truth = ("live", "linked")
LIVE_NAMELESS: Truth = ("live", None)


@dataclass(frozen=True, slots=True)
class Ports:
    """Where things listen."""

    web: int
    tls: int
    trap: int  # on TRAP_ADDRESS
    other: int  # on 127.0.0.1, and no port of `network.ports`


@dataclass(frozen=True, slots=True)
class Case:
    """One danger, and the publisher it comes from. `announced`: what its feed names, as written there."""

    id: str
    name: str  # the first label of its host, too
    routes: dict[str, Route] = field(default_factory=dict)  # by "host/path"
    announced: tuple[str, ...] = ()  # paths of its own host, or whole addresses
    truth: dict[str, Truth] = field(default_factory=dict)  # by the address as announced
    forbidden: frozenset[str] = frozenset()  # paths of its host that must never be asked for
    declaration: str = ""  # more lines of the publisher's table; {port} is the web's
    tls: bool = False

    @property
    def host(self) -> str:
        """The case's own host name."""
        return f"{self.name}.example"

    def url(self, path: str, ports: Ports) -> str:
        """An address as its feed names it."""
        if "://" in path:
            return path.format(web=ports.web, trap=ports.trap, other=ports.other, tls=ports.tls)
        return f"{'https' if self.tls else 'http'}://{self.host}:{ports.tls if self.tls else ports.web}{path}"

    def routes_with_feed(self, ports: Ports) -> dict[str, Route]:
        """Everything it serves. The feed lies on a host of its own, which answers whatever the case's host does."""
        addresses = [self.url(path, ports) for path in self.announced]
        return {**self.routes, f"{self.name}.feeds.example/feed.xml": feed(map(_escaped, addresses))}


def _escaped(url: str) -> str:
    return url.replace("&", "&amp;")
