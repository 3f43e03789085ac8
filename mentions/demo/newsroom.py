"""The demo's web server: every site on one loopback port, told apart by the Host header."""

import errno
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from mentions.demo.content import DemoPage, Site, load_sites
from mentions.demo.pictures import draw
from mentions.demo.rendering import Renderer
from mentions.exceptions import MentionsError

ADDRESS = "127.0.0.1"
_LOCALHOST_SUFFIX = ".localhost"  # browsers send *.localhost to loopback without any set-up
_FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "alerts": "application/atom+xml",
    "news_sitemap": "application/xml",
    "sitemap_index": "application/xml",
    "sitemap": "application/xml",
    "news_index": "application/json; charset=utf-8",
}
_NOT_FOUND = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not found</title><h1>404</h1><p>Nothing lives here.</p>"
)


class PortTaken(MentionsError):
    """The newsroom's port is in use. Raised by `serve`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request the newsroom got: host name without port, path with query."""

    host: str
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the newsroom sends back; `delay_s` seconds late."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    delay_s: float = 0.0


@dataclass(slots=True)
class Newsroom:
    """A running newsroom. `requests` holds what was asked of it so far, in order."""

    port: int
    today: date
    requests: list[Request] = field(default_factory=list)

    def url(self, host: str, path: str = "/") -> str:
        """The address of a page as the crawler sees it."""
        return f"http://{host}:{self.port}{path}"

    def answer(self, host: str, path: str) -> Answer:
        """What the site of that name says to a request for that path."""
        self.requests.append(Request(host, path))
        suffix = _LOCALHOST_SUFFIX if host.endswith(_LOCALHOST_SUFFIX) else ""
        site = load_sites().get(host.removesuffix(suffix))
        renderer = Renderer(self.port, self.today, suffix)
        if site:
            return _answer(site, renderer, path)
        if host in {ADDRESS, "localhost"}:
            return _html(Renderer(self.port, self.today, _LOCALHOST_SUFFIX).index())
        return _html(_NOT_FOUND, status=404)


def _answer(site: Site, renderer: Renderer, path: str) -> Answer:
    if path == "/robots.txt" and site.robots_txt:
        return Answer(200, renderer.robots_txt(site), {"Content-Type": "text/plain; charset=utf-8"})
    if path.startswith("/media/"):
        return Answer(200, draw(path), {"Content-Type": "image/svg+xml", "Cache-Control": "max-age=86400"})
    if path in site.static:
        name = path.rpartition("/")[2]
        kind = {"js": "text/javascript", "json": "application/json"}[name.rpartition(".")[2]]
        return Answer(200, site.static[path].encode(), {"Content-Type": f"{kind}; charset=utf-8"})
    for feed in site.feeds:
        asked_for = path.partition("?")[0] if feed.form == "news_index" else path
        if asked_for == feed.path:
            return Answer(200, renderer.feed(site, feed), {"Content-Type": _FEED_TYPES.get(feed.form, "text/html")})
    page = site.page(path) or site.page(path.partition("?")[0])
    if page is None:
        return _html(_NOT_FOUND, status=404)
    return _page_answer(site, renderer, page)


def _page_answer(site: Site, renderer: Renderer, page: DemoPage) -> Answer:
    headers = {"Content-Type": page.content_type, **page.headers}
    if page.location:
        headers["Location"] = page.location
    return Answer(page.status, renderer.page(site, page), headers, page.delay_s)


def _html(body: bytes, status: int = 200) -> Answer:
    return Answer(status, body, {"Content-Type": "text/html; charset=utf-8"})


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD for a Newsroom, with ETag and 304. Also answers as a proxy, so any browser can be pointed at it."""

    newsroom: Newsroom
    protocol_version = "HTTP/1.1"
    server_version = "DemoNewsroom"
    sys_version = ""
    timeout = 60  # s an idle connection is kept

    def do_GET(self) -> None:
        """Answers with headers and body."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Answers with headers only."""
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the standard library's
        """Says nothing: the crawl's own output is what a reader of the demo wants to see."""

    def _send(self, *, with_body: bool) -> None:
        target = urlsplit(self.path)
        host = (target.hostname or urlsplit(f"//{self.headers.get('Host', '')}").hostname or "").rstrip(".")
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        answer = self.newsroom.answer(host, path)
        if answer.delay_s:
            time.sleep(answer.delay_s)
        etag = f'"{sha256(answer.body).hexdigest()[:20]}"'
        unchanged = answer.status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and not unchanged:
            self.wfile.write(answer.body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a crawler that hangs up on a page over its limit is part of the demo."""


@contextmanager
def serve(port: int = 0, *, today: date | None = None) -> Iterator[Newsroom]:
    """Serves every demo site on 127.0.0.1 while the context is open; port 0 takes a free one.

    `today` is the day that the pages' dates are counted from, by default the current UTC day.
    Raises PortTaken when another program listens there.
    """
    try:
        server = _Server((ADDRESS, port), _Handler, bind_and_activate=True)
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        why = "is in use by another program" if error.errno == errno.EADDRINUSE else "may not be used by this user"
        raise PortTaken(f"port {port} on {ADDRESS} {why}; choose another with --port") from error
    newsroom = Newsroom(server.server_address[1], today or datetime.now(UTC).date())
    server.RequestHandlerClass = type("_BoundHandler", (_Handler,), {"newsroom": newsroom})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield newsroom
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
