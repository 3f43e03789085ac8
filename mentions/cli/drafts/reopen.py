"""`mentions drafts reopen`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
def reopen(
    config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool
) -> int:
    """Take back a skip, a decline or a no-reply: the draft waits again."""
    return decide_each(config_path, numbers, Decision(Move.REOPEN), note=note, by=by, as_json=as_json)
