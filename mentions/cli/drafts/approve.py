"""`mentions drafts approve`."""

from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
def approve(
    config_path: Path | None, numbers: tuple[int, ...], note: str | None, by: str | None, *, as_json: bool
) -> int:
    """Approve drafts: they may go into your mail program. Nothing is sent.

    NUMBER stands first in the list. A draft is refused while it has something to do (no recipient, no postal address,
    too long ...), when its recipient is on the suppression list, and when the article links to you by now. When we
    last looked at the article more than a day ago, that is said. Ends with exit code 3 when one was refused; the
    others are approved.
    """
    return decide_each(config_path, numbers, Decision(Move.APPROVE), note=note, by=by, as_json=as_json)
