"""`mentions drafts show`."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.drafts.common import Beside, beside, one, opened, recipient, row, sender_of, stored, to_do
from mentions.outreach.cleaning import one_line, plain_lines
from mentions.outreach.eml import as_eml, file_name
from mentions.store.records import HistoryEntry, StoredDraft


@click.command()
@config_option
@click.argument("number", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs.")
@click.option("--eml", is_flag=True, help="The .eml file itself, as it would be written.")
def show(config_path: Path | None, number: int, as_json: bool, eml: bool) -> int:
    """Print one email whole. NUMBER stands first in the list, and in the name of the .eml file."""
    config = load(config_path)
    found = stored(config, None, None)
    draft = one(found, number)
    if eml:
        click.echo(as_eml(draft, sender_of(config)), nl=False)
    elif as_json:
        click.echo(json.dumps(row(draft), ensure_ascii=False, indent=2))
    else:
        _show(console(), draft, beside(found)[number])
        _show_history(console(), opened(config).history(number))
    return EXIT_CODES["fine"]


def _show(screen: Console, draft: StoredDraft, others: Beside) -> None:
    email = draft.draft
    rows = [("To", recipient(draft)), ("Subject", one_line(email.subject))]
    if email.contact_source_url:
        rows.append(("Address from", one_line(email.contact_source_url)))
    rows += [("Article", one_line(draft.finding.page_url)), ("File", file_name(draft))]
    rows += [("To do", line) for line in to_do(draft, others)]
    for name, value in rows:
        screen.print(Text.assemble((f"{name}: ", "bold"), value, overflow="fold"))
    screen.print()
    # soft_wrap: the email's own lines, so that copying from the terminal gives what will be sent.
    screen.print(Text(plain_lines(email.body)), soft_wrap=True)


def _show_history(screen: Console, history: Sequence[HistoryEntry]) -> None:
    screen.print()
    for entry in history:
        about = [str(entry.detail[name]) for name in ("template", "reason", "via", "until") if entry.detail.get(name)]
        line = (
            f"{entry.at:%Y-%m-%d %H:%M}  {one_line(entry.kind)}{f' by {one_line(entry.actor)}' if entry.actor else ''}"
        )
        screen.print(Text(f"{line}{': ' if about else ''}{one_line(', '.join(about))}", style="dim", overflow="fold"))
