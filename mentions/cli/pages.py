"""`mentions pages`: your own pages behind links, and which of them are gone."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mentions.cli.common import config_option, console, load
from mentions.cli.words import clean
from mentions.destinations import Destination
from mentions.urls import canonical_url


@click.command()
@config_option
@click.option("--dead", is_flag=True, help="Only those that are gone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def pages(config_path: Path | None, *, dead: bool, as_json: bool) -> int:
    """Show your own pages behind links, and which of them are gone.

    A run looks at the pages that mentions.toml names and at those that articles link to, now and then (looks in
    mentions.toml). A link to a page that is gone brings no reader: its article is listed as misdirected, and a redirect
    on your own site mends it without asking anybody.
    """
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    found = [page for page in store.own_pages() if page.is_dead or not dead]
    found.sort(key=lambda page: (not page.is_dead, page.problem is None, page.url))
    if as_json:
        for page in found:
            click.echo(json.dumps(_row(page), ensure_ascii=False))
    elif found:
        _show(console(), found)
    else:
        what = "No page of yours is gone" if dead else "No page of yours was looked at"
        click.echo(f"{what} so far. A run looks: mentions nightly")
    return 0


def _show(screen: Console, found: Sequence[Destination]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("state", no_wrap=True)
    table.add_column("looked at", no_wrap=True)
    table.add_column("page", overflow="fold")
    for page in found:
        says = [escape(clean(page.url))]
        if page.final_url and canonical_url(page.final_url) != canonical_url(page.url):
            says.append(f"[dim]leads to {escape(clean(page.final_url))}[/]")
        if page.problem:
            says.append(f"[dim]{escape(clean(page.problem))}[/]")
        table.add_row(_state(page), f"{page.looked_at:%Y-%m-%d}", "\n".join(says))
    screen.print(table)
    gone = sum(page.is_dead for page in found)
    if gone:
        screen.print(f"\n{gone} gone. A redirect on your own site mends every link to such a page at once.")


def _state(page: Destination) -> str:
    """A word beside the colour: colour is never the only sign."""
    if page.is_dead:
        return "[red]✗ gone[/]"
    return "[yellow]? unsure[/]" if page.problem else "[green]✓ there[/]"


def _row(page: Destination) -> dict[str, object]:
    return {
        "url": page.url,
        "dead": page.is_dead,
        "final_url": page.final_url,
        "http_status": page.http_status,
        "problem": page.problem,
        "looked_at": page.looked_at.isoformat(),
    }
