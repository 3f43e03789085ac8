"""`mentions scan`: judges saved pages offline, with the functions the crawl uses."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.lessons import feedback_option, lessons_for
from mentions.exceptions import ConfigError
from mentions.findings import Verdict, as_json

if TYPE_CHECKING:
    from mentions.scanning import Tally

_EVERY = 50  # records between two looks of the progress line


@click.command()
@config_option
@click.argument("archives", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Where the findings go, one JSON object a line. [default: standard output]",
)
@feedback_option
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def scan(
    config_path: Path | None, archives: tuple[Path, ...], output: Path, feedback_file: Path | None, *, quiet: bool
) -> int:
    """Judge saved pages (WARC files, plain or compressed) offline.

    Nothing is fetched and nothing is stored. What cannot be read is counted and the rest goes on; the exit code is
    then 3.
    """
    from mentions.collecting import seldom
    from mentions.matching import compile_watchlist
    from mentions.scanning import Tally, scan_archives

    config = load(config_path)
    watchlist = compile_watchlist(config.targets, lessons_for(config, feedback_file))
    tally = Tally()
    started = monotonic()
    err = console(stderr=True)
    with _opened(output) as lines, _progress(err, archives, tally, quiet=quiet) as on_record, seldom():
        found = scan_archives(archives, watchlist, now=now(), tally=tally, on_record=on_record, rules=config.rules)
        for finding in found:
            lines.write(json.dumps(as_json(finding), ensure_ascii=False) + "\n")
    for problem in tally.broken:
        click.echo(f"mentions: {problem}", err=True)
    if tally.failed:
        click.echo(f"mentions: {tally.failed} pages broke our code; please report: {tally.failures[0]}", err=True)
    if not quiet:
        _summarise(err, tally, monotonic() - started, output)
    return EXIT_CODES["partial"] if tally.broken or tally.failed else EXIT_CODES["fine"]


@contextmanager
def _opened(output: Path) -> Iterator[TextIO]:
    if str(output) == "-":
        yield sys.stdout
        return
    try:
        lines = output.open("w", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=output) from error
    with lines:
        yield lines


class _Line:
    """One line on a terminal that says how far the scan is; nothing in a log."""

    def __init__(self, progress: Progress, archives: tuple[Path, ...], tally: "Tally") -> None:
        self._progress, self._tally = progress, tally
        sizes = [path.stat().st_size if path.is_file() else 0 for path in archives]
        self._before = dict(zip(archives, accumulate(sizes, initial=0), strict=False))  # bytes of the archives before
        self._task = progress.add_task("", total=sum(sizes) or None)
        self._records = 0

    def __call__(self, path: Path, place: int) -> None:
        self._records += 1
        if self._records % _EVERY:
            return
        found = sum(self._tally.verdicts.values())
        words = f"{self._tally.pages:,} pages, {self._tally.parsed:,} parsed, {found:,} findings"
        self._progress.update(self._task, completed=self._before[path] + place, description=words)


@contextmanager
def _progress(err: Console, archives: tuple[Path, ...], tally: "Tally", *, quiet: bool) -> Iterator[_Line | None]:
    if quiet or not err.is_terminal:
        yield None
        return
    columns = (
        BarColumn(bar_width=20), TaskProgressColumn(), TextColumn("{task.description}"), DownloadColumn(),
        TimeRemainingColumn(compact=True),
    )  # fmt: skip
    with Progress(*columns, console=err, transient=True) as progress:
        yield _Line(progress, archives, tally)


def _summarise(err: Console, tally: "Tally", seconds: float, output: Path) -> None:
    table = Table(title="Findings", title_justify="left", box=None, pad_edge=False, show_edge=False)
    table.add_column("verdict")
    table.add_column("findings", justify="right")
    for verdict in Verdict:
        if tally.verdicts[verdict.value]:
            table.add_row(verdict.value, f"{tally.verdicts[verdict.value]:,}")
    if tally.verdicts:
        err.print(table)
    else:
        err.print("No page names one of your targets.")
    rate = f", {tally.pages / seconds:,.0f} a second" if seconds > 1 else ""
    pages = "1 page" if tally.pages == 1 else f"{tally.pages:,} pages"
    err.print(f"{pages} in {seconds:.1f} s{rate}; {tally.early:,} of them cannot hold a name of yours.")
    for state, count in sorted(tally.unread.items()):
        err.print(f"Not judged, {state.value}: {count:,} pages.")
    for reason, count in sorted(tally.skipped.items()):
        err.print(f"Records without a page, {reason}: {count:,}.")
    if str(output) != "-":
        err.print(f"Written to {output}")
