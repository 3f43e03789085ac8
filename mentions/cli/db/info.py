"""`mentions db info`: where the database is, how large, and what it holds."""

import json
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.db.common import beside, megabytes
from mentions.config import Config


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs.")
def info(config_path: Path | None, *, as_json: bool) -> int:
    """Show where the database is, how large it is, what it holds, and what belongs to it. Changes nothing."""
    config = load(config_path)
    found = _found(config)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_row("database", found["database"])
    table.add_row("schema", found["schema"] or "none yet")
    if found["bytes"] is not None:
        table.add_row("size", megabytes(found["bytes"]))
    table.add_row("last run", found["last_run"] or "none yet")
    for what, where in found["beside"].items():
        table.add_row(what, where)
    for copy in found["copies"]:
        table.add_row("earlier state", copy)
    screen.print(table)
    if found["rows"]:
        rows = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        rows.add_column()
        rows.add_column(justify="right")
        for name, count in found["rows"].items():
            rows.add_row(name, f"{count:,}")
        screen.print("\nRows")
        screen.print(rows)
    return EXIT_CODES["fine"]


def _found(config: Config) -> dict[str, Any]:
    """Keys are stable. `bytes`: with what still lies in the journal; None: on a server, or not there yet."""
    from mentions.store import is_there, open_store, upgrading
    from mentions.store.backups import copies_beside
    from mentions.store.checkup import rows_by_table
    from mentions.store.engine import parse_url, shown, sqlite_path
    from mentions.store.migrations import HEAD

    url = parse_url(config.store_url)
    path = sqlite_path(url)
    schema = upgrading.check(config.store_url)
    last_run = None
    if schema == HEAD:
        store = open_store(config.store_url, upgrade=False, key=config.store_key)
        run = store.last_run()
        store.close()
        last_run = f"{run.kind}, {run.started_at:%Y-%m-%d %H:%M} UTC, {run.state.value}" if run else None
    files = [] if path is None else [path.with_name(path.name + end) for end in ("", "-wal")]
    sizes = [file.stat().st_size for file in files if file.exists()]
    return {
        "database": shown(url) + ("" if is_there(config.store_url) else " (not there yet)"),
        "schema": schema,
        "bytes": sum(sizes) if sizes else None,
        "last_run": last_run,
        "beside": dict(beside(config)),
        "copies": [str(copy) for copy in copies_beside(url)],
        "rows": rows_by_table(config.store_url) if schema else {},
    }
