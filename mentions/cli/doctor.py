"""`mentions doctor`: what is missing, in plain words."""

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.doctor import Diagnosis, Health, examine

# A sign and a word beside the colour: colour is never the only sign.
SIGNS = {Health.FINE: "[green]✓ fine[/]", Health.ADVICE: "[yellow]! advice[/]", Health.MISSING: "[red]✗ missing[/]"}


@click.command()
@config_option
def doctor(config_path: Path | None) -> int:
    """Say in plain words what is missing before a run.

    Looks at the configuration and this machine, and logs in to the mailbox of [imap], where there is one; asks nothing
    else of the network. Exit code 0 when a run can start, 2 when something is missing.
    """
    from mentions.outreach.handoff.checking import look_over

    config = load(config_path)
    screen = console()
    screen.print(f"Configuration: {escape(str(config.path))}")
    diagnoses = list(examine(config, _open, look_over))
    screen.print(_table(diagnoses))
    missing = sum(d.health is Health.MISSING for d in diagnoses)
    if missing:
        screen.print(f"{missing} thing{'s' if missing > 1 else ''} missing; the advice says what to do.")
        return EXIT_CODES["configuration"]
    screen.print("Ready. Next: [bold]mentions nightly[/]")
    return 0


def _open(url: str, *, key: str | None) -> None:
    """Opens the store and asks its suppression list, which says so when its key is lost."""
    from mentions.store import open_store

    store = open_store(url, key=key)
    try:
        store.suppression_list()
    finally:
        store.close()


def _table(diagnoses: list[Diagnosis]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for diagnosis in diagnoses:
        says = escape(diagnosis.says) + (f"\n[dim]→ {escape(diagnosis.advice)}[/]" if diagnosis.advice else "")
        table.add_row(SIGNS[diagnosis.health], escape(diagnosis.subject), says)
    return table
