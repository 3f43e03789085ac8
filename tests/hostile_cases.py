"""The hostile web: every F case of the crawl at once, beside good sites that must come through complete.

Each case says what it serves, and for each of its pages what must come of it. One `Web` serves them all on loopback,
told apart by host name; private addresses that must never be touched are `Trap`s, which count who connects to them.
All of it is made up here.
"""

import gzip
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import brotli  # type: ignore[import-untyped]  # has no stubs
from backports import zstd

from tests.crawling.newsweb import LINKED, NAMELESS, UNLINKED, feed, story
from tests.hostile_web import Answer, Asked, Route, redirect, text

GOOD = "good"  # the id of the cases that nothing is wrong with
TRAP_HOST = "inside.example"  # a name that stands for the trap's address
TRAP_ADDRESS = "127.0.0.2"
TIMEOUT_S = 12.0  # of the configuration these cases are crawled with; a busy machine needs some for good pages, too
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


# --- robots.txt -------------------------------------------------------------------------------------------------------


def robots_race() -> Case:
    """F-01: many requests wait for one slow robots.txt."""

    def slow(_: Asked) -> Answer:
        time.sleep(0.3)  # in the server's own thread
        return text("User-agent: *\nDisallow: /private/\n")

    private, open_ = [f"/private/{n}" for n in range(30)], ["/open/1", "/open/2"]
    routes: dict[str, Route] = {"race.example/robots.txt": slow}
    routes |= {f"race.example{path}": story(UNLINKED) for path in (*private, *open_)}
    truth: dict[str, Truth] = dict.fromkeys(private, ("robots_denied", None))
    truth |= dict.fromkeys(open_, LIVE_UNLINKED)
    return Case("F-01", "race", routes, (*private, *open_), truth, frozenset(private))


def _robots_case(name: str, answer: Route, expected: Truth, path: str = "/page") -> Case:
    host = f"{name}.example"
    routes: dict[str, Route] = {f"{host}/robots.txt": answer, f"{host}{path}": story(UNLINKED)}
    forbidden = frozenset() if expected[0] == "live" else frozenset([path])
    return Case("F-02", name, routes, (path,), {path: expected}, forbidden)


def robots_answers() -> list[Case]:
    """F-02: what an answer that is no robots.txt means, and the first 512 KiB of one that is too long."""

    def hanging(_: Asked) -> Answer:
        return Answer(chunks=_drip(b"#", TIMEOUT_S + 3), content_type="text/plain")

    deny = "User-agent: *\nDisallow: /\n"
    long = "User-agent: *\nDisallow: /page\n" + "# filler\n" * 120_000 + "Allow: /page\nDisallow: /late\n"
    cases = [
        _robots_case("robots503", Answer(b"", 503, (("Retry-After", "1"),)), ("error", None)),
        _robots_case("robotshang", hanging, ("error", None)),
        _robots_case("robotscut", Answer(b"", headers=(("Content-Length", "99"),), chunks=[b"User-"]), ("error", None)),
        _robots_case("robotslong", text(long), ("robots_denied", None)),
        _robots_case("robotslate", text(long), LIVE_UNLINKED, "/late"),
        _robots_case("robotshtml", Answer(b"<!doctype html><title>Welcome</title>"), LIVE_UNLINKED),
        _robots_case("robots404", text(deny, 404), LIVE_UNLINKED),
        _robots_case("robotsmoved", redirect("/rules"), ("robots_denied", None)),
    ]
    cases[-1].routes["robotsmoved.example/rules"] = text(deny)
    return cases


def opted_out() -> Case:
    """F-02: pages that ask our robot by its name to leave them out, and one that asks another robot."""
    host = "optout.example"
    routes: dict[str, Route] = {
        f"{host}/by-meta": _with_head('<meta name="MentionsBot" content="noindex">'),
        f"{host}/by-header": Answer(story(UNLINKED).body, headers=(("X-Robots-Tag", "mentionsbot: none"),)),
        f"{host}/another": _with_head('<meta name="OtherBot" content="noindex">'),
    }
    truth: dict[str, Truth] = {
        "/by-meta": ("robots_denied", None),
        "/by-header": ("robots_denied", None),
        "/another": LIVE_UNLINKED,
    }
    return Case("F-02", "optout", routes, tuple(truth), truth)


def _with_head(markup: str) -> Answer:
    return Answer(story(UNLINKED).body.replace(b"</head>", markup.encode() + b"</head>"))


# --- addresses --------------------------------------------------------------------------------------------------------

# All of them lead to TRAP_ADDRESS, or would on some machine. The trap listens there.
DIRECT = (
    "http://127.0.0.2:{trap}/direct",
    "http://2130706434:{trap}/number",
    "http://127.2:{trap}/short",
    "http://0x7f000002:{trap}/hexadecimal",
    "http://0177.0.0.02:{trap}/octal",
    "http://0.0.0.0:{trap}/any",
    "http://①②⑦.⓪.⓪.②:{trap}/circled",
    "http://[::1]:{trap}/six",
    "http://[::ffff:127.0.0.2]:{trap}/mapped",
    "http://[64:ff9b::7f00:2]:{trap}/nat64",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://192.0.0.192/opc/v2/",
    "http://168.63.129.16/machine",
    "http://inside.example:{trap}/by-name",
)


def private_addresses() -> Case:
    """F-03, F-04: into the local network by address, by name, by redirect and by refresh."""
    host = "ssrf.example"
    routes: dict[str, Route] = {
        f"{host}/redirect": lambda asked: redirect(f"http://{TRAP_ADDRESS}:{_trap_port(asked)}/redirected"),
        f"{host}/twice": redirect("/redirect"),
        f"{host}/refresh": lambda asked: Answer(
            f'<meta http-equiv="refresh" content="0; url=http://{TRAP_HOST}:{_trap_port(asked)}/refreshed">'.encode()
        ),
        f"{host}/safe": story(UNLINKED),
    }
    paths = ("/redirect", "/twice", "/refresh")
    truth: dict[str, Truth] = dict.fromkeys(paths, ("error", None))
    return Case("F-03", "ssrf", routes, (*DIRECT, *paths, "/safe"), {**truth, "/safe": LIVE_UNLINKED})


_TRAP_PORT: list[int] = []


def _trap_port(_: Asked) -> int:
    return _TRAP_PORT[-1]


def odd_addresses() -> Case:
    """F-05: other ports, other schemes, user names."""
    announced = (
        "http://oddports.example:22/",
        "http://oddports.example:25/",
        "http://oddports.example:6379/",
        "http://oddports.example:{other}/unlisted",
        "ftp://oddports.example/x",
        "file:///etc/passwd",
        "gopher://oddports.example:70/x",
        "http://user:secret@oddports.example:{web}/user",
        "/safe",
    )
    routes: dict[str, Route] = {"oddports.example/safe": story(UNLINKED), "oddports.example/user": story(UNLINKED)}
    return Case("F-05", "oddports", routes, announced, {"/safe": LIVE_UNLINKED}, frozenset(["/user"]))


# --- bodies -----------------------------------------------------------------------------------------------------------

_PIECE = bytes(1 << 20)
_PIECES = 320  # MiB unpacked: more than the process may ever hold


@cache
def bombs() -> dict[str, tuple[bytes, str]]:
    """Path → (body, Content-Encoding)."""
    packer = zlib.compressobj(1, wbits=31)
    small = b"".join(packer.compress(_PIECE) for _ in range(_PIECES)) + packer.flush()
    brotlied = brotli.Compressor(quality=1)
    thin = b"".join([*(brotlied.process(_PIECE) for _ in range(_PIECES)), brotlied.finish()])
    zstds = zstd.ZstdCompressor(level=1)
    thinner = b"".join(zstds.compress(_PIECE) for _ in range(_PIECES)) + zstds.flush()
    return {
        "/gzip": (small, "gzip"),
        "/br": (thin, "br"),
        "/zstd": (thinner, "zstd"),
        "/twice": (gzip.compress(small), "gzip, gzip"),
    }


def hostile_bodies() -> Case:
    """F-06: bombs, and bodies without end."""
    host = "bombs.example"
    routes: dict[str, Route] = {
        f"{host}{path}": Answer(body, headers=(("Content-Encoding", how),)) for path, (body, how) in bombs().items()
    }
    routes[f"{host}/endless"] = lambda _: Answer(chunks=_endless())
    routes[f"{host}/drip"] = lambda _: Answer(chunks=_drip(b"<p>x", TIMEOUT_S + 3))
    routes[f"{host}/safe"] = story(UNLINKED)
    truth: dict[str, Truth] = dict.fromkeys((*bombs(), "/endless"), ("unparsable", None))
    truth |= {"/drip": ("error", None), "/safe": LIVE_UNLINKED}
    return Case("F-06", "bombs", routes, tuple(truth), truth)


def _endless() -> Iterator[bytes]:
    for _ in range(20_000):
        yield b"<p>Acme Robotics</p>" * 3_000


def _drip(piece: bytes, seconds: float) -> Iterator[bytes]:
    for _ in range(int(seconds / 0.2)):
        time.sleep(0.2)  # in the server's own thread
        yield piece


@cache
def parser_bombs() -> dict[str, bytes]:
    """Path → a page that names us and ties up a parser."""
    named = b"<!doctype html><title>Cranes</title><p>Machines from Acme Robotics.</p>"
    return {
        "/attributes": named + b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">",
        "/nested": named + b"<div>" * 200_000,
        "/tables": named + b"<table>" * 50_000,
        "/anchors": named + b"<a " * 1_600_000,
        "/angles": named + b"<" * 4_900_000,
    }


def parser_traps() -> Case:
    """F-07: pages made for the parser."""
    host = "parsers.example"
    routes: dict[str, Route] = {f"{host}{path}": Answer(body) for path, body in parser_bombs().items()}
    routes[f"{host}/safe"] = story(UNLINKED)
    truth: dict[str, Truth] = dict.fromkeys(parser_bombs(), ("unparsable", "unknown"))  # they name us
    return Case("F-07", "parsers", routes, (*truth, "/safe"), {**truth, "/safe": LIVE_UNLINKED})


def hostile_sources() -> Case:
    """F-08: feeds and sitemaps made for the parser. The pages announced by the honest feed come through."""
    host = "sources.example"
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">' + laughs + b"]><rss><channel><item><title>&l11;"
    xxe = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://%s:%d/xxe">]><rss><channel><item>&x;</item>'
    old = b"<lastmod>2001-01-01</lastmod>"  # older than any publisher's max_age_days: none of them is asked for
    many = b"<urlset>" + b"".join(b"<url><loc>http://x.example/%d</loc>%b</url>" % (n, old) for n in range(75_000))
    index = "<sitemapindex><sitemap><loc>/{}.xml</loc></sitemap></sitemapindex>"

    def external(asked: Asked) -> Answer:
        body = xxe % (TRAP_ADDRESS.encode(), _trap_port(asked))
        return Answer(body + b"</channel></rss>", content_type="application/rss+xml")

    routes: dict[str, Route] = {
        f"{host}/laughs.xml": Answer(bomb + b"</title></item></channel></rss>", content_type="application/rss+xml"),
        f"{host}/external.xml": external,
        f"{host}/ring.xml": Answer(index.format("gnir").encode(), content_type="application/xml"),
        f"{host}/gnir.xml": Answer(index.format("ring").encode(), content_type="application/xml"),
        f"{host}/many.xml": Answer(many + b"</urlset>", content_type="application/xml"),
        f"{host}/safe": story(UNLINKED),
    }
    more = (
        f'feeds = ["http://sources.feeds.example:{{port}}/feed.xml", "http://{host}:{{port}}/laughs.xml", '
        f'"http://{host}:{{port}}/external.xml"]\n'
        f'news_sitemaps = ["http://{host}:{{port}}/ring.xml", "http://{host}:{{port}}/many.xml"]'
    )
    return Case("F-08", "sources", routes, ("/safe",), {"/safe": LIVE_UNLINKED}, declaration=more)


def charsets() -> Case:
    """F-09: charsets that are traps or missing; é stays é."""
    host = "charsets.example"
    sentence = "Café owners like the machines from Acme Robotics, the foreman said."
    page = story(sentence).body.decode()
    routes: dict[str, Route] = {}
    for name in ("idna", "hex_codec", "rot13", "no-such-charset"):
        routes[f"{host}/{name}"] = Answer(page.replace("utf-8", name, 1).encode())
        routes[f"{host}/header-{name}"] = Answer(page.encode(), content_type=f"text/html; charset={name}")
    undeclared = page.replace('<meta charset="utf-8">', "")
    routes[f"{host}/latin"] = Answer(undeclared.encode("latin-1"))
    routes[f"{host}/bare"] = Answer(undeclared.encode())
    paths = [path.removeprefix(host) for path in routes]
    return Case("F-09", "charsets", routes, tuple(paths), dict.fromkeys(paths, LIVE_UNLINKED))


# --- ways about -------------------------------------------------------------------------------------------------------


def redirects() -> Case:
    """F-10: every page asked for ends somewhere. F-11: a header that names code. F-13: cookies."""
    host = "redirects.example"
    routes: dict[str, Route] = {
        f"{host}/a": redirect("/t"),
        f"{host}/b": redirect("/t"),
        f"{host}/t": story(UNLINKED),
        f"{host}/self": redirect("/self"),
        **{f"{host}/hop{n}": redirect(f"/hop{n + 1}") for n in range(20)},
        f"{host}/hop20": story(UNLINKED),
        f"{host}/referrer": Answer(story(UNLINKED).body, headers=(("Referrer-Policy", "sys.exit"),)),
        f"{host}/cookies": Answer(
            story(UNLINKED).body,
            headers=tuple(("Set-Cookie", f"c{n}=1; Domain=example; Path=/") for n in range(100)),
        ),
        f"{host}/later": story(UNLINKED),
    }
    truth: dict[str, Truth] = {
        "/a": ("redirected", None),
        "/b": ("redirected", None),
        "/self": ("error", None),
        "/hop0": ("error", None),
        "/referrer": LIVE_UNLINKED,
        "/cookies": LIVE_UNLINKED,
        "/later": LIVE_UNLINKED,
    }
    return Case("F-10", "redirects", routes, tuple(truth), truth)


def endless_site() -> Case:
    """F-12: a site without end, with twelve articles in it."""
    host = "endless.example"
    articles = [f"/2026/11/{day:02}/cranes-in-the-harbour-part-{day}" for day in range(1, 13)]
    routes: dict[str, Route] = {f"{host}{path}": story(UNLINKED) for path in articles}
    links = [
        f'<p><a href="{path}">Cranes in the harbour, part {path[-2:]} of the long story</a></p>' for path in articles
    ]
    routes[f"{host}/"] = Answer(("<!doctype html><title>Endless</title>" + "".join(links) + _doors(0)).encode())
    routes[f"{host}/*"] = lambda asked: Answer(f"<!doctype html><p>{_doors(len(asked.path))}".encode())
    more = f'crawl = ["http://{host}:{{port}}/"]'
    return Case("F-12", "endless", routes, (), dict.fromkeys(articles, LIVE_UNLINKED), declaration=more)


def _doors(seed: int) -> str:
    doors = [f"/calendar/{2027 + seed}/{month:02}" for month in range(1, 13)]
    doors += [f"/shop?colour={n}&size={seed}&sort=price&page={n}" for n in range(30)]
    doors += [f"/list?offset={seed * 10 + n}" for n in range(30)]
    doors += [f"/s/{seed:08x}{n:08x}/page;jsessionid={seed:016x}{n}" for n in range(10)]
    doors += ["a/", "./a/a/", "a/b/a/b/"]
    return "".join(f'<a href="{door}">{door[-6:]}</a> ' for door in doors)


def bad_certificate() -> Case:
    """F-15: a certificate that nobody vouches for."""
    return Case("F-15", "certificate", {}, ("/page",), {"/page": ("error", None)}, frozenset(["/page"]), tls=True)


# --- manners, and good sites ------------------------------------------------------------------------------------------


def not_now() -> Case:
    """A host that asks for a second's rest once, and then answers."""
    answers = [Answer(b"", 429, (("Retry-After", "1"),))]

    def busy(_: Asked) -> Answer:
        return answers.pop() if answers else story(UNLINKED)

    return Case("rest", "resting", {"resting.example/page": busy}, ("/page",), {"/page": LIVE_UNLINKED})


def slow_pace() -> Case:
    """A robots.txt with a Crawl-delay of a quarter of a second."""
    paths = [f"/p{n}" for n in range(5)]
    routes: dict[str, Route] = {f"paced.example{path}": story(UNLINKED) for path in paths}
    routes["paced.example/robots.txt"] = text("User-agent: *\nCrawl-delay: 0.25\n")
    return Case("pace", "paced", routes, tuple(paths), dict.fromkeys(paths, LIVE_UNLINKED))


def good_site(name: str, count: int) -> Case:
    """A newspaper: of four stories one names us without a link, one with a link, two not at all."""
    kinds = ((UNLINKED, LIVE_UNLINKED), (LINKED, LIVE_LINKED), (NAMELESS, LIVE_NAMELESS), (NAMELESS, LIVE_NAMELESS))
    paths = [f"/2026/11/20/story-number-{n}" for n in range(count)]
    routes: dict[str, Route] = {
        f"{name}.example{path}": story(kinds[n % 4][0], f"Story number {n} of the harbour")
        for n, path in enumerate(paths)
    }
    return Case(GOOD, name, routes, tuple(paths), {path: kinds[n % 4][1] for n, path in enumerate(paths)})


def all_cases() -> list[Case]:
    """Every case, made anew: some remember what they answered."""
    return [
        robots_race(),
        *robots_answers(),
        opted_out(),
        private_addresses(),
        odd_addresses(),
        hostile_bodies(),
        parser_traps(),
        hostile_sources(),
        charsets(),
        redirects(),
        endless_site(),
        bad_certificate(),
        not_now(),
        slow_pace(),
        good_site("courier", 40),
        good_site("herald", 40),
    ]


def configuration(cases: Iterable[Case], ports: Ports) -> str:
    """A mentions.toml with a publisher for each case, and nothing private allowed but the web itself."""
    tables = "".join(_publisher(case, ports) for case in cases)
    return f"""
[[targets]]
name = "Acme Robotics"
domains = ["acme.example"]

{tables}
[network]
contact_url = "https://acme.example/robots"
allow_private = ["127.0.0.1/32"]
resolve = {{ "{TRAP_HOST}" = "{TRAP_ADDRESS}", "*" = "127.0.0.1" }}
ports = [{ports.web}, {ports.tls}, {ports.trap}]
timeout_s = {TIMEOUT_S}
max_body_bytes = {MAX_BODY_BYTES}
"""


def _publisher(case: Case, ports: Ports) -> str:
    sources = case.declaration.replace("{port}", str(ports.web))
    if not sources:
        sources = f'feeds = ["http://{case.name}.feeds.example:{ports.web}/feed.xml"]'
    budget = CRAWL_BUDGET if "crawl" in sources else 400
    return f"""[[publishers]]
name = "{case.name.title()}"
domain = "{case.host}"
{sources}
politeness = {{ delay_s = 0, concurrency = 8, max_pages = {budget} }}

"""


def serve(cases: Iterable[Case], ports: Ports, routes: dict[str, Route]) -> None:
    """Puts what the cases serve into a web's routes."""
    _TRAP_PORT.append(ports.trap)
    for case in cases:
        routes.update(case.routes_with_feed(ports))
