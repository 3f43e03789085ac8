"""`mentions report`: what came of it in a period."""

import io
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

import click
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from mentions.cli.common import config_option, console, format_option, load, now, output_option
from mentions.cli.words import clean, hanging, indented
from mentions.exports.writing import save
from mentions.reporting.facts import By
from mentions.reporting.files import write_json, write_report_csv
from mentions.reporting.html import report_html
from mentions.reporting.parts import Section, Table
from mentions.reporting.periods import DEFAULT, FORMS, Period, period
from mentions.reporting.report import Report
from mentions.reporting.report import report as report_of
from mentions.reporting.sections import headline, sections


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"  # for a terminal or a log
    HTML = "html"  # one file, to be sent around and printed
    CSV = "csv"  # for spreadsheets
    JSON = "json"  # for programs


@click.command()
@config_option
@click.option("--since", help=f"Where the period begins: {FORMS}. [default: {DEFAULT}]")
@click.option("--until", metavar="DAY", help="The last day of the period, such as 2026-11-30. [default: now]")
@click.option(
    "--by",
    type=click.Choice([by.value for by in By]),
    default=By.TARGET.value,
    show_default=True,
    help="What the figures are told apart by.",
)
@format_option(Form, Form.TEXT, "text for here, html to send around, csv for spreadsheets, json for programs.")
@output_option(". [default: the standard output]")
def report(
    config_path: Path | None, since: str | None, until: str | None, by: str, form: str, output: Path | None
) -> int:
    """Say what came of it: found, asked, answered, reclaimed, lost.

    Days begin and end at midnight UTC. Every share stands with what it is a share of.
    """
    from mentions.store import open_store

    config = load(config_path)
    moment = now()
    about = _period(since, until)
    store = open_store(config.store_url, key=config.store_key)
    try:
        made = report_of(store.report_facts(about, By(by)), about, By(by), now=moment)
    finally:
        store.close()
    write = _WRITERS[Form(form)]
    if output is None or str(output) == "-":
        if Form(form) is Form.TEXT:
            show(console(), made)
        else:
            write(made, sys.stdout.buffer)
        return 0
    save(output, lambda stream: write(made, stream))
    click.echo(f"Report of {about.words} written to {output}")
    return 0


def _period(since: str | None, until: str | None) -> Period:
    try:
        return period(since, until, now=now())
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _write_html(made: Report, stream: IO[bytes]) -> int:
    return stream.write(report_html(made).encode("utf-8", "replace"))


def _write_text(made: Report, stream: IO[bytes]) -> int:
    text = io.StringIO()
    show(Console(file=text, width=100, highlight=False), made)
    return stream.write(text.getvalue().encode("utf-8", "replace"))


_WRITERS: Final[dict[Form, Callable[[Report, IO[bytes]], int]]] = {
    Form.TEXT: _write_text,
    Form.HTML: _write_html,
    Form.CSV: write_report_csv,
    Form.JSON: write_json,
}


def show(screen: Console, made: Report) -> None:
    """The report for a terminal or a log."""
    screen.print(Text(f"Reclaimed links, {made.period.words}", style="bold"))
    for sentence in headline(made):
        screen.print(Text(sentence))
    for section in sections(made):
        _show_section(screen, section)


def _show_section(screen: Console, section: Section) -> None:
    screen.print()
    screen.print(Text(section.title, style="bold"))
    if section.note:
        screen.print(indented(Text(section.note, style="dim"), 2))
    if section.lines:
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(max_width=52)
        grid.add_column(overflow="fold")
        for line in section.lines:
            words = Text(clean(line.words))
            grid.add_row(indented(words, 2) if line.under else words, Text(line.value, style="bold"))
        screen.print(indented(grid, 2))
    if section.table:
        _show_table(screen, section.table)
    for sentence in section.sentences:
        screen.print(indented(hanging("-", Text(sentence)) if len(section.sentences) > 1 else Text(sentence), 2))


def _show_table(screen: Console, table: Table) -> None:
    grid = Grid(box=None, padding=(0, 1, 0, 0), header_style="dim", show_edge=False)
    for place, heading in enumerate(table.headings):
        if place:
            grid.add_column(heading, justify="right", no_wrap=True)
        else:
            grid.add_column(heading, overflow="fold", min_width=20)
    for row in table.rows:
        grid.add_row(*(Text(clean(cell)) for cell in row))
    screen.print(indented(grid, 2))
    if table.more:
        screen.print(Text(f"  {table.more}", style="dim"))
