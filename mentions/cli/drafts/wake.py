"""`mentions drafts wake`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
def wake(config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool) -> int:
    """Take up again what was put off with `mentions drafts snooze`."""
    return decide_each(config_path, numbers, Decision(Move.WAKE), note=note, by=by, as_json=as_json)
