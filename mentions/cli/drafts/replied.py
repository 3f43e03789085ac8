"""`mentions drafts replied`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
def replied(
    config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool
) -> int:
    """Say that the editor answered. No follow-up will be drafted."""
    return decide_each(config_path, numbers, Decision(Move.REPLIED), note=note, by=by, as_json=as_json)
