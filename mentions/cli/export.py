"""`mentions export`: the reclamation list as a file."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mentions.cli.common import config_option, console, load, now
from mentions.config import Config
from mentions.exports.reclaim import Format, file_name, save_reclaim, write_reclaim
from mentions.findings import Verdict
from mentions.store.records import OpportunityState

Item = TypeVar("Item")

LONG = 2000  # rows; from here on a progress bar says how far it is

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.CSV.value,
    show_default=True,
    help="csv and xlsx for spreadsheets, jsonl for programs.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File to write, - for the standard output. [default: reclaim.csv, .xlsx or .jsonl here]",
)
@click.option("--target", help="Only this target (its name in mentions.toml).")
@click.option("--state", type=click.Choice([state.value for state in OpportunityState]), help="Only this state.")
@click.option("--verdict", type=click.Choice([verdict.value for verdict in Verdict]), help="Only this verdict.")
@click.option("--publisher", help="Only this publisher (its domain).")
@click.option("--language", help="Only pages in this language (en, de …).")
@click.option("--since", type=_DAY, help="Only what was first seen on this day (UTC) or later.")
@click.option("--until", type=_DAY, help="Only what was first seen before this day (UTC).")
@click.option("--min-priority", type=click.IntRange(0, 100), help="Only what is worth at least so much.")
def export(
    config_path: Path | None,
    form: str,
    output: Path | None,
    target: str | None,
    state: str | None,
    verdict: str | None,
    publisher: str | None,
    language: str | None,
    since: datetime | None,
    until: datetime | None,
    min_priority: int | None,
) -> int:
    """Write the reclamation list: one row for each mention worth asking about."""
    from mentions.store import Filters, open_store

    config = load(config_path)
    _check_target(config, target)
    filters = Filters(
        target=target,
        verdict=Verdict(verdict) if verdict else None,
        publisher=publisher,
        since=since.replace(tzinfo=UTC) if since else None,
        until=until.replace(tzinfo=UTC) if until else None,
        state=OpportunityState(state) if state else None,
        language=language,
        min_priority=min_priority,
    )
    kind = Format(form)
    store = open_store(config.store_url)
    try:
        with _progress(store.reclaim_rows(filters), store.count_reclaim_rows(filters)) as rows:
            count, written = _write(rows, kind, output)
        chosen = {key: value for key, value in _given(filters).items() if value is not None}
        store.record_event("exported", f"export/{written.name}", {"rows": count, "filters": chosen}, now())
    finally:
        store.close()
    _say(count, written, narrowed=bool(chosen), err=str(output) == "-")
    return 0


def _check_target(config: Config, target: str | None) -> None:
    if target is not None and target not in {known.name for known in config.targets}:
        names = ", ".join(known.name for known in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {names}")


def _write(rows: Iterable[Mapping[str, object]], form: Format, output: Path | None) -> tuple[int, Path]:
    path = output or Path(file_name(form))
    if str(path) == "-":
        if form is Format.XLSX and sys.stdout.isatty():
            raise click.UsageError("a workbook cannot be shown in a terminal; name a file with -o")
        count = write_reclaim(rows, sys.stdout.buffer, form)
        return count, Path(file_name(form))
    return save_reclaim(rows, path, form), path


def _given(filters: object) -> dict[str, str | int | None]:
    names = ("target", "state", "verdict", "publisher", "language", "since", "until", "min_priority")
    values = {name: getattr(filters, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


@contextmanager
def _progress(rows: Iterable[Item], total: int) -> Iterator[Iterable[Item]]:
    """The same rows, counted by a bar on the terminal where there are many of them."""
    screen = console(stderr=True)
    if total < LONG or not screen.is_terminal:
        yield rows
        return
    columns = (TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        yield bar.track(rows, total=total)


def _say(count: int, path: Path, *, narrowed: bool, err: bool) -> None:
    """One line; on the standard error where the standard output is the file."""
    if count:
        text = f"{count} {'opportunity' if count == 1 else 'opportunities'} written to {path}"
    elif narrowed:
        text = f"Nothing fits these filters; {path} holds no row."
    else:
        text = f"Nothing to export yet; {path} holds no row. A run finds more: mentions nightly"
    click.echo(text, err=err)
