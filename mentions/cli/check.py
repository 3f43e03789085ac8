"""`mentions check`: judges one page now, and shows the evidence."""

import json
import re
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from mentions.analysis import Analysis, analyse
from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.lessons import feedback_option, lessons_for
from mentions.cli.showing import show
from mentions.config import Config
from mentions.exceptions import ConfigError, FetchError
from mentions.findings import Finding, Verdict, as_json
from mentions.matching import compile_watchlist
from mentions.opportunities import assess
from mentions.pages import Page, PageState
from mentions.targets import Target
from mentions.urls import host_of, registrable_domain, split
from mentions.verdicts import unknown

# Where a saved page came from: the comment browsers write, or what the page says of itself.
_SAVED_FROM: Final = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]+)", re.IGNORECASE)
_OF_ITSELF: Final = re.compile(
    rb"""<(?:link[^<>]+rel=["']?canonical["']?[^<>]+href|meta[^<>]+["']og:url["'][^<>]+content)=["']?(https?://[^"'\s<>]+)""",
    re.IGNORECASE,
)
_NOWHERE: Final = "https://unknown.invalid/"  # RFC 2606: nobody's host, so that no relative link becomes ours
_LARGEST_FILE: Final = 50_000_000  # bytes


@click.command()
@config_option
@click.argument("page", metavar="URL-OR-FILE")
@click.option("--url", help="The address a saved page came from. [default: what the page says of itself]")
@click.option("--target", "names", multiple=True, help="Only this target; may be given several times.")
@click.option("--render", is_flag=True, help="Have a browser draw the page first, as a crawl does for script shells.")
@feedback_option
@click.option("--json", "as_lines", is_flag=True, help="One finding a line as JSON, one for each target.")
def check(
    config_path: Path | None,
    page: str,
    url: str | None,
    names: tuple[str, ...],
    feedback_file: Path | None,
    *,
    render: bool,
    as_lines: bool,
) -> int:
    """Judge one page now, and show why: its mentions, its links to you, the verdict.

    A URL is fetched as a crawl would fetch it, robots.txt obeyed; a file (or - for standard input) is read. Nothing is
    stored.
    """
    if render and not _is_address(page):
        raise click.BadParameter("--render needs a web address; a file is judged as it is")
    config = load(config_path)
    targets = _chosen(config, names)
    try:
        fetched = _fetched(page, config, render=render) if _is_address(page) else _read(page, url)
    except FetchError as error:
        analysis = _unseen(page, str(error), targets, now())
    else:
        watchlist = compile_watchlist(targets, lessons_for(config, feedback_file))
        publisher = config.publisher(registrable_domain(host_of(fetched.url)))
        analysis = analyse(fetched, watchlist, now=now(), publisher=publisher, rules=config.rules)
    if as_lines:
        for finding in _of_every_target(analysis, targets):
            click.echo(json.dumps(as_json(finding), ensure_ascii=False))
    else:
        named = {finding.target for finding, _ in analysis.findings}
        show(console(), analysis, [target.name for target in targets if target.name not in named])
    return EXIT_CODES["unreachable"] if analysis.state is PageState.ERROR else EXIT_CODES["fine"]


def _chosen(config: Config, names: tuple[str, ...]) -> tuple[Target, ...]:
    known = {target.name: target for target in config.targets}
    for name in names:
        if name not in known:
            some = ", ".join(list(known)[:8])
            raise click.BadParameter(f"{name!r} is not a target of {config.path.name}; there are: {some}")
    return tuple(known[name] for name in dict.fromkeys(names)) if names else config.targets


def _is_address(page: str) -> bool:
    return page.lower().startswith(("http://", "https://"))


def _fetched(url: str, config: Config, *, render: bool) -> Page:
    from mentions.crawling.fetch import fetch_one  # starts Twisted's reactor: only where something is fetched

    if split(url) is None:
        raise click.BadParameter(f"{url!r} is not a web address")
    return fetch_one(url, config, render=render)


def _read(name: str, url: str | None) -> Page:
    """A saved page. Raises ConfigError where it cannot be read, with what to do instead."""
    if url is not None and (not _is_address(url) or split(url) is None):
        raise click.BadParameter(f"--url {url!r} is not a web address")
    path = Path(name)
    if name.lower().endswith((".warc", ".warc.gz", ".warc.zst")):
        raise click.BadParameter(f"{name} is an archive; use: mentions scan {name}")
    try:
        if name == "-":
            body = sys.stdin.buffer.read(_LARGEST_FILE + 1)
        else:
            with path.open("rb") as file:
                body = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        hint = "" if path.exists() else "; a web address starts with https://"
        raise ConfigError(f"cannot be read: {error.strerror}{hint}", path=path) from error
    if len(body) > _LARGEST_FILE:
        raise ConfigError(f"is larger than {_LARGEST_FILE:,} bytes; that is no page", path=path)
    return Page(url=url or _own_address(body) or _NOWHERE, body=body)


def _own_address(body: bytes) -> str | None:
    head = body[:500_000]
    found = _SAVED_FROM.search(head[:4096]) or _OF_ITSELF.search(head)
    address = found[1].decode("utf-8", "replace") if found else None
    return address if address and split(address) else None


def _unseen(url: str, reason: str, targets: tuple[Target, ...], moment: datetime) -> Analysis:
    """The analysis of a page that could not be fetched: unknown for every target, never "no link"."""
    findings = []
    for target in targets:
        finding = unknown(url, target, reason)
        findings.append((finding, assess(finding, target, now=moment)))
    return Analysis(Page(url, b""), None, tuple(findings), PageState.ERROR, reason)


def _of_every_target(analysis: Analysis, targets: tuple[Target, ...]) -> list[Finding]:
    found = {finding.target: finding for finding, _ in analysis.findings}
    return [found.get(target.name) or _without_evidence(analysis, target) for target in targets]


def _without_evidence(analysis: Analysis, target: Target) -> Finding:
    if analysis.reason:
        return unknown(analysis.page.url, target, analysis.reason)
    bare = Finding(analysis.page.url, target.name, Verdict.NOT_MENTIONED, reasons=("the page does not name us",))
    about = analysis.article.metadata if analysis.article else None
    if about is None:
        return bare
    author = ", ".join(about.authors) or None
    return replace(bare, title=about.title, author=author, published=about.published, language=about.language)
