"""`mentions drafts sent`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When it was sent, as 2026-11-30. [default: now]"
)
def sent(
    config_path: Path | None,
    numbers: tuple[int, ...],
    note: str | None,
    by: str | None,
    on: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Say that you sent the email. Only then a follow-up is drafted, some working days later."""
    at = on.replace(tzinfo=UTC) if on else None
    return decide_each(config_path, numbers, Decision(Move.SENT, at=at), note=note, by=by, as_json=as_json)
