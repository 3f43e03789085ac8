"""`mentions disavow`: the domains whose links to us a person does not want to count."""

import json
from pathlib import Path

import click
from rich.console import Group
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.words import clean, indented
from mentions.login_names import login_name
from mentions.outreach.suppression import normal_domain


@click.group()
def disavow() -> None:
    """Mark domains whose links to you should not count, for Google's disavow file.

    Nothing is marked by itself: a link that looks bad is a person's decision. `mentions export disavow` writes the
    file.
    """


_by = click.option("--by", help="Who says so. [default: your login name]")
_domain = click.argument("domain")


@disavow.command()
@config_option
@_domain
@_by
@click.option("--reason", help="Why, in your words; stands as a comment in the file.")
def add(config_path: Path | None, domain: str, by: str | None, reason: str | None) -> int:
    """Mark DOMAIN, with everything under it."""
    from mentions.store import open_store

    config, name = load(config_path), _normal(domain)
    store = open_store(config.store_url, key=config.store_key)
    try:
        new = store.disavow(name, reason=reason, by=by or login_name(), now=now())
    finally:
        store.close()
    click.echo(f"{name} is marked" if new else f"{name} was marked already")
    return EXIT_CODES["fine"]


@disavow.command()
@config_option
@_domain
@_by
def remove(config_path: Path | None, domain: str, by: str | None) -> int:
    """Take the mark off DOMAIN."""
    from mentions.store import open_store

    config, name = load(config_path), _normal(domain)
    store = open_store(config.store_url, key=config.store_key)
    try:
        found = store.no_longer_disavow(name, by=by or login_name(), now=now())
    finally:
        store.close()
    click.echo(f"{name} is not marked any more" if found else f"{name} was not marked")
    return EXIT_CODES["fine"]


@disavow.command(name="list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, as_json: bool) -> int:
    """List the marked domains, with who marked them, when and why."""
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        marked = store.disavowed()
    finally:
        store.close()
    if as_json:
        for entry in marked:
            row = {"domain": entry.domain, "reason": entry.reason, "marked_by": entry.marked_by}
            click.echo(json.dumps({**row, "marked_at": entry.marked_at.isoformat()}, ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    if not marked:
        screen.print("No domain is marked.")
    for entry in marked:
        facts = f"since {entry.marked_at:%Y-%m-%d}, by {clean(entry.marked_by)}"
        why = f": {clean(entry.reason)}" if entry.reason else ""
        screen.print(Group(Text(entry.domain, style="bold"), indented(Text(facts + why, overflow="fold"), 4)))
    return EXIT_CODES["fine"]


def _normal(domain: str) -> str:
    try:
        return normal_domain(domain)
    except ValueError as refused:
        raise click.BadParameter(f"{domain!r}: {refused}", param_hint="DOMAIN") from refused
