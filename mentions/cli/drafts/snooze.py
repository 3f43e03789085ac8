"""`mentions drafts snooze`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from mentions.cli.common import now
from mentions.cli.drafts.deciding import decide_each, decision_options
from mentions.workflow import Decision, Move


@click.command()
@decision_options
@click.option("--days", type=click.IntRange(1, 366), help="For so many days. [default: 7]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Until this day, as 2026-11-30.")
def snooze(
    config_path: Path | None,
    numbers: tuple[int, ...],
    note: str | None,
    by: str | None,
    days: int | None,
    until: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Put drafts off; they come back by themselves. `mentions drafts wake` brings them back sooner."""
    if days is not None and until is not None:
        raise click.UsageError("give --days or --until, not both")
    day = until.replace(tzinfo=UTC) if until else now() + timedelta(days=days or 7)
    return decide_each(config_path, numbers, Decision(Move.SNOOZE, until=day), note=note, by=by, as_json=as_json)
