"""`mentions sources test`: what a source yields, before it is declared."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions.archive import read_pages
from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.words import clean
from mentions.config import Config
from mentions.exceptions import ArchiveError, ConfigError, FetchError, SourceError, StoreError
from mentions.publishers import SourceKind
from mentions.sources import Announced, Reading, Source, read_source
from mentions.sources.recognising import recognise
from mentions.urls import canonical_url, host_of, registrable_domain, split

_LARGEST_FILE: Final = 200_000_000  # bytes
_SHOWN: Final = 20  # pages in the table, where nobody asks for more
_KINDS: Final = {
    SourceKind.FEED: "a feed",
    SourceKind.NEWS_SITEMAP: "a news sitemap",
    SourceKind.SITEMAP: "a plain sitemap",
    SourceKind.LISTING: "a page that lists articles",
    SourceKind.CRAWL: "the start of a site that is crawled page by page",
    SourceKind.SEARCH: "a feed of search results",
    SourceKind.GDELT: "an answer of GDELT",
    SourceKind.LIST: "a list of addresses",
    SourceKind.ARCHIVE: "an archive of saved pages",
}
# How it is declared. Kinds that are not here have no line of their own in mentions.toml.
_DECLARED: Final = {
    SourceKind.FEED: "[[publishers]]  feeds = [{0}]",
    SourceKind.NEWS_SITEMAP: "[[publishers]]  news_sitemaps = [{0}]",
    SourceKind.SITEMAP: "[[publishers]]  sitemaps = [{0}]",
    SourceKind.LISTING: "[[publishers]]  listings = [{0}]",
    SourceKind.CRAWL: "[[publishers]]  crawl = [{0}]",
    SourceKind.SEARCH: "[[targets]]  searches = [{0}]",
    SourceKind.LIST: "[[lists]]  file = {0}",
    SourceKind.ARCHIVE: "[[archives]]  file = {0}",
}


@dataclass(frozen=True, slots=True)
class Tested:
    """A source that was read."""

    where: str
    kind: SourceKind
    reading: Reading
    known: frozenset[str] | None  # keys of the pages that the store knows; None: there is no store yet


@click.group()
def sources() -> None:
    """Look at the ways pages are found."""


@sources.command()
@config_option
@click.argument("source", metavar="URL-OR-FILE")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in _KINDS]), help="Read it as this. [default: by looking]"
)
@click.option(
    "--pattern", help="Regular expression for the addresses of a listing, as listing_pattern in mentions.toml."
)
@click.option("--limit", type=click.IntRange(min=1), default=_SHOWN, show_default=True, help="Pages shown.")
@click.option("--json", "as_lines", is_flag=True, help="Every page as one line of JSON.")
def test(
    config_path: Path | None, source: str, kind: str | None, pattern: str | None, limit: int, *, as_lines: bool
) -> int:
    """Show what a source yields: feed, sitemap, listing, search, list of addresses, archive.

    A URL is fetched as a crawl would fetch it, robots.txt obeyed; a file is read. Nothing is stored.
    """
    config = load(config_path)
    try:
        body, url, content_type = _fetched(source, config) if _is_address(source) else _read(source)
        found = SourceKind(kind) if kind else recognise(body, url, content_type)
        reading = (
            _of_archive(source) if found is SourceKind.ARCHIVE
            else read_source(Source(source, found), body, url, content_type, listing_pattern=pattern)
        )  # fmt: skip
    except FetchError as error:
        click.echo(f"mentions: {error}", err=True)
        return EXIT_CODES["unreachable"]
    except (SourceError, ArchiveError) as error:
        click.echo(f"mentions: {source}: {error}", err=True)
        return EXIT_CODES["error"]
    tested = Tested(source, found, reading, _known(config, _pages(reading)))
    if as_lines:
        _print_lines(tested)
    else:
        _show(console(), tested, limit)
    return EXIT_CODES["fine"]


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _fetched(url: str, config: Config) -> tuple[bytes, str, str | None]:
    from mentions.crawling.fetch import fetch_one  # starts Twisted's reactor: only where something is fetched

    if split(url) is None:
        raise click.BadParameter(f"{url!r} is not a web address")
    page = fetch_one(url, config)
    return page.body, page.url, page.headers.get("content-type")


def _read(name: str) -> tuple[bytes, str, str | None]:
    path = Path(name)
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        hint = "" if os.path.lexists(path) else "; a web address starts with https://"
        raise ConfigError(f"cannot be read: {error.strerror}{hint}", path=path) from error
    # An archive of any size is read page by page later; its beginning is enough to recognise it.
    if len(body) > _LARGEST_FILE and recognise(body) is not SourceKind.ARCHIVE:
        raise ConfigError(f"is larger than {_LARGEST_FILE:,} bytes", path=path)
    return body, "", None


def _of_archive(name: str) -> Reading:
    return Reading(tuple(Announced(page.url, modified=page.fetched_at) for page in read_pages(Path(name))))


def _pages(reading: Reading) -> Sequence[Announced]:
    return reading.pages or [Announced(link.url, link.title) for link in reading.links]


def _known(config: Config, pages: Sequence[Announced]) -> frozenset[str] | None:
    from mentions.store import open_store  # here, because importing it takes longer than reading most sources

    try:
        store = open_store(config.store_url, upgrade=False, key=config.store_key)
        try:
            return frozenset(store.known([canonical_url(page.url) for page in pages]))
        finally:
            store.close()
    except StoreError:
        return None  # nobody has crawled yet: everything is new


def _print_lines(tested: Tested) -> None:
    for page in _pages(tested.reading):
        known = canonical_url(page.url) in tested.known if tested.known is not None else None
        line = {
            "url": page.url,
            "title": page.title,
            "published": page.published.isoformat() if page.published else None,
            "modified": page.modified.isoformat() if page.modified else None,
            "known": known,
            "kind": tested.kind.value,
        }
        click.echo(json.dumps(line, ensure_ascii=False))
    for sitemap in tested.reading.sitemaps:
        modified = sitemap.modified.isoformat() if sitemap.modified else None
        click.echo(json.dumps({"sitemap": sitemap.url, "modified": modified, "kind": tested.kind.value}))


def _show(screen: Console, tested: Tested, limit: int) -> None:
    reading, pages = tested.reading, _pages(tested.reading)
    screen.print(Text.assemble((clean(tested.where), "bold"), f" is {_KINDS[tested.kind]}"))
    screen.print(_counted(tested, pages))
    if pages:
        screen.print()
        screen.print(_table(tested, pages[:limit]))
        if len(pages) > limit:
            screen.print(Text(f"and {len(pages) - limit:,} more (--limit {len(pages)} shows all)", style="dim"))
    for sitemap in islice(reading.sitemaps, limit):
        when = f"{sitemap.modified:%Y-%m-%d}" if sitemap.modified else "no date   "
        screen.print(Text(f"{when}  {clean(sitemap.url)}", overflow="fold"))
    for problem in reading.problems:
        screen.print(Text(f"! {clean(problem)}", style="yellow"))
    if reading.cut:
        screen.print(Text("! it holds more than is read; only its beginning was looked at", style="yellow"))
    if reading.next_page:
        screen.print(Text(f"goes on at {clean(reading.next_page)}", style="dim", overflow="fold"))
    declared = _declaration(tested)
    if declared and not reading.empty:
        screen.print()
        screen.print("To use it, write in mentions.toml:")
        screen.print(Text(f"  {declared}", overflow="fold"))


def _declaration(tested: Tested) -> str | None:
    """The line of mentions.toml; None where such a source cannot be declared: a saved sitemap is out of date soon."""
    kind = tested.kind
    if not _is_address(tested.where) and kind in {SourceKind.FEED, SourceKind.SEARCH}:
        kind = SourceKind.LIST  # a saved feed is a list of addresses
    if _is_address(tested.where) is (kind in {SourceKind.LIST, SourceKind.ARCHIVE}) or kind not in _DECLARED:
        return None
    return _DECLARED[kind].format(json.dumps(tested.where, ensure_ascii=False))


def _counted(tested: Tested, pages: Sequence[Announced]) -> Text:
    if tested.reading.sitemaps and not pages:
        return Text(f"It is an index of {len(tested.reading.sitemaps):,} sitemaps; test one of them to see its pages.")
    if not pages:
        return Text("It announces nothing. That is a problem only if it stays so.", style="yellow")
    dates = sorted(page.dated for page in pages if page.dated)
    words = "1 page" if len(pages) == 1 else f"{len(pages):,} pages"
    if tested.known is not None:
        known = sum(canonical_url(page.url) in tested.known for page in pages)
        words += f", {len(pages) - known:,} new and {known:,} known already"
    if dates:
        words += f"; from {dates[0]:%Y-%m-%d} to {dates[-1]:%Y-%m-%d}"
        undated = len(pages) - len(dates)
        words += f", {undated:,} without a date" if undated else ""
    else:
        words += "; without dates"
    return Text(words + ".")


def _table(tested: Tested, pages: Sequence[Announced]) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("date", no_wrap=True)
    table.add_column("title and address", overflow="fold", ratio=1)
    if tested.known is not None:
        table.add_column("", no_wrap=True)
    sites = {registrable_domain(host_of(page.url)) for page in pages}
    for page in pages:
        title = Text(clean(page.title), overflow="ellipsis", no_wrap=True) if page.title else None
        address = Text(clean(page.url), style="dim" if title else "", overflow="fold")
        words = Text("\n").join([title, address]) if title else address
        cells: list[str | Text] = [f"{page.dated:%Y-%m-%d}" if page.dated else "", words]
        if tested.known is not None:
            cells.append("known" if canonical_url(page.url) in tested.known else "new")
        table.add_row(*cells)
    if len(sites) > 1:
        table.caption = f"on {len(sites):,} sites"
        table.caption_justify = "left"
    return table
