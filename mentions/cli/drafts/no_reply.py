"""`mentions drafts no-reply`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command("no-reply")
@decision_options
def no_reply(
    config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool
) -> int:
    """Say that nothing came and nobody will ask again."""
    return decide_each(config_path, numbers, Decision(Move.NO_REPLY), note=note, by=by, as_json=as_json)
