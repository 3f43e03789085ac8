"""The only way out of the browser: a forward proxy on loopback that connects to nothing we would not connect to.

A page's scripts can ask for any address, resolve names to anything, follow redirects, open sockets. Rules inside the
browser see some of that; this sees all of it, because the browser connects to nothing else. The address that the guard
has looked at is the one connected to, so a name that answers differently the second time gains nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from mentions.config import Network
from mentions.crawling.address_guard import parse_networks
from mentions.crawling.refusals import Refused
from mentions.crawling.request_guard import DEFAULT_PORTS, refusal_of

MAX_HEAD_BYTES = 256 * 1024  # as mentions.crawling.handler has it for the crawl itself
MAX_BYTES = 20_000_000  # one connection may bring; scripts of large sites have 5 MB
CONNECT_WITHIN_S = 10.0
LONGEST_S = 120.0  # a connection; pages are done long before (rendering.page_timeout_s)
_CHUNK = 64 * 1024
# RFC 9110, 7.6.1; and what asks for a second round trip that a proxy of one request a connection cannot give.
_HOP_BY_HOP = frozenset({b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive", b"te", b"expect"})

# What a full Chromium asks its maker by itself, whatever its flags say, when it lives long enough: updates, lists, who
# is signed in. No article lies there.
_OF_THE_BROWSER = frozenset(
    {
        "accounts.google.com",
        "clients2.google.com",
        "clients4.google.com",
        "clientservices.googleapis.com",
        "content-autofill.googleapis.com",
        "edgedl.me.gvt1.com",
        "optimizationguide-pa.googleapis.com",
        "redirector.gvt1.com",
        "safebrowsing.googleapis.com",
        "update.googleapis.com",
    }
)

Resolve = Callable[[str], Awaitable[str]]


class _Denied(Exception):
    """Not connected. Raised and answered in this module."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class GuardedProxy:
    """HTTP proxy on 127.0.0.1. `resolve` gives the address of a name, and raises where it must not be reached.

    `refused` counts what was not connected to; `connected` what was.
    """

    def __init__(self, network: Network, resolve: Resolve) -> None:
        self._ports = frozenset(network.ports)
        self._allowed = parse_networks(network.allow_private)
        self._resolve = resolve
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.refused = self.connected = 0

    @property
    def port(self) -> int:
        """Where it listens. Raises LookupError before `start`."""
        if self._server is None:
            raise LookupError("the proxy has not been started")
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Listens on a free port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=MAX_HEAD_BYTES)

    async def close(self) -> None:
        """Ends every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._server = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._serve(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the browser or the site went away, or we are closing: nobody waits for an answer
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        try:
            method, target, _version = line.decode("ascii").split(" ")
            upstream = await self._connect(target if method != "CONNECT" else f"https://{target}/")
        except (ValueError, _Denied) as error:
            self.refused += 1
            status = error.status if isinstance(error, _Denied) else 400
            writer.write(f"HTTP/1.1 {status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
            return
        self.connected += 1
        try:
            if method == "CONNECT":
                await _tunnel(reader, writer, *upstream)
            else:
                await _one_exchange(reader, writer, *upstream, method, target, rest)
        finally:
            upstream[1].close()

    async def _connect(self, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        refusal = refusal_of(url, ports=self._ports, allowed=self._allowed)
        if refusal:
            raise _Denied(403, str(refusal))
        parts = urlsplit(url)
        if parts.hostname in _OF_THE_BROWSER:
            raise _Denied(403, "the browser's own business")
        try:
            address = await self._resolve(parts.hostname or "")
        except Refused as error:
            raise _Denied(403, str(error)) from error
        except OSError as error:
            raise _Denied(502, f"{parts.hostname} does not exist") from error
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                return await asyncio.open_connection(address, port, limit=MAX_HEAD_BYTES)
        except (OSError, TimeoutError) as error:
            raise _Denied(502, f"{parts.hostname} cannot be reached") from error


async def _one_exchange(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    site: asyncio.StreamReader,
    to_site: asyncio.StreamWriter,
    method: str,
    target: str,
    headers: bytes,
) -> None:
    """One request and its answer, and no second one: the next may be meant for another host."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    to_site.write(f"{method} {path} HTTP/1.1\r\n".encode() + _closing(headers))
    length = _content_length(headers)
    if length:
        to_site.write(await reader.readexactly(min(length, MAX_BYTES)))
    await to_site.drain()
    line, _, answered = (await site.readuntil(b"\r\n\r\n")).partition(b"\r\n")
    writer.write(line + b"\r\n" + _closing(answered))
    gone = asyncio.ensure_future(reader.read(1))  # the browser hangs up when it has what it wanted
    pouring = asyncio.ensure_future(_pour(site, writer))
    await asyncio.wait({gone, pouring}, return_when=asyncio.FIRST_COMPLETED)
    await _stop(gone, pouring)


async def _tunnel(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    site: asyncio.StreamReader,
    to_site: asyncio.StreamWriter,
) -> None:
    """Bytes both ways, unread: TLS is between browser and site, certificates are looked at by the browser."""
    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
    await writer.drain()
    ways = [asyncio.ensure_future(_pour(reader, to_site)), asyncio.ensure_future(_pour(site, writer))]
    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    await _stop(*ways)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    received = 0
    while received < MAX_BYTES and (chunk := await source.read(_CHUNK)):
        received += len(chunk)
        sink.write(chunk)
        await sink.drain()


async def _stop(*tasks: "asyncio.Task[Any]") -> None:
    for task in tasks:
        task.cancel()
    with suppress(OSError):
        await asyncio.gather(*tasks, return_exceptions=True)


def _closing(headers: bytes) -> bytes:
    """The header lines without those of this hop, and with the promise that nothing follows."""
    lines = [line for line in headers.split(b"\r\n") if line]
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in _HOP_BY_HOP]
    return b"\r\n".join((*kept, b"Connection: close", b"", b""))


def _content_length(headers: bytes) -> int:
    """Raises ValueError where it is no number; 0 where there is none."""
    for line in headers.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return max(0, int(value))
    return 0
