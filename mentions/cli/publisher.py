"""`mentions publisher add`: declares a site, from what it says of itself."""

import os
import shutil
import tempfile
from codecs import BOM_UTF8
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.words import clean
from mentions.config import Config, load_config
from mentions.config_mistakes import read_toml
from mentions.declaring import FoundSite, FoundSource, as_toml, chosen_sources, declaration
from mentions.exceptions import ConfigError, FetchError
from mentions.publishers import Publisher, SourceKind
from mentions.urls import host_of, registrable_domain, split

_FOLDER: Final = "publishers"
_INCLUDE: Final = f'include = ["{_FOLDER}/*.toml"]'
_KINDS: Final = {
    SourceKind.FEED: "feed",
    SourceKind.NEWS_SITEMAP: "news sitemap",
    SourceKind.SITEMAP: "sitemap",
    SourceKind.LISTING: "listing",
}
_PROBLEMS_SHOWN: Final = 6


@click.group()
def publisher() -> None:
    """Declare publishers."""


@publisher.command()
@config_option
@click.argument("url")
@click.option("--print", "only_print", is_flag=True, help="Show the declaration instead of writing it.")
def add(config_path: Path | None, url: str, *, only_print: bool) -> int:
    """Look a site over, politely, and declare it as a publisher.

    Its robots.txt, front page, feeds and sitemaps are asked for as a crawl would ask; the declaration goes to
    publishers/DOMAIN.toml beside mentions.toml, to be read and changed. Nothing that exists is overwritten; where
    mentions.toml includes no other files yet, one line is put at its top.
    """
    config = load(config_path)
    url = url if "://" in url else f"https://{url}/"
    if split(url) is None:
        raise click.BadParameter(f"{url!r} is not a web address")
    _refuse_known(config, registrable_domain(host_of(url)))
    screen = console(stderr=only_print)
    try:
        site = _explored(url, config)
    except FetchError as error:
        click.echo(f"mentions: {error}", err=True)
        click.echo(_advice(str(error)), err=True)
        return EXIT_CODES["unreachable"]
    _refuse_known(config, site.domain)
    _show(screen, site)
    try:
        declared = declaration(site, now=now())
    except ValueError:
        click.echo(
            f"mentions: {site.domain}: no feed, sitemap or list of articles was found. Where you know one, see what it "
            "yields with  mentions sources test URL ; a site without any can be walked page by page with `crawl`.",
            err=True,
        )
        return EXIT_CODES["error"]
    text = as_toml(declared, remarks=_remarks(site, now()))
    if only_print:
        click.echo(text, nl=False)
        return EXIT_CODES["fine"]
    return _write(config, declared, text)


def _explored(url: str, config: Config) -> FoundSite:
    from mentions.crawling.exploring import explore  # starts Twisted's reactor: only where something is fetched

    return explore(url, config)


def _refuse_known(config: Config, domain: str) -> None:
    if config.publisher(domain) is not None:
        raise ConfigError(f"the publisher {domain} is declared already; change it there", path=config.path)


def _advice(problem: str) -> str:
    if "robots.txt asks" in problem:
        return "The site does not want to be crawled by us, so it cannot be a publisher. Its editors may allow it."
    return "Is the address right? A browser shows whether the site is there."


def _show(screen: Console, site: FoundSite) -> None:
    screen.print(Text.assemble((clean(site.name or site.domain), "bold"), f"  {site.domain}  {site.language or ''}"))
    allowed = "robots.txt allows us" + (", by our name" if site.named_us else "")
    delay = f", and asks for {site.crawl_delay_s:g} s between two pages" if site.crawl_delay_s else ""
    screen.print(Text(allowed + delay))
    used = chosen_sources(site)
    for source in site.sources:
        screen.print(_line(source, used=source in used))
    for problem in site.problems[:_PROBLEMS_SHOWN]:
        screen.print(Text(f"! {clean(problem)}", style="dim", overflow="fold"))
    if len(site.problems) > _PROBLEMS_SHOWN:
        screen.print(Text(f"! and {len(site.problems) - _PROBLEMS_SHOWN} more that could not be used", style="dim"))


def _line(source: FoundSource, *, used: bool) -> Text:
    held = f"{source.sitemaps:,} sitemaps" if source.sitemaps else f"{len(source.pages):,} pages"
    dated = sorted(page.dated for page in source.pages if page.dated)
    newest = f", newest {dated[-1]:%Y-%m-%d}" if dated else ""
    mark = "+" if used else "-"
    words = f"{mark} {_KINDS.get(source.kind, source.kind.value)}  {clean(source.url)}  {held}{newest}"
    return Text(words if used else f"{words}  (says nothing that the others do not)", overflow="fold")


def _remarks(site: FoundSite, moment: datetime) -> Sequence[str]:
    remarks = [f"Found by `mentions publisher add` at {site.front_url} on {moment:%Y-%m-%d}."]
    if site.crawl_delay_s:
        remarks.append(f"Its robots.txt asks for {site.crawl_delay_s:g} s between two pages; that is obeyed by itself.")
    if all(source.kind is SourceKind.LISTING for source in chosen_sources(site)):
        remarks.append("No feed and no sitemap were found: articles are told from other links by their looks.")
    return remarks


def _write(config: Config, declared: Publisher, text: str) -> int:
    path = config.folder / _FOLDER / f"{declared.domain.replace('/', '_')}.toml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError("exists already, and nothing was changed; remove it, or use --print", path=path) from None
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=path) from error
    click.echo(f"Wrote {path}")
    if load_config(config.path).publisher(declared.domain) is None:
        if _included(config.path):
            click.echo(f"{config.path.name} now begins with  {_INCLUDE}  so that it is used")
        else:
            click.echo(
                f"It is not used yet: put  {_INCLUDE}  at the very top of {config.path}, or add it to its include"
            )
    return EXIT_CODES["fine"]


def _included(path: Path) -> bool:
    """Puts the line that includes the folder at the top of the configuration, where that is all that is missing.

    False: it has an `include` already, which is its owner's; or it cannot be written, or would not load any more.
    """
    if "include" in read_toml(path):
        return False
    text = path.read_bytes()
    try:
        _replace(path, f"{_INCLUDE}\n\n".encode() + text.removeprefix(BOM_UTF8))
    except OSError:
        return False
    try:
        load_config(path)
    except ConfigError:  # another file of the folder, from earlier, is wrong or declares a publisher twice
        _replace(path, text)
        return False
    return True


def _replace(path: Path, text: bytes) -> None:
    """Whole or not at all, with the owner and rights it had; where it is a link, what it leads to. Raises OSError."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        os.chown(name, path.stat().st_uid, path.stat().st_gid)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
