"""`mentions db check`: is the database sound?"""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from mentions.cli.common import EXIT_CODES, config_option, console, load


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check, for other programs.")
def check(config_path: Path | None, *, as_json: bool) -> int:
    """Look whether the database is sound: file, schema, references, words, and what belongs together.

    Changes nothing, and may run beside anything. Ends with exit code 1 when something is wrong.
    """
    from mentions.store.checkup import check_up

    config = load(config_path)
    looked = []
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for checked in check_up(config.store_url):
        looked.append(checked)
        if as_json:
            click.echo(json.dumps(asdict(checked), ensure_ascii=False))
        advice = f"\n[dim]→ {escape(checked.advice)}[/]" if checked.advice and not checked.sound else ""
        sign = "[green]✓ sound[/]" if checked.sound else "[red]✗ wrong[/]"
        table.add_row(sign, checked.subject, escape(checked.says) + advice)
    wrong = sum(not checked.sound for checked in looked)
    if not as_json:
        console().print(table)
        console().print(
            f"{wrong} of {len(looked)} checks found something wrong." if wrong else "The database is sound."
        )
    return EXIT_CODES["error" if wrong else "fine"]
