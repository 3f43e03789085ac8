"""`mentions export`: the reclamation list, and what other tools import, as files."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mentions.cli.common import EXIT_CODES, config_option, console, format_option, load, now, output_option
from mentions.config import Config
from mentions.exports.disavow import DISAVOW_FILE, write_disavow
from mentions.exports.leaving_out import allowed
from mentions.exports.tables import RECLAIM_TABLE, TABLES, Table
from mentions.exports.writing import Format, file_name, save, save_table, write_table
from mentions.findings import Verdict
from mentions.store.records import OpportunityState

if TYPE_CHECKING:
    from mentions.store import Filters, Store

Item = TypeVar("Item")

LONG: Final = 2000  # rows; from here on a progress bar says how far it is
DISAVOW: Final = "disavow"

_DAY = click.DateTime(["%Y-%m-%d"])
_FILTERS: Final = ("target", "state", "verdict", "publisher", "language", "since", "until", "min_priority")


@click.command()
@config_option
@click.argument("what", type=click.Choice([*TABLES, DISAVOW]), default=RECLAIM_TABLE.name, metavar="[WHAT]")
@format_option(Format, Format.CSV, "csv for spreadsheets and other tools, xlsx for spreadsheets, jsonl for programs.")
@output_option(", - for the standard output. [default: a file here, named after WHAT]")
@click.option("--target", help="Only this target (its name in mentions.toml).")
@click.option("--state", type=click.Choice([state.value for state in OpportunityState]), help="Only this state.")
@click.option("--verdict", type=click.Choice([verdict.value for verdict in Verdict]), help="Only this verdict.")
@click.option("--publisher", help="Only this publisher (its domain).")
@click.option("--language", help="Only pages in this language (en, de …).")
@click.option("--since", type=_DAY, help="Only what was first seen on this day (UTC) or later.")
@click.option("--until", type=_DAY, help="Only what was first seen before this day (UTC).")
@click.option("--min-priority", type=click.IntRange(0, 100), help="Only what is worth at least so much.")
@click.option("--json", "as_json", is_flag=True, help="Say what was written as one JSON object, for other programs.")
def export(
    config_path: Path | None,
    what: str,
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
    as_json: bool,
) -> int:
    """Write the reclamation list, or what another tool imports, as a file.

    WHAT is one of:

    \b
      reclaim     every opportunity, one row each (when nothing is named)
      mailmerge   approved emails with an address, for YAMM, GMass, Mailshake, lemlist, Hunter
      pitchbox    open opportunities as partners
      buzzstream  open opportunities as links to watch
      hubspot     each contact with an address once
      salesforce  each contact with an address once, as leads
      disavow     the domains that a person marked with `mentions disavow add`

    Contacts and publishers on the suppression list stand in none of them.
    """
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
    chosen = {key: value for key, value in _given(filters).items() if value is not None}
    left_out: Counter[str] = Counter()
    store = open_store(config.store_url, key=config.store_key)
    try:
        if what == DISAVOW:
            _no_filters(chosen)
            count, written = _disavow(store, output)
        else:
            count, written = _table(store, TABLES[what], Format(form), output, filters, left_out)
        detail = {"what": what, "rows": count, "left_out": left_out.total(), "filters": chosen}
        store.record_event("exported", f"export/{written.name}", detail, now())
    finally:
        store.close()
    to_stdout = str(output) == "-"
    if as_json:
        said = {"what": what, "file": None if to_stdout else str(written), "rows": count, "left_out": dict(left_out)}
        click.echo(json.dumps(said, ensure_ascii=False), err=to_stdout)
    else:
        _say(what, count, written, left_out, narrowed=bool(chosen), err=to_stdout)
    return EXIT_CODES["fine"]


def _check_target(config: Config, target: str | None) -> None:
    if target is not None and target not in {known.name for known in config.targets}:
        names = ", ".join(known.name for known in config.targets[:8])
        raise click.BadParameter(f"{target!r} is not a target of {config.path.name}; there are: {names}")


def _no_filters(chosen: Mapping[str, object]) -> None:
    if chosen:
        given = ", ".join(f"--{name.replace('_', '-')}" for name in chosen)
        raise click.UsageError(f"disavow holds every marked domain; leave out {given}")


def _table(
    store: "Store", table: Table, form: Format, output: Path | None, filters: "Filters", left_out: "Counter[str]"
) -> tuple[int, Path]:
    path = output or Path(file_name(table, form))
    if str(path) == "-" and form is Format.XLSX and sys.stdout.isatty():
        raise click.UsageError("a workbook cannot be shown in a terminal; name a file with -o")
    found = store.reclaim_rows(filters, more=table is not RECLAIM_TABLE)
    with _progress(found, store.count_reclaim_rows(filters)) as counted:
        rows = allowed(counted, store.suppression_list(), left_out)
        if str(path) == "-":
            return write_table(rows, sys.stdout.buffer, form, table), Path(file_name(table, form))
        return save_table(rows, path, form, table), path


def _disavow(store: "Store", output: Path | None) -> tuple[int, Path]:
    path = output or Path(DISAVOW_FILE)
    marked = store.disavowed()
    if str(path) == "-":
        return write_disavow(marked, sys.stdout.buffer), Path(DISAVOW_FILE)
    return save(path, lambda stream: write_disavow(marked, stream)), path


def _given(filters: object) -> dict[str, str | int | None]:
    values = {name: getattr(filters, name) for name in _FILTERS}
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


# What a row of each export is called, and what to do when there is none.
_ROWS: Final = {
    "reclaim": ("opportunity", "opportunities", "A run finds more: mentions nightly"),
    "mailmerge": ("approved email", "approved emails", "Approve some first: mentions drafts approve NUMBER"),
    "pitchbox": ("partner", "partners", "A run finds more: mentions nightly"),
    "buzzstream": ("link", "links", "A run finds more: mentions nightly"),
    "hubspot": ("contact", "contacts", "No open opportunity has a published address"),
    "salesforce": ("lead", "leads", "No open opportunity has a published address"),
    DISAVOW: ("domain", "domains", "Nobody marked one: mentions disavow add DOMAIN"),
}


def _say(what: str, count: int, path: Path, left_out: "Counter[str]", *, narrowed: bool, err: bool) -> None:
    """What was written, and what was left out and why; on the standard error where the standard output is the file."""
    one, many, otherwise = _ROWS[what]
    if count:
        text = f"{count} {one if count == 1 else many} written to {path}"
    elif narrowed:
        text = f"Nothing fits these filters; {path} holds no row."
    else:
        text = f"Nothing to export yet; {path} holds no row. {otherwise}"
    click.echo(text, err=err)
    for reason, times in left_out.most_common():
        click.echo(f"Left out {times}: {reason}", err=True)
