"""`mentions pages redirects`: what would mend links to pages of ours that are gone."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

import click

from mentions.cli.common import EXIT_CODES, config_option, format_option, load
from mentions.exports.files import Row, write_csv
from mentions.own_pages.overview import OwnPage, PageStanding
from mentions.own_pages.redirect_lines import Redirect, apache, nginx

COLUMNS: Final = (
    "lost_page",
    "problem",
    "referring_domains",
    "referring_pages",
    "suggested_page",
    "score",
    "why",
    "linked_from",
)
_LINKING_NAMED: Final = 20  # in one cell


class Form(StrEnum):
    """What the redirects are written for."""

    CSV = "csv"
    NGINX = "nginx"
    APACHE = "apache"


@click.command()
@config_option
@format_option(Form, Form.CSV, "csv to look through; nginx or apache: lines for the server's configuration.")
@click.option("--all", "everything", is_flag=True, help="Also pages that are gone and that nobody is known to link to.")
def redirects(config_path: Path | None, form: str, *, everything: bool) -> int:
    """Write the redirects that would mend links to your pages that are gone.

    For each lost page, the live page of yours that resembles it most, by its address and by the words of the links to
    it. These are suggestions: look at each. Where none resembles it, none is named, and never the home page, which
    search engines treat as "not found". csv names lost pages without a suggestion too.
    """
    from mentions.own_pages.reading import read_own_pages
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        pages, _ = read_own_pages(store, config)
    finally:
        store.close()
    gone = [page for page in pages if page.standing is PageStanding.GONE and (page.domains or everything)]
    if form == Form.CSV:
        write_csv(map(_row, gone), COLUMNS, sys.stdout.buffer)
    else:
        for line in _server_lines(gone, Form(form)):
            click.echo(line)
    without = sum(page.suggestion is None for page in gone)
    click.echo(_said(len(gone), without), err=True)
    return EXIT_CODES["fine"]


def _row(page: OwnPage) -> Row:
    suggestion = page.suggestion
    linking = list(dict.fromkeys(link.page_url for link in page.links if link.stands))
    return {
        "lost_page": page.url,
        "problem": page.problem,
        "referring_domains": page.domains,
        "referring_pages": page.pages,
        "suggested_page": suggestion.url if suggestion else None,
        "score": suggestion.score if suggestion else None,
        "why": suggestion.why if suggestion else "no page of yours resembles it",
        "linked_from": " ".join(linking[:_LINKING_NAMED]),
    }


def _server_lines(gone: Sequence[OwnPage], form: Form) -> Iterator[str]:
    lines = nginx if form is Form.NGINX else apache
    return lines(Redirect(page.url, page.suggestion.url) for page in gone if page.suggestion)


def _said(gone: int, without: int) -> str:
    if not gone:
        return "No page of yours that others link to is gone."
    pages = "1 page is gone" if gone == 1 else f"{gone:,} pages are gone"
    return f"{pages}; for {without:,} no page of yours resembles it." if without else f"{pages}."
