"""`mentions drafts list`."""

import json
from pathlib import Path

import click
from rich.console import Group
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import Beside, beside, filters, recipient, row, stored, to_do, waits
from mentions.cli.words import indented
from mentions.outreach.cleaning import one_line
from mentions.store.records import StoredDraft


@click.command(name="list")
@config_option
@filters
@click.option("--all", "everything", is_flag=True, help="Also what is closed or put off.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, target: str | None, state: str | None, *, everything: bool, as_json: bool) -> int:
    """List the drafts, the most worth sending first.

    What was skipped, declined, suppressed or reclaimed, and what is put off, is left out unless --all or --state asks
    for it.
    """
    config = load(config_path)
    every = stored(config, target, state)
    today = now()
    found = sorted(
        [draft for draft in every if everything or state or waits(draft, today)],
        key=lambda draft: (-(draft.finding.priority or 0), draft.draft.opportunity_id),
    )
    if as_json:
        for draft in found:
            click.echo(json.dumps(row(draft), ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    hidden = len(every) - len(found)
    if not every:
        screen.print("No drafts so far. A run writes them: [bold]mentions nightly[/]")
        return EXIT_CODES["fine"]
    others = beside(found)
    for draft in found:
        screen.print(_entry(draft, others[draft.draft.opportunity_id]))
    if hidden:
        screen.print(
            f"{hidden} more {'is' if hidden == 1 else 'are'} closed or put off: [bold]mentions drafts --all[/]"
        )
    if not found:
        return EXIT_CODES["fine"]
    first = found[0].draft.opportunity_id
    screen.print(
        f"[bold]{len(found)}[/] draft{'s' if len(found) > 1 else ''}. Next: [bold]mentions drafts show {first}[/] "
        "reads one whole; [bold]mentions drafts --help[/] says what to do with it"
    )
    return EXIT_CODES["fine"]


def _entry(draft: StoredDraft, others: Beside) -> Group:
    """A few lines that stay readable on a narrow terminal: what, to whom, what is still to do, where."""
    finding, email = draft.finding, draft.draft
    head = Text(overflow="fold")
    head.append(f"{email.opportunity_id:>4}  ", style="bold")
    head.append(one_line(email.subject), style="bold")
    facts = [one_line(finding.publisher_name), finding.target, email.template]
    if finding.priority is not None:
        facts.append(f"priority {finding.priority}")
    if finding.opportunity_state:
        facts.append(finding.opportunity_state.value.replace("_", " "))
    if finding.snoozed_until:
        facts.append(f"put off until {finding.snoozed_until:%Y-%m-%d}")
    if draft.written_by:
        facts.append(f"edited by {one_line(draft.written_by)}")
    lines = [Text(" · ".join(facts), overflow="fold"), Text(f"to {recipient(draft)}", overflow="fold")]
    lines += [Text(f"to do: {line}", style="yellow", overflow="fold") for line in to_do(draft, others)]
    lines.append(Text(one_line(finding.page_url), style="dim", overflow="fold"))
    return Group(head, *(indented(line, 6) for line in lines))
