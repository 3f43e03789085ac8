"""The browser's only way out, asked by a plain client: it works on every machine, with or without a browser (F-03)."""

import asyncio

import pytest

from mentions.config import Network
from mentions.crawling.refusals import AddressRefused
from mentions.crawling.rendering.proxy import GuardedProxy
from tests.hostile_web import Answer, Web

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def through(network: Network, *lines: str, body: bytes = b"") -> tuple[bytes, GuardedProxy]:
    """What the proxy answers to one request, and the proxy, closed."""

    async def resolve(name: str) -> str:
        if name == "intern.example":
            raise AddressRefused("intern.example stands for 127.0.0.1, which is not a public address")
        if name == "nowhere.example":
            raise OSError("no such host")
        return "127.0.0.1"

    proxy = GuardedProxy(network, resolve)
    await proxy.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write("\r\n".join((*lines, "", "")).encode() + body)
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    await proxy.close()
    return answer, proxy


def network(port: int) -> Network:
    return Network(ports=(port,), allow_private=("127.0.0.1/32",))


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


async def test_a_page_comes_through_and_the_connection_ends() -> None:
    with Web({"site.example/page?a=1": Answer(b"hello")}) as web:
        answer, proxy = await through(
            network(web.port),
            f"GET http://site.example:{web.port}/page?a=1 HTTP/1.1",
            f"Host: site.example:{web.port}",
            "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic c2VjcmV0",
        )
        [asked] = web.asked
    assert status(answer) == 200
    assert answer.endswith(b"\r\n\r\nhello")
    assert b"Connection: close" in answer
    assert asked.headers["connection"] == "close"
    assert not {"proxy-connection", "proxy-authorization"} & set(asked.headers)
    assert (proxy.connected, proxy.refused) == (1, 0)


async def test_a_tunnel_carries_bytes_it_does_not_read() -> None:
    async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        answer, _ = await through(network(port), f"CONNECT site.example:{port} HTTP/1.1", body=b"hello\n")
    assert answer == b"HTTP/1.1 200 Connected\r\n\r\nHELLO\n"


@pytest.mark.parametrize(
    "line",
    [
        "GET http://intern.example:{port}/ HTTP/1.1",
        "CONNECT intern.example:{port} HTTP/1.1",
        "GET http://127.0.0.2:{port}/ HTTP/1.1",
        "CONNECT 127.0.0.2:{port} HTTP/1.1",
        "CONNECT [::1]:{port} HTTP/1.1",
        "CONNECT 2130706434:{port} HTTP/1.1",
        "GET http://site.example:1/ HTTP/1.1",
        "CONNECT site.example:22 HTTP/1.1",
        "GET http://user:pass@site.example:{port}/ HTTP/1.1",
        "GET ftp://site.example:{port}/ HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
    ],
)
async def test_what_the_crawl_would_not_ask_for_is_refused(line: str) -> None:
    """F-03, F-05."""
    with Web() as web:
        answer, proxy = await through(network(web.port), line.format(port=web.port))
        assert web.asked == []
    assert status(answer) == 403
    assert (proxy.connected, proxy.refused) == (0, 1)


@pytest.mark.parametrize("line", ["GET / HTTP/1.1", "nonsense", "CONNECT :443 HTTP/1.1", "GET http://[::1/ HTTP/1.1"])
async def test_nonsense_is_refused(line: str) -> None:
    answer, proxy = await through(network(80), line)
    assert status(answer) in {400, 403}
    assert proxy.connected == 0


async def test_a_host_that_does_not_exist_is_no_crash() -> None:
    answer, _ = await through(network(80), "GET http://nowhere.example:80/ HTTP/1.1")
    assert status(answer) == 502


async def test_the_browser_s_own_business_is_refused_without_a_look_at_its_address() -> None:
    names = []

    async def resolve(name: str) -> str:
        names.append(name)
        return "127.0.0.1"

    proxy = GuardedProxy(Network(), resolve)
    await proxy.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"CONNECT update.googleapis.com:443 HTTP/1.1\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    await proxy.close()
    assert (status(answer), names, proxy.refused) == (403, [], 1)
