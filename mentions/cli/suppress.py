"""`mentions suppress`: who must never be written to."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.suppression_files import export, import_
from mentions.cli.words import clean
from mentions.login_names import login_name
from mentions.outreach.forbidden import delete_files
from mentions.outreach.suppression import Suppression, SuppressionKind, entry_of

if TYPE_CHECKING:
    from mentions.store import Store

_HASH_SHOWN = 12  # digits; enough to name one entry of a list of any length people keep


@click.group()
def suppress() -> None:
    """Say who must never be written to: a person's address, or a domain with everything under it.

    Addresses are kept as hashes only, so that the list itself gives nobody away. It is asked whenever an email is
    drafted, approved, exported or handed off.
    """


suppress.add_command(import_)
suppress.add_command(export)


def _who(command: Any) -> Any:
    by = click.option("--by", help="Who says so. [default: your login name]")
    return config_option(click.argument("entries", metavar="ADDRESS|DOMAIN…", nargs=-1, required=True)(by(command)))


@suppress.command()
@_who
@click.option("--reason", help="Why, in your words; shown where an email is refused. No names or addresses, please.")
def add(config_path: Path | None, entries: Sequence[str], by: str | None, reason: str | None) -> int:
    """Never write to these addresses or domains any more.

    A domain takes its subdomains with it. From now on no email to them can be approved, exported or handed off. Their
    .eml files are taken out of the drafts folder.
    """
    _check(entries)
    with _store(config_path) as store:
        for entry in entries:
            new = store.suppress(entry, reason=reason, by=by or login_name(), now=now())
            click.echo(f"{clean(entry)}: {'suppressed' if new else 'was suppressed already'}")
        deleted = delete_files(store.drafts(), store.suppression_list(), load(config_path).drafts_folder)
    if deleted:
        files = "1 draft file" if len(deleted) == 1 else f"{len(deleted)} draft files"
        click.echo(f"{files} deleted: {', '.join(path.name for path in deleted)}")
    return EXIT_CODES["fine"]


@suppress.command(short_help="Take addresses, domains or hashes off the list.")
@_who
def remove(config_path: Path | None, entries: Sequence[str], by: str | None) -> int:
    """Take addresses, domains or hashes (as the list shows them) off the list.

    Ends with exit code 1 when one of them was not on it.
    """
    missing = False
    with _store(config_path) as store:
        for entry in entries:
            try:
                found = store.unsuppress(entry, by=by or login_name(), now=now())
            except ValueError as error:
                raise click.BadParameter(f"{entry!r}: {error}", param_hint="ADDRESS|DOMAIN") from error
            missing = missing or not found
            click.echo(f"{clean(entry)}: {'taken off the list' if found else 'is not on the list'}")
    return EXIT_CODES["error" if missing else "fine"]


@suppress.command(name="list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, *, as_json: bool) -> int:
    """Show the list. Of an address only the beginning of its hash is shown: `check` tells whose it is."""
    with _store(config_path) as store:
        entries = store.suppressions()
    if as_json:
        for entry in entries:
            click.echo(json.dumps(_row(entry), ensure_ascii=False))
        return EXIT_CODES["fine"]
    if not entries:
        console().print("Nobody is on the list. Add somebody: [bold]mentions suppress add ADDRESS|DOMAIN[/]")
        return EXIT_CODES["fine"]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for heading in ("Since", "By", "Domain or hash of an address", "Reason"):
        table.add_column(heading, overflow="fold")
    for entry in entries:
        domain = entry.kind is SuppressionKind.DOMAIN
        what = Text(entry.value if domain else f"{entry.value[:_HASH_SHOWN]} …", style="" if domain else "dim")
        table.add_row(f"{entry.created_at:%Y-%m-%d}", clean(entry.created_by), what, clean(entry.reason or ""))
    screen = console()
    screen.print(table)
    screen.print(f"{len(entries):,} {'entry' if len(entries) == 1 else 'entries'}.")
    return EXIT_CODES["fine"]


@suppress.command()
@config_option
@click.argument("entry", metavar="ADDRESS|DOMAIN")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs.")
def check(config_path: Path | None, entry: str, *, as_json: bool) -> int:
    """Say whether somebody may be written to. Ends with exit code 1 when they must not."""
    _check([entry])
    kind, value = entry_of(entry)
    address, domain = (value, value.rpartition("@")[2]) if kind is SuppressionKind.ADDRESS else (None, value)
    with _store(config_path) as store:
        reason = store.suppressed(address, domain)
    if as_json:
        click.echo(json.dumps({"suppressed": reason is not None, "reason": reason}, ensure_ascii=False))
    else:
        click.echo(f"Do not write: {reason}." if reason else "Nothing on the list forbids writing there.")
    return EXIT_CODES["error" if reason else "fine"]


def _check(entries: Sequence[str]) -> None:
    """All of them before any is written: a slip of the pen changes nothing."""
    for entry in entries:
        try:
            entry_of(entry)
        except ValueError as error:
            raise click.BadParameter(f"{entry!r}: {error}", param_hint="ADDRESS|DOMAIN") from error


def _row(entry: Suppression) -> dict[str, object]:
    return {
        "kind": entry.kind.value,
        "value": entry.value,
        "reason": entry.reason,
        "added_at": entry.created_at.isoformat(),
        "added_by": entry.created_by,
        "key_id": entry.key_id,
    }


@contextmanager
def _store(config_path: Path | None) -> Iterator["Store"]:
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        yield store
    finally:
        store.close()
