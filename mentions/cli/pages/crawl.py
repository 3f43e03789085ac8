"""`mentions pages crawl`: reading our own site."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import config_option, console, load, now, run_options
from mentions.cli.logs import errors_logged, log_format_option, log_to, style_of
from mentions.cli.night import run_as_json
from mentions.cli.pages.list_ import show
from mentions.cli.watching import watched
from mentions.cli.words import clean, hanging, indented
from mentions.config import Config
from mentions.operating import LogFormat
from mentions.store.records import RunSummary


@click.command()
@config_option
@run_options
@log_format_option
def crawl(config_path: Path | None, *, quiet: bool, as_json: bool, log_format: str | None) -> int:
    """Read your own site, to know which of your pages link to which.

    Home pages of your targets' domains and pages that others link to come first, then what they link to, at most
    own_site.max_pages pages, within robots.txt and at the usual pace. Then it is known how many clicks each linked page
    is from your home page, and which of them no other page of yours links to. `mentions nightly` does this too, where
    own_site.every_days says how often.
    """
    with errors_logged(style_of(log_format)):
        config = load(config_path)
    style = style_of(log_format, config)
    with errors_logged(style):
        return _read(config, style, quiet=quiet, as_json=as_json)


def _read(config: Config, style: LogFormat, *, quiet: bool, as_json: bool) -> int:
    from mentions.crawling.runner import OWN_SITE, exit_code, run_crawl
    from mentions.own_pages.reading import read_own_pages
    from mentions.store import open_store

    err = console(stderr=True)
    log_to(err, style)
    due = config.model_copy(update={"own_site": config.own_site.at_once()})
    with watched(err, quiet=quiet, logged=style is LogFormat.JSON) as on_progress:
        run = run_crawl(due, [OWN_SITE], now=now, on_progress=on_progress, kind="pages")
    code = exit_code(run)
    if as_json:
        click.echo(json.dumps(run_as_json(run, code), ensure_ascii=False))
        return code
    store = open_store(config.store_url, key=config.store_key)
    try:
        pages, site = read_own_pages(store, config)
    finally:
        store.close()
    screen = console()
    screen.print(Text(_said(run), style="bold"))
    for warning in run.warnings:
        screen.print(indented(hanging("-", Text(clean(warning), style="yellow")), 2))
    screen.print()
    show(screen, pages, site)
    return code


def _said(run: RunSummary) -> str:
    pages, failed = run.counts.get("own_site/pages", 0), run.counts.get("own_site/failed", 0)
    left = run.counts.get("own_site/left", 0)
    said = f"{pages:,} answers of your own site."
    if failed:
        said += f" {failed:,} {'page' if failed == 1 else 'pages'} could not be read."
    if left:
        said += f" {left:,} more known, and left out by own_site.max_pages."
    return said
