"""A run as people see it: progress while it goes on, a summary when it is done. Shared by crawl, nightly and demo."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mentions import phases
from mentions.cli.common import console, now
from mentions.cli.hearing import heard_or_not
from mentions.cli.logs import log_to
from mentions.cli.watching import watched
from mentions.cli.words import clean, hanging, indented, marked
from mentions.config import Config
from mentions.findings import Verdict
from mentions.monitoring.outcomes import ended_well
from mentions.monitoring.tending import Tending
from mentions.operating import LogFormat
from mentions.phases import PhaseState
from mentions.store.records import RunState, RunSummary, StoredFinding
from mentions.summary import NightSummary, night_summary

if TYPE_CHECKING:
    from mentions.crawling.job import Job
    from mentions.crawling.progress import Progress

logger = logging.getLogger(__name__)

_RUNS_BEFORE = 60  # looked through for the last one that did its work: two months of nights
_WARNINGS_SHOWN = 12
_PUBLISHERS_SHOWN = 15
_COMMAND_COLUMN = 32  # longer commands stand out of their column
_LEAST_PHASES = 3  # crawl and weigh: a run that people started by hand
_LEAST_PUBLISHERS = 2  # of one, the lines above say it all
_WIDE = 72  # columns; on a narrower screen the table of publishers leaves figures out, not halves of them
_FIGURES = ("new", "read", "name us", "to ask", "not read")
_FEWER_FIGURES = ("read", "name us", "to ask")

# In the order a PR person reads them, and in their words.
_VERDICT_WORDS = {
    Verdict.UNLINKED: "named, and nothing links to us",
    Verdict.BARE_URL: "named, with our address printed but not linked",
    Verdict.MISDIRECTED: "linked, but to the wrong page of ours",
    Verdict.OUTSIDE: "named, and linked only outside the article",
    Verdict.QUALIFIED: "linked with nofollow, sponsored or ugc",
    Verdict.LINKED: "linked",
    Verdict.NOT_MENTIONED: "our name stands outside the article only, or means somebody else",
    Verdict.OWN_PAGE: "a page of ours",
    Verdict.UNKNOWN: "we could not look",
}
_STATE_WORDS = {
    RunState.FINISHED: ("Done", "green"),
    RunState.PARTIAL: ("Done, but not all of it worked; see below", "yellow"),
    RunState.UNREACHABLE: ("Nothing could be reached", "red"),
    RunState.LIMITED: ("Ended by a limit; what was fetched is stored, the rest comes next time", "yellow"),
    RunState.STOPPED: ("Stopped; what was fetched is stored, the rest comes next time", "yellow"),
}


def run_and_report(
    config: Config,
    spiders: Sequence[str] | None = None,
    *,
    drafting: bool,
    kind: str,
    quiet: bool = False,
    as_json: bool = False,
    style: LogFormat = LogFormat.PLAIN,
    tending: Tending | None = None,
    last: "Callable[[Job], None] | None" = None,
) -> int:
    """Runs the spiders (None: all that crawl), shows progress and summary, and returns the exit code.

    `quiet`: no progress. `as_json`: the run as one JSON object instead of the summary. `style`: of the log.
    `tending`: who is told that the run is alive, and how it ended. `last` as in run_crawl.
    Raises ConfigError, AlreadyRunning, StoreError.
    """
    from mentions.crawling.runner import SPIDERS, exit_code, run_crawl
    from mentions.store import open_store

    err = console(stderr=True)
    log_to(err, style)
    in_json = style is LogFormat.JSON
    with watched(err, quiet=quiet, logged=in_json) as show_progress:
        run = run_crawl(
            config,
            spiders or SPIDERS,
            now=now,
            on_progress=_told(show_progress, tending),
            drafting=drafting,
            kind=kind,
            last=last,
        )
    code = exit_code(run)
    if in_json:
        data = run_as_json(run, code)
        del data["publishers"]  # a hundred of them make a line that no log takes; the database keeps them
        logger.info("run %d: %s", run.id, run.state.value, extra={"data": data})
    store = open_store(config.store_url, key=config.store_key)
    try:
        if tending:
            earlier = (past for past in store.runs_before(run.id, _RUNS_BEFORE) if past.kind == kind)
            well = (past.ended_at for past in earlier if past.ended_at and ended_well(exit_code(past)))
            tending.ended(code, run, well_at=next(well, None), opportunities=store.opportunities_by_state())
        new = [] if as_json else list(store.findings(since=run.started_at))
    finally:
        store.close()
    names = {publisher.domain: publisher.name for publisher in config.publishers}
    summary = night_summary(run, new, drafts_folder=config.drafts_folder, names=names)
    with heard_or_not():
        if as_json:
            click.echo(json.dumps(run_as_json(run, code), ensure_ascii=False))
        else:
            show(console(), summary)
    return code


def _told(show_progress: "Callable[[Progress], None]", tending: Tending | None) -> "Callable[[Progress], None]":
    def tell(progress: "Progress") -> None:
        show_progress(progress)
        if tending:
            tending.alive(progress.line())

    return tell


def run_as_json(run: RunSummary, code: int) -> dict[str, object]:
    """A run for programs; keys are stable, and those of `counts` are listed in docs/reference/run-counts.md."""
    return {
        "run": run.id,
        "kind": run.kind,
        "state": run.state.value,
        "exit_code": code,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "counts": dict(run.counts),
        "publishers": {domain: dict(counts) for domain, counts in run.publishers.items()},
        "phases": phases.as_json(run.phases),
        "warnings": list(run.warnings),
    }


def show(screen: Console, summary: NightSummary) -> None:
    """The summary, for a terminal or a log."""
    words, colour = _STATE_WORDS.get(summary.state, (summary.state.value, "red"))
    screen.print()
    screen.print(Text(f"{words} ({_duration(summary.seconds)}).", style=f"bold {colour}"))
    screen.print(Text(_pages(summary)))
    _show_verdicts(screen, summary)
    _show_looks(screen, summary)
    _show_best(screen, summary)
    _show_counted(screen, "Named without a link, and left alone because:", summary.left_alone)
    _show_drafts(screen, summary)
    _show_publishers(screen, summary)
    _show_counted(screen, "Pages not read:", summary.skipped)
    _show_warnings(screen, summary)
    _show_phases(screen, summary)
    if summary.next_steps:
        screen.print(Text("\nNext", style="bold"))
        commands = [clean(step.command) for step in summary.next_steps]
        width = max((len(command) for command in commands if len(command) <= _COMMAND_COLUMN), default=0)
        for command, step in zip(commands, summary.next_steps, strict=True):
            # Not wrapped, so that a command can be copied whole.
            screen.print(Text.assemble("  ", (command.ljust(width), "cyan"), f"  {step.what}"), soft_wrap=True)


def _pages(summary: NightSummary) -> str:
    looked = f"Looked at {_counted(summary.sources, 'source')} of {_counted(summary.publishers, 'publisher')}."
    known = f" {_counted(summary.known, 'announced page')} known from earlier." if summary.known else ""
    failed = f" {_counted(summary.failed, 'page')} could not be read." if summary.failed else ""
    if not summary.fetched:
        return f"{looked} No new page was read.{known}{failed}"
    named = summary.fetched - summary.unnamed
    read = f"Read {_counted(summary.fetched, 'page')}: {named:,} with one of our names, {summary.unnamed:,} without."
    return f"{looked} {read}{known}{failed}"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _show_verdicts(screen: Console, summary: NightSummary) -> None:
    if not summary.verdicts:
        screen.print("No page named us that had not been judged before.")
        return
    table = Table(box=None, show_header=False, padding=(0, 1), title_justify="left")
    table.add_column(justify="right", style="bold")
    table.add_column()
    table.add_column(style="dim")
    for verdict, words in _VERDICT_WORDS.items():
        if number := summary.verdicts.get(verdict):
            table.add_row(f"{number:,}", verdict.value, words)
    screen.print(Text("\nMentions by verdict", style="bold"))
    screen.print(table)


def _show_looks(screen: Console, summary: NightSummary) -> None:
    if not summary.looks.looked:
        return
    screen.print(Text(f"\n{summary.looks.opening}"))
    for number, words in summary.looks.lines:
        screen.print(indented(Text(f"{number:,} {words}"), 2))


def _show_best(screen: Console, summary: NightSummary) -> None:
    if not summary.best:
        screen.print("\nNothing new is worth asking about.")
        return
    more = (
        f" (best {len(summary.best)} of {summary.worth_asking:,})" if summary.worth_asking > len(summary.best) else ""
    )
    screen.print(Text(f"\nWorth asking for a link{more}", style="bold"))
    for finding in summary.best:
        _show_finding(screen, finding)


def _show_finding(screen: Console, finding: StoredFinding) -> None:
    head = Text()
    head.append(f"{finding.priority or 0:4d} ", style="bold")
    head.append(finding.publisher_name, style="bold")
    head.append(f"  {finding.verdict.value}", style="cyan")
    head.append(f"  {finding.target}")
    screen.print(head)
    if finding.sentence:
        screen.print(indented(marked(finding.sentence, finding.matched), 5))
    screen.print(indented(Text(clean(finding.page_url), style="dim", overflow="fold"), 5))


def _show_counted(screen: Console, title: str, counted: Sequence[tuple[str, int]]) -> None:
    if counted:
        screen.print(Text(f"\n{title}", style="bold"))
        for words, number in counted:
            screen.print(indented(hanging(f"{number:,} ×", Text(words)), 2))


def _show_publishers(screen: Console, summary: NightSummary) -> None:
    """A table that is readable at 80 columns, and with fewer figures at 60; those to look at come first."""
    if len(summary.lines) < _LEAST_PUBLISHERS:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", title_justify="left", show_edge=False)
    table.add_column("Publisher", max_width=32, overflow="ellipsis", no_wrap=True)
    headings = _FIGURES if screen.width >= _WIDE else _FEWER_FIGURES
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for line in summary.lines[:_PUBLISHERS_SHOWN]:
        numbers = dict(zip(_FIGURES, (line.new, line.read, line.named, line.askable, line.failed), strict=True))
        shown = (f"{numbers[heading]:,}" if numbers[heading] else "·" for heading in headings)
        table.add_row(clean(line.name), *shown, Text(line.remark, style="yellow"))
    screen.print(Text("\nPublishers", style="bold"))
    screen.print(indented(table, 2))
    if rest := summary.lines[_PUBLISHERS_SHOWN:]:
        read = sum(line.read for line in rest)
        screen.print(
            Text(f"  … and {_counted(len(rest), 'publisher')} more, {_counted(read, 'page')} read", style="dim")
        )


def _show_drafts(screen: Console, summary: NightSummary) -> None:
    if summary.drafts_written:
        screen.print(
            Text(f"\n{_counted(summary.drafts_written, 'draft')} written to {summary.drafts_folder}", style="bold"),
            soft_wrap=True,
        )
    if summary.drafts_failed:
        screen.print(Text(f"{summary.drafts_failed:,} could not be written; see below.", style="yellow"))


def _show_warnings(screen: Console, summary: NightSummary) -> None:
    if not summary.warnings:
        return
    screen.print(Text("\nWorth knowing", style="bold yellow"))
    for warning in summary.warnings[:_WARNINGS_SHOWN]:
        screen.print(indented(hanging("-", Text(clean(warning))), 2))
    if (left := len(summary.warnings) - _WARNINGS_SHOWN) > 0:
        screen.print(f"  … and {left:,} more")


def _show_phases(screen: Console, summary: NightSummary) -> None:
    """How long each part took, on one or two lines; for a run of one part the head has said it."""
    if len(summary.phases) < _LEAST_PHASES:
        return
    parts = [
        f"{phase.name} {_duration(phase.seconds)}"
        + ("" if phase.state is PhaseState.DONE else f" ({phase.state.value})")
        if phase.seconds is not None
        else f"{phase.name} ({phase.state.value})"
        for phase in summary.phases
    ]
    screen.print(Text("\nParts: " + " · ".join(parts), style="dim"))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
