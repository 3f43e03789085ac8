"""`mentions drafts write`."""

from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.drafts.common import filters, is_open, opened, sender_of, stored
from mentions.outreach.cleaning import one_line
from mentions.outreach.eml import write_all
from mentions.outreach.forbidden import forbidden


@click.command()
@config_option
@filters
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write them [default: drafts.folder of the configuration]",
)
def write(config_path: Path | None, target: str | None, state: str | None, folder: Path | None) -> int:
    """Write the drafts as .eml files.

    One file an email; files that are right already stay as they are. Drafts that were ignored, declined, suppressed or
    reclaimed are left out unless --state asks for them, and those to somebody on the suppression list always are. Ends
    with exit code 3 when a draft could not be written; the others are.
    """
    config = load(config_path)
    sender = sender_of(config)
    wanted = [draft for draft in stored(config, target, state) if state or is_open(draft)]
    folder = folder or config.drafts_folder
    not_to_be_sent = forbidden(wanted, opened(config).suppression_list())
    written = write_all((draft for draft in wanted if draft.draft.opportunity_id not in not_to_be_sent), sender, folder)
    screen = console()
    files = len(written.files)
    screen.print(Text(f"{files} draft{'' if files == 1 else 's'} in {folder}", overflow="fold"))
    problem_screen = console(stderr=True)
    refused = [
        (draft, f"must not be sent: {not_to_be_sent[draft.draft.opportunity_id]}")
        for draft in wanted
        if draft.draft.opportunity_id in not_to_be_sent
    ]
    for draft, reason in (*refused, *written.refused):
        line = f"draft {draft.draft.opportunity_id} ({one_line(draft.finding.publisher)}): {one_line(reason)}"
        problem_screen.print(Text(line, overflow="fold"))
    return EXIT_CODES["partial"] if refused or written.refused else EXIT_CODES["fine"]
