"""`mentions drafts unapprove`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
def unapprove(
    config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool
) -> int:
    """Take an approval back: the email is a draft again.

    Also for one that was handed off: delete it in your mail program first.
    """
    return decide_each(config_path, numbers, Decision(Move.UNAPPROVE), note=note, by=by, as_json=as_json)
