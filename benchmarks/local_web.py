"""A quick web server on loopback for benchmarks: many host names, one port, answers made beforehand.

It answers by Host header, knows conditional requests, and counts what it sends, so that a night's traffic can be read
off. One asyncio loop in a thread of its own; give it a process of its own where its CPU must not count as the crawl's
(`python -m benchmarks.replay`).
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ABOUT = "127.0.0.1"  # asked under this host, the web tells about itself
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


@dataclass(slots=True)
class LocalWeb:
    """What is served. Keys are (host name, path with query); `pages` are the addresses of what is worth crawling."""

    answers: dict[tuple[str, str], tuple[bytes, bytes]] = field(default_factory=dict)  # head, body
    etags: dict[tuple[str, str], str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    requests: int = 0
    bytes_sent: int = 0

    def add(self, host: str, path: str, body: bytes, content_type: str) -> None:
        """One more page, with an ETag that changes with its body."""
        etag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nETag: {etag}\r\n\r\n"
        self.answers[host, path] = (head.encode("latin-1"), body)
        self.etags[host, path] = etag

    def answer(self, host: str, path: str, if_none_match: str | None) -> bytes:
        """The whole answer to one request, counted."""
        if host == ABOUT:
            return self._about(path)
        etag = self.etags.get((host, path))
        if etag and if_none_match == etag:
            sent = f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode("ascii")
        else:
            sent = b"".join(self.answers.get((host, path), (_NOT_FOUND, b"")))
        self.requests += 1
        self.bytes_sent += len(sent)
        return sent

    def _about(self, path: str) -> bytes:
        """What the web says of itself, as JSON: /pages, its pages; else what was sent. Asking does not count."""
        counts = {"requests": self.requests, "bytes_sent": self.bytes_sent}
        body = json.dumps(self.pages if path == "/pages" else counts).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class _Connection(asyncio.Protocol):
    """HTTP/1.1 as far as a crawler speaks it: GET requests without a body, one after the other."""

    def __init__(self, web: LocalWeb) -> None:
        self._web = web
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            head, _, self._pending = self._pending.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            host = headers.get("host", "").partition(":")[0]
            self._transport.write(self._web.answer(host, first.split(" ")[1], headers.get("if-none-match")))


@contextmanager
def serving(make: Callable[[int], LocalWeb], *, port: int = 0) -> Iterator[tuple[int, LocalWeb]]:
    """Serves `make(port)` on 127.0.0.1 while the block runs; gives the port and the web."""
    loop = asyncio.new_event_loop()
    ready: list[tuple[int, LocalWeb]] = []
    started = threading.Event()

    async def start() -> asyncio.Server:
        web = LocalWeb()
        server = await loop.create_server(lambda: _Connection(ready[0][1]), "127.0.0.1", port, start_serving=False)
        bound = int(server.sockets[0].getsockname()[1])
        web = make(bound)
        ready.append((bound, web))
        await server.start_serving()
        return server

    def run() -> None:
        asyncio.set_event_loop(loop)
        try:
            server = loop.run_until_complete(start())
            started.set()
            loop.run_forever()
            server.close()
            loop.run_until_complete(server.wait_closed())
        finally:
            started.set()
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait()
    if not ready:
        raise OSError(f"the local web could not be served on port {port}")
    try:
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
