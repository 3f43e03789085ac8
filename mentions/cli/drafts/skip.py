"""`mentions drafts skip`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
@click.option("--reason", required=True, help="Why nobody should ask; kept, and shown to whoever asks again.")
def skip(
    config_path: Path | None,
    numbers: tuple[int, ...],
    note: str | None,
    by: str | None,
    reason: str,
    *,
    as_json: bool,
) -> int:
    """Leave these alone for good, with a reason: no draft, no follow-up, no file.

    A later run never asks about them again; `mentions drafts reopen` takes it back.
    """
    return decide_each(config_path, numbers, Decision(Move.IGNORE, reason=reason), note=note, by=by, as_json=as_json)
