"""What a rendered page can reach: nothing that the crawl would not reach itself (F-03, F-04, F-05 in the browser)."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from twisted.internet import defer

from mentions.browsers import find_browser
from mentions.budgets import Rendering
from mentions.crawling import resolver
from mentions.crawling.resolver import GuardedResolver
from tests.crawling.harness import Crawl, config_for, crawl
from tests.crawling.rendering.conftest import PATIENCE_S
from tests.crawling.rendering.shells import TEXT, once, shell
from tests.hostile_web import Route, Web, redirect

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("reactor"),
    pytest.mark.service,
    pytest.mark.skipif(find_browser(None) is None, reason="no browser on this machine"),
]

# The web of these tests is reached at 127.0.0.2 only; 127.0.0.1 is the private network that nobody may reach.
WEB = "127.0.0.2"


@dataclass
class Inside:
    """A service of the private network: counts who connects, on TCP."""

    port: int = 0
    connections: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def private_service() -> AsyncIterator[Inside]:
    inside = Inside()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside.connections.append(b"")
        writer.write(b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 6\r\n\r\nSECRET")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    inside.port = server.sockets[0].getsockname()[1]
    async with server:
        yield inside


async def visit(web: Web, ports: tuple[int, ...], *paths: str) -> Crawl:
    """Rendered pages of a web at 127.0.0.2; these ports are allowed, and no private address but the web's own."""
    config = config_for(
        web.port,
        ports=(*ports, 80, 443),
        resolve={"*": WEB, "intern.example": "127.0.0.1"},
        allow_private=(f"{WEB}/32",),
    ).model_copy(update={"rendering": Rendering(page_timeout_s=PATIENCE_S, tabs=3)})
    return await crawl([web.url(path) for path in paths], config)


def came_through(crawled: Crawl, web: Web, path: str) -> None:
    """The page itself was rendered whole: the guard stood in nobody's way but the attack's."""
    [response] = crawled.pages[web.url(path)]
    assert response.flags == ["rendered"]
    assert TEXT.strip() in response.text
    assert "SECRET" not in response.text


ATTACKS = {
    "fetch": "fetch('http://127.0.0.1:{port}/').then(a => a.text()).then(t => document.body.append(t))",
    "fetch without CORS": "fetch('http://127.0.0.1:{port}/', {{mode: 'no-cors'}})",
    "name that stands for loopback": "fetch('http://intern.example:{port}/', {{mode: 'no-cors'}})",
    "localhost": "fetch('http://localhost:{port}/', {{mode: 'no-cors'}})",
    "odd spellings": "for (const h of ['2130706433', '127.1', '0x7f000001', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]'])"
    "fetch(`http://${{h}}:{port}/`, {{mode: 'no-cors'}}).catch(() => 0)",
    "redirect": "fetch('/to-private', {{mode: 'no-cors'}})",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {{src: 'http://127.0.0.1:{port}/'}}))",
    "frame by redirect": "document.body.append(Object.assign(document.createElement('iframe'), "
    "{{src: '/to-private'}}))",
    "script": "document.body.append(Object.assign(document.createElement('script'), "
    "{{src: 'http://127.0.0.1:{port}/'}}))",
    "websocket": "new WebSocket('ws://127.0.0.1:{port}/')",
    "websocket to a name": "new WebSocket('ws://intern.example:{port}/')",
    "beacon": "navigator.sendBeacon('http://127.0.0.1:{port}/', 'x')",
    "event source": "new EventSource('http://127.0.0.1:{port}/')",
    "navigation": "location.href = 'http://127.0.0.1:{port}/'",
    "navigation by name": "location.href = 'http://intern.example:{port}/'",
    "form": "document.body.innerHTML += `<form id=f method=post action='http://127.0.0.1:{port}/'></form>`; f.submit()",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('http://127.0.0.1:{port}/', {{mode: 'no-cors'}})`])))",
    "webrtc over tcp": "const p = new RTCPeerConnection({{iceServers: [{{urls: 'turn:127.0.0.1:{port}?transport=tcp', "
    "username: 'u', credential: 'c'}}]}}); p.createDataChannel('x'); "
    "p.createOffer().then(o => p.setLocalDescription(o))",
    "prefetch and preconnect": "document.head.innerHTML += `<link rel=preconnect href='http://127.0.0.1:{port}'>"
    "<link rel=prefetch href='http://127.0.0.1:{port}/'><link rel=dns-prefetch href='http://intern.example'>`",
    "metadata service": "fetch('http://169.254.169.254/latest/meta-data/', {{mode: 'no-cors'}})",
}


async def test_no_script_reaches_a_private_address() -> None:
    """F-03: 0 connections by any way, and every page itself comes through. One browser, a private service an attack."""
    async with AsyncExitStack() as stack:
        inside = {name: await stack.enter_async_context(private_service()) for name in ATTACKS}
        routes: dict[str, Route] = {}
        for number, (name, attack) in enumerate(ATTACKS.items()):
            private, port = f"/to-private-{number}", inside[name].port
            routes[private] = redirect(f"http://127.0.0.1:{port}/")
            script = attack.format(port=port).replace("/to-private", private)
            routes[f"/{number}"] = shell("try {" + script + "} catch (e) {}")
        web = stack.enter_context(Web(routes, address=WEB))
        ports = tuple(service.port for service in inside.values())
        crawled = await visit(web, ports, *(f"/{number}" for number in range(len(ATTACKS))))
        for number in range(len(ATTACKS)):
            came_through(crawled, web, f"/{number}")
        assert {name: len(service.connections) for name, service in inside.items() if service.connections} == {}


async def test_what_is_public_is_reached_by_every_way_that_is_refused_inside() -> None:
    """The tests above would pass if the browser reached nothing at all: the same ways lead to the open web."""
    ways = (
        "fetch('http://other.example:{p}/fetched', {{mode: 'no-cors'}}),"
        "new Promise(done => new WebSocket('ws://other.example:{p}/socket').onclose = done),"
        "new Promise(done => document.body.append(Object.assign(document.createElement('iframe'), "
        "{{onload: done, src: 'http://other.example:{p}/frame'}})))"
    )
    async with private_service() as inside:
        with Web({}, address=WEB) as web:
            web.routes["/page"] = once(f"[{ways.format(p=web.port)}]")
            came_through(await visit(web, (inside.port,), "/page"), web, "/page")
            assert {"/fetched", "/socket", "/frame"} <= set(web.paths("other.example"))


async def test_a_name_that_answers_differently_the_second_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """F-04: the first answer is public, every later one is private; the one looked at is the one connected to."""
    answers = iter([WEB])

    def answer(name: str, _resolve: Mapping[str, str]) -> str:
        return WEB if name != "rebinds.example" else next(answers, "127.0.0.1")

    monkeypatch.setattr(resolver, "override", answer)
    async with private_service() as inside:
        tries = f"[...Array(12).keys()].map(n => fetch(`http://rebinds.example:{inside.port}/${{n}}`))"
        with Web({"/page": once(tries)}, address=WEB) as web:
            crawled = await visit(web, (inside.port,), "/page")
            came_through(crawled, web, "/page")
        assert inside.connections == []
    assert next(answers, None) is None, "the name was asked for again and again, and then stood for 127.0.0.1"


async def test_ports_that_the_crawl_never_uses_are_refused() -> None:
    """F-05: browsers block a few ports by themselves; the proxy blocks all but network.ports."""
    async with private_service() as inside:
        script = f"fetch('http://127.0.0.1:{inside.port}/', {{mode: 'no-cors'}}).catch(() => 0)"
        with Web({"/page": shell(script)}, address=WEB) as web:
            config = config_for(web.port, resolve={"*": WEB}, allow_private=(f"{WEB}/32", "127.0.0.1/32"))
            crawled = await crawl([web.url("/page")], config)
            came_through(crawled, web, "/page")
        assert inside.connections == [], "the address is allowed, its port is not"


async def test_the_browser_asks_for_nothing_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No update checks, no safe-browsing lists: only hosts of the page are ever resolved."""
    names: set[str] = set()
    look_up = GuardedResolver.getHostByName

    def note(self: GuardedResolver, name: str) -> "defer.Deferred[str]":
        names.add(name)
        return look_up(self, name)

    monkeypatch.setattr(GuardedResolver, "getHostByName", note)
    async with private_service() as inside:
        with Web({"/page": shell()}, address=WEB) as web:
            came_through(await visit(web, (inside.port,), "/page"), web, "/page")
    assert names == {"site.example"}
