"""A small web on loopback for tests: every host name is one server, told apart by the Host header, and it misbehaves.

`Web` answers what its routes say and remembers what it was asked, and when.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6, SHUT_RDWR, create_server
from ssl import SSLContext
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route sends. `chunks` are sent one by one as they come, without a length, and then the connection ends.

    `more_headers` go out one by one in the same way.
    """

    body: bytes = b"<!doctype html><title>ok</title><p>ok"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/html"
    chunks: Iterable[bytes] | None = None
    more_headers: Iterable[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived. `at_s` on a monotonic clock."""

    host: str
    path: str
    headers: Mapping[str, str]
    at_s: float
    method: str = "GET"


Route = Answer | Callable[[Asked], Answer]


@dataclass
class Web:
    """`routes` by "host/path", or by "/path" for every host, or by "host/*"; anything else is 404, robots.txt too."""

    routes: dict[str, Route] = field(default_factory=dict)
    tls: SSLContext | None = None
    address: str = "127.0.0.1"  # where it listens
    heads: bool = False  # are HEAD requests answered? Some servers refuse them
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Self:
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                if web.heads:
                    self.do_GET()
                else:
                    self.send_error(501)

            def do_GET(self) -> None:
                host = (self.headers.get("Host") or "").partition(":")[0]
                headers = {k.lower(): v for k, v in self.headers.items()}
                asked = Asked(host, self.path, headers, time.monotonic(), self.command)
                web.asked.append(asked)
                route = web.route(host, self.path)
                answer = route if isinstance(route, Answer) else route(asked)
                try:
                    _send(self, answer)
                except OSError:
                    self.close_connection = True  # the client has had enough; that is what some tests are about

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = (
                128  # the default, 5, turns a burst of a busy crawl into connections that wait a second
            )
            address_family = AF_INET6 if ":" in self.address else AF_INET

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that goes away in the middle is no news."""

        self._server = Server((self.address, 0), Handler)
        if self.tls:
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str, host: str = "site.example") -> str:
        """The address of a page as a crawler with `resolve = {"*" = "127.0.0.1"}` reaches it."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def route(self, host: str, path: str) -> Route:
        """What answers to that path of that host."""
        everything_else = None if path == "/robots.txt" else self.routes.get(f"{host}/*")
        return self.routes.get(host + path) or self.routes.get(path) or everything_else or Answer(b"no", 404)

    def paths(self, host: str | None = None) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [a.path for a in self.asked if a.path != "/robots.txt" and (host is None or a.host == host)]


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.content_type)
    for name, value in answer.headers:
        handler.send_header(name, value.encode().decode("latin-1"))  # UTF-8 on the wire
    if answer.more_headers:
        handler.flush_headers()
    for name, value in answer.more_headers:
        handler.wfile.write(f"{name}: {value}\r\n".encode("latin-1"))
    if answer.chunks is None:
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(answer.body)
        return
    handler.send_header("Connection", "close")
    handler.end_headers()
    for chunk in answer.chunks:
        handler.wfile.write(chunk)
        handler.wfile.flush()
    handler.close_connection = True


def redirect(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(b"", status, (("Location", to),))


def text(body: str | bytes, status: int = 200) -> Answer:
    """A plain-text answer, as robots.txt is."""
    return Answer(body.encode() if isinstance(body, str) else body, status, content_type="text/plain")


@dataclass
class Trap:
    """A port that must never be connected to. It takes every connection, counts it, and hangs up."""

    address: str = "127.0.0.2"
    connections: int = 0

    def __enter__(self) -> Self:
        family = AF_INET6 if ":" in self.address else AF_INET
        self._socket = create_server((self.address, 0), family=family)
        self._thread = threading.Thread(target=self._count, daemon=True)
        self._thread.start()
        return self

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._socket.shutdown(SHUT_RDWR)  # wakes the thread that waits in accept
        self._socket.close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._socket.getsockname()[1])
