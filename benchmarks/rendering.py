"""Pages a second that the crawl's renderer draws, beside scrapy-playwright as it comes, on one local site of shells.

    python -m benchmarks.rendering --pages 60

Each shell brings a script, a style sheet, a font and four pictures, and draws an article from JSON. All crawl the same
pages in a process of their own, one after the other, with the same browser and as many tabs. Ours fetches each page
once more before (static first), goes through its guarded proxy, and keeps no cookies. "Stock" is scrapy-playwright's
handler with its defaults: one context, waits for `load`, and so loses what arrives later. "Stock, waiting" is told
to wait for text. Only pages that came whole are counted as pages.
"""

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from mentions.browsers import find_browser
from mentions.budgets import Rendering
from mentions.config import Config, Network
from mentions.crawling.configuration import crawl_settings
from mentions.publishers import Politeness, Publisher
from mentions.targets import Target

HOST = "shells.example"
TEXT = "The harbour board met on Tuesday and spoke of cranes that have stood still since the spring storms. " * 12
_HEAD = (
    "<!doctype html><html><head><meta charset=utf-8><title>Story</title><link rel=stylesheet href=/style.css>"
    '</head><body><div id="root"></div><script src=/app.js></script></body></html>'
)
_APP = """
fetch('/data' + location.pathname + '.json').then(a => a.json()).then(story => {
  document.getElementById('root').innerHTML = `<article><h1>${story.title}</h1><p>${story.text}</p>` +
    [1, 2, 3, 4].map(n => `<img src="/picture-${n}.png?${story.title}">`).join('') + '</article>';
});
"""
_FONT = "@font-face {font-family: Story; src: url(/story.woff2)} body {font-family: Story}\n"
_STYLE = _FONT + ".a {color: red}\n" * 2000
_PICTURE = b"\x89PNG" + bytes(60_000)


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/data/"):
            body, kind = json.dumps({"title": path, "text": TEXT}).encode(), "application/json"
        elif path == "/app.js":
            body, kind = _APP.encode(), "text/javascript"
        elif path == "/style.css":
            body, kind = _STYLE.encode(), "text/css"
        elif path.endswith((".png", ".woff2")):
            body, kind = _PICTURE, "image/png"
        elif path == "/robots.txt":
            body, kind = b"", "text/plain"
        else:
            body, kind = _HEAD.encode(), "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # a browser that has seen enough hangs up
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class _Shells(Spider):
    name = "shells"

    def __init__(self, urls: list[str], meta: dict[str, Any], seen: list[bool]) -> None:
        super().__init__()
        self.urls, self.asked, self.seen = urls, meta, seen

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(url, meta=dict(self.asked), dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        self.seen.append(TEXT.strip() in response.text)


def _ours(port: int, tabs: int) -> dict[str, Any]:
    politeness = Politeness(delay_s=0.0, concurrency=8)
    publisher = Publisher(name="Shells", domain=HOST, crawl=(f"http://{HOST}:{port}/",), politeness=politeness)
    config = Config(
        targets=(Target(name="Acme", domains=("acme.example",)),),
        publishers=(publisher,),
        network=Network(ports=(port,), allow_private=("127.0.0.1/32",), resolve={"*": "127.0.0.1"}),
        rendering=Rendering(tabs=tabs, max_pages=100_000, max_pages_per_publisher=100_000),
    )
    quiet = {"ITEM_PIPELINES": {}, "SPIDER_MODULES": [], "AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "ERROR"}
    return dict(crawl_settings(config, quiet))


def _stock(tabs: int) -> dict[str, Any]:
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "CONCURRENT_REQUESTS": tabs,
        "CONCURRENT_REQUESTS_PER_DOMAIN": tabs,
        "DOWNLOAD_DELAY": 0.0,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": tabs,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": str(find_browser(None))},
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }


_WAIT = PageMethod("wait_for_function", "document.body.innerText.length > 400")
_META: dict[str, dict[str, Any]] = {
    "ours": {},
    "stock": {"playwright": True},
    "stock, waiting": {"playwright": True, "playwright_page_methods": [_WAIT]},
}


def crawl(which: str, port: int, pages: int, tabs: int) -> dict[str, float]:
    """One crawl in this process; wall and CPU seconds, those of the browser included, and pages that came whole."""
    host = HOST if which == "ours" else "127.0.0.1"
    urls = [f"http://{host}:{port}/story/{number}" for number in range(pages)]
    seen: list[bool] = []
    began = time.perf_counter()
    process = AsyncCrawlerProcess(_ours(port, tabs) if which == "ours" else _stock(tabs))
    process.crawl(_Shells, urls=urls, meta=_META[which], seen=seen)
    process.start()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "wall_s": time.perf_counter() - began,
        "cpu_s": sum(one.ru_utime + one.ru_stime for one in used),
        "whole": sum(seen),
    }


def main() -> None:
    """Runs both in turn, prints a table and a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--tabs", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--child", choices=list(_META), help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(crawl(asked.child, asked.port, asked.pages, asked.tabs)))
        return
    if find_browser(None) is None:
        raise SystemExit("no browser on this machine; see `mentions doctor`")
    server = _Server(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    results: dict[str, list[dict[str, float]]] = {which: [] for which in _META}
    for _ in range(asked.rounds):
        for which, found in results.items():
            found.append(_in_a_process(which, server.server_port, asked.pages, asked.tabs))
    server.shutdown()
    _report(results, asked.pages)


def _in_a_process(which: str, port: int, pages: int, tabs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.rendering", "--child", which]
    numbers = ["--port", str(port), "--pages", str(pages), "--tabs", str(tabs)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([*command, *numbers], stdout=subprocess.PIPE, text=True, check=True, cwd=root)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _report(results: dict[str, list[dict[str, float]]], pages: int) -> None:
    print(f"{pages} pages drawn by scripts; start and end of the browser included; the round with the least CPU")
    print(f"{'':16}{'pages/s':>10}{'CPU ms a page':>16}{'whole':>8}")
    figures: dict[str, float] = {"pages": pages}
    for which, found in results.items():
        one = min(found, key=lambda crawled: crawled["cpu_s"])
        per_s, cpu_ms = one["whole"] / one["wall_s"], one["cpu_s"] / max(1, one["whole"]) * 1000
        print(f"{which:16}{per_s:>10.2f}{cpu_ms:>16.0f}{one['whole']:>8.0f}")
        name = {"ours": "rendered", "stock": "stock", "stock, waiting": "stock_waiting"}[which]
        figures[f"{name}_pages_per_s"] = round(per_s, 2)
        figures[f"{name}_cpu_ms"] = round(cpu_ms)
        figures[f"{name}_whole"] = one["whole"]
    figures["ratio"] = round(figures["rendered_pages_per_s"] / figures["stock_pages_per_s"], 2)
    figures["ratio_to_waiting"] = round(figures["rendered_pages_per_s"] / figures["stock_waiting_pages_per_s"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
