"""A health check on loopback that writes down what it hears."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

SECRET = "6f1c9a52-9e1b-4e6e-a0f3-2b7d8f6f0001"


class Check(HTTPServer):
    """`heard` holds method, path and body of each request; `answer` is the status it gives."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, str, str]] = []
        self.answer = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ping/{SECRET}"


class _Handler(BaseHTTPRequestHandler):
    server: Check

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.command, self.path, body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def listening() -> Iterator[Check]:
    """A health check while the block runs."""
    with Check() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
