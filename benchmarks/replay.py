"""Saved pages as a web that can be crawled: each under its own host name, with feed, news sitemap and robots.txt.

usage: python -m benchmarks.replay [SPLIT_DIR] [--folder DIR] [--port N]

Serves the pages of SPLIT_DIR/pages.warc.gz on loopback until it is stopped, and writes a mentions.toml for them into
DIR; then `mentions crawl --config DIR/mentions.toml` crawls them as it would crawl the sites. An address is
http://<original host>:<port><original path and query>: the configuration sends every host name to 127.0.0.1.
"""

import argparse
import json
import re
import signal
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.common import DEV, needed
from benchmarks.local_web import LocalWeb, serving
from mentions.archive import read_pages
from mentions.pages import Page
from mentions.urls import host_of, registrable_domain

FEED = "/replay-feed.xml"
NEWS_SITEMAP = "/replay-news-sitemap.xml"
ROBOTS_TXT = b"User-agent: *\nAllow: /\nCrawl-delay: 0\n"
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,300})", re.IGNORECASE)
_UNFIT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def replayed(url: str, port: int) -> str:
    """The address under which the page of `url` is served."""
    parts = urlsplit(url)
    return f"http://{parts.hostname}:{port}{_path(url)}"


def by_site(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """The pages of each site, under its registrable domain."""
    sites: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        sites[registrable_domain(host_of(page.url))].append(page)
    return dict(sites)


def replay_web(sites: Mapping[str, Sequence[Page]], port: int, *, now: datetime) -> LocalWeb:
    """The pages with what a site has around them. Feeds and sitemaps date every page today, so that none is too old."""
    web = LocalWeb()
    for domain, pages in sites.items():
        for page in pages:
            web.add(host_of(page.url), _path(page.url), page.body, page.headers.get("content-type") or "text/html")
        for host in {domain, *(host_of(page.url) for page in pages)}:
            web.add(host, "/robots.txt", ROBOTS_TXT, "text/plain")
        web.pages += [replayed(page.url, port) for page in pages]
        web.add(domain, FEED, _feed(domain, pages, port, now), "application/rss+xml")
        web.add(domain, NEWS_SITEMAP, _news_sitemap(domain, pages, port, now), "application/xml")
    return web


def replay_config(
    sites: Iterable[str],
    port: int,
    *,
    database: str = "sqlite:///mentions.db",
    delay_s: float = 0.0,
    concurrency: int = 4,
) -> str:
    """The mentions.toml for a replay; the targets are read from targets.toml beside it."""
    head = f"""# Written by benchmarks/replay.py.
include = ["targets.toml"]

[store]
url = {json.dumps(database)}

[network]
contact_url = "http://127.0.0.1/"
ports = [{port}]
allow_private = ["127.0.0.1/32"]
resolve = {{ "*" = "127.0.0.1" }}
"""
    return head + "".join(
        f"""
[[publishers]]
name = {json.dumps(domain)}
domain = {json.dumps(domain)}
feeds = ["http://{domain}:{port}{FEED}"]
news_sitemaps = ["http://{domain}:{port}{NEWS_SITEMAP}"]
politeness = {{ delay_s = {delay_s}, concurrency = {concurrency}, max_pages = 100000, max_mb = 1000000 }}
"""
        for domain in sites
    )


def write_replay(split: Path, folder: Path, sites: Iterable[str], port: int) -> Path:
    """Writes mentions.toml and targets.toml into `folder`; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "targets.toml").write_bytes((split / "targets.toml").read_bytes())
    config = folder / "mentions.toml"
    config.write_text(replay_config(sites, port), encoding="utf-8")
    return config


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _title(page: Page) -> str:
    found = _TITLE.search(page.body)
    text = unescape(found[1].decode("utf-8", errors="replace")) if found else urlsplit(page.url).path
    return escape(_UNFIT_FOR_XML.sub("", " ".join(text.split())) or "untitled")


def _feed(domain: str, pages: Iterable[Page], port: int, now: datetime) -> bytes:
    items = "".join(
        f"<item><title>{_title(page)}</title><link>{escape(replayed(page.url, port))}</link>"
        f"<pubDate>{format_datetime(now)}</pubDate></item>\n"
        for page in pages
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{escape(domain)}</title>'
        f"<link>http://{domain}:{port}/</link><description>Saved pages</description>\n{items}</channel></rss>\n"
    ).encode()


def _news_sitemap(domain: str, pages: Iterable[Page], port: int, now: datetime) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(replayed(page.url, port))}</loc><news:news><news:publication><news:name>{escape(domain)}"
        f"</news:name><news:language>en</news:language></news:publication><news:publication_date>{now.isoformat()}"
        f"</news:publication_date><news:title>{_title(page)}</news:title></news:news></url>\n"
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    ).encode()


def main() -> None:
    """Serves a replay until it is stopped."""
    parser = argparse.ArgumentParser(description="Serve saved pages as a web that can be crawled.")
    parser.add_argument("split", nargs="?", type=Path, default=DEV)
    parser.add_argument("--folder", type=Path, default=Path("replay"))
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    sites = by_site(read_pages(needed(arguments.split / "pages.warc.gz")))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    now = datetime.now(UTC)
    with serving(lambda port: replay_web(sites, port, now=now), port=arguments.port) as (port, web):
        config = write_replay(arguments.split, arguments.folder, sites, port)
        print(f"{sum(map(len, sites.values()))} pages of {len(sites)} sites on port {port}", flush=True)
        print(f"mentions crawl --config {config}", flush=True)
        stop.wait()
        print(json.dumps({"requests": web.requests, "bytes_sent": web.bytes_sent}), flush=True)


if __name__ == "__main__":
    main()
