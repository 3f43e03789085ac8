"""`mentions recheck`: looking again at articles that were judged."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions.cli.common import config_option, console, load, now, run_options
from mentions.cli.hearing import heard_or_not
from mentions.cli.logs import errors_logged, log_format_option, log_to, style_of
from mentions.cli.night import run_as_json
from mentions.cli.watching import watched
from mentions.cli.words import clean, hanging, indented
from mentions.config import Config
from mentions.login_names import login_name
from mentions.operating import LogFormat
from mentions.rechecking.summary import looks_summary
from mentions.rechecking.wanted import Wanted
from mentions.store.records import RunState, RunSummary

if TYPE_CHECKING:
    from mentions.store.rechecks import DueLook, WhatHappened

_SHOWN = 20  # articles with news; the rest stands in the history of each
_CUT_SHORT = {
    RunState.LIMITED: "A limit ended the run; the other looks stay due.",
    RunState.STOPPED: "Stopped; the other looks stay due.",
    RunState.UNREACHABLE: "Nothing could be reached.",
}


@click.command()
@config_option
@run_options
@log_format_option
@click.option("--asked", is_flag=True, help="Only looks that a person asked for at the review desk.")
@click.option("--opportunity", "numbers", type=int, multiple=True, metavar="N", help="Only this one, due or not.")
@click.option("--due", is_flag=True, help="Show what is due, and look at nothing.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Lines that --due shows.")
def recheck(
    config_path: Path | None,
    numbers: tuple[int, ...],
    limit: int,
    *,
    asked: bool,
    due: bool,
    quiet: bool,
    as_json: bool,
    log_format: str | None,
) -> int:
    """Look again at articles: has the link come, does it still stand, is the page still there?

    Without options, everything that is due: drafts daily until they are handed off; after an email on days 1, 3, 7,
    14, 30, 60 and 90; a reclaimed link daily for a week, weekly to 30 days, monthly to half a year, quarterly to a year
    and a half, then yearly; after a link was lost as after an email, until somebody asks again. `mentions nightly` does
    this too. A link counts as lost after two looks a day apart, a page as gone after three on three days; what cannot
    be seen keeps what was known of it.
    """
    with errors_logged(style_of(log_format)):
        config = load(config_path)
    style = style_of(log_format, config)
    with errors_logged(style):
        if due:
            return _show_due(config, limit, as_json=as_json, asked=asked)
        if numbers:
            _ask_for(config, numbers)
        wanted = Wanted(asked_only=asked or bool(numbers), opportunities=numbers)
        return _look(config, wanted, style, quiet=quiet, as_json=as_json)


def _ask_for(config: Config, numbers: Sequence[int]) -> None:
    from mentions.store import open_store

    store = open_store(config.store_url, key=config.store_key)
    try:
        for number in numbers:
            store.ask_for_look(number, by=login_name(), now=now())
    finally:
        store.close()


def _look(config: Config, wanted: Wanted, style: LogFormat, *, quiet: bool, as_json: bool) -> int:
    from mentions.crawling.runner import RECHECK, exit_code, run_crawl
    from mentions.store import open_store

    err = console(stderr=True)
    log_to(err, style)
    with watched(err, quiet=quiet, logged=style is LogFormat.JSON) as on_progress:
        run = run_crawl(config, [RECHECK], now=now, on_progress=on_progress, kind=RECHECK, wanted=wanted)
    code = exit_code(run)
    if as_json:
        with heard_or_not():
            click.echo(json.dumps(run_as_json(run, code), ensure_ascii=False))
        return code
    store = open_store(config.store_url, key=config.store_key)
    try:
        news = store.what_happened(since=run.started_at, limit=_SHOWN)
    finally:
        store.close()
    with heard_or_not():
        _show(console(), run, news)
    return code


def _show(screen: Console, run: RunSummary, news: "Sequence[WhatHappened]") -> None:
    summary = looks_summary(run.counts)
    screen.print(Text(summary.opening, style="bold"))
    for number, words in summary.lines:
        screen.print(indented(hanging(f"{number:,} ×", Text(words)), 2))
    if cut_short := _CUT_SHORT.get(run.state):
        screen.print(Text(cut_short, style="yellow"))
    for each in news:
        screen.print(_entry(each))
    for warning in run.warnings:
        screen.print(indented(hanging("-", Text(clean(warning), style="yellow")), 2))


def _entry(each: "WhatHappened") -> Text:
    head = Text("\n")
    head.append(f"{each.opportunity_id:5d} ", style="bold")
    head.append(each.kind, style="cyan")
    head.append(f"  {each.target}  {clean(each.publisher)}")
    for name, says in (("why", ""), ("url", "links to "), ("was_url", "linked to ")):
        if value := each.detail.get(name):
            head.append(f"\n      {says}{clean(str(value))}")
    head.append(f"\n      {clean(each.page_url)}", style="dim")
    return head


def _show_due(config: Config, limit: int, *, as_json: bool, asked: bool) -> int:
    from mentions.store import open_store

    store = open_store(config.store_url, key=config.store_key)
    try:
        moment = now()
        store.plan_looks(now=moment)
        looks = store.looks_due(now=moment, limit=limit, asked_only=asked)
        total = store.count_looks_due(now=moment, asked_only=asked)
    finally:
        store.close()
    if as_json:
        for look in looks:
            click.echo(json.dumps(_row(look), ensure_ascii=False))
    elif looks:
        _table(console(), looks, total)
    else:
        click.echo("No look is due.")
    return 0


def _table(screen: Console, looks: "Sequence[DueLook]", total: int) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("no.", justify="right", no_wrap=True)
    table.add_column("due", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("known", no_wrap=True)
    table.add_column("last look", no_wrap=True)
    table.add_column("article", overflow="fold")
    for look in looks:
        table.add_row(
            str(look.opportunity_id),
            "asked" if look.asked_by else f"{look.due_at:%Y-%m-%d}",
            look.state.value,
            look.truth.value if look.truth else "–",
            f"{look.last_look_at:%Y-%m-%d}" if look.last_look_at else "never",
            Text(clean(look.page_url)),
        )
    screen.print(table)
    left = total - len(looks)
    more = f" ({left:,} more with --limit {total})" if left > 0 else ""
    looks_are = "One look is" if total == 1 else f"{total:,} looks are"
    screen.print(f"\n{looks_are} due{more}. They are made by [bold]mentions recheck[/] and every night.")


def _row(look: "DueLook") -> dict[str, object]:
    return {
        "opportunity": look.opportunity_id,
        "target": look.target,
        "publisher": look.publisher,
        "page_url": look.page_url,
        "state": look.state.value,
        "truth": look.truth.value if look.truth else None,
        "last_look_at": look.last_look_at.isoformat() if look.last_look_at else None,
        "due_at": look.due_at.isoformat(),
        "asked_by": look.asked_by,
    }
