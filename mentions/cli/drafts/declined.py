"""`mentions drafts declined`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
@click.option("--reason", help="What the editor said, in a few words.")
def declined(
    config_path: Path | None,
    numbers: tuple[int, ...],
    note: str | None,
    by: str | None,
    reason: str | None,
    *,
    as_json: bool,
) -> int:
    """Say that the editor does not want to. Nobody is asked about this article again.

    To be left alone altogether is another wish: `mentions suppress add` keeps that one.
    """
    return decide_each(config_path, numbers, Decision(Move.DECLINED, reason=reason), note=note, by=by, as_json=as_json)
