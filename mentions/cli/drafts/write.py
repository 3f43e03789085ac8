"""`mentions drafts write`."""

from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import filters, is_open, opened, sender_of, stored
from mentions.cli.drafts.deciding import by_option, person
from mentions.config import Config
from mentions.exceptions import DecisionRefused, DraftError
from mentions.outreach.cleaning import one_line
from mentions.outreach.eml import write_all, write_eml
from mentions.outreach.forbidden import forbidden
from mentions.outreach.rendering import Rendering
from mentions.outreach.renewing import write_again


@click.command()
@config_option
@filters
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write them. [default: drafts.folder of the configuration]",
)
@click.option(
    "--again",
    "numbers",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    multiple=True,
    help="Write the text of this draft anew from its template first, and only its file. May be repeated.",
)
@by_option
def write(
    config_path: Path | None,
    target: str | None,
    state: str | None,
    folder: Path | None,
    numbers: tuple[int, ...],
    by: str | None,
) -> int:
    """Write the drafts as .eml files.

    One file an email; files that are right already stay as they are. Drafts that were ignored, declined, suppressed or
    reclaimed are left out unless --state asks for them, and those to somebody on the suppression list always are. Ends
    with exit code 3 when a draft could not be written; the others are.

    With --again the text itself is written anew: after you changed a template, or chose another contact. A text that
    somebody edited is replaced (the old one stays an earlier revision), and an approval is taken back.
    """
    config = load(config_path)
    sender = sender_of(config)
    if numbers:
        return _again(config, numbers, folder or config.drafts_folder, person(by))
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


def _again(config: Config, numbers: tuple[int, ...], folder: Path, by: str) -> int:
    store = opened(config)
    rendering = Rendering(config, store)
    screen, problem_screen = console(), console(stderr=True)
    refused = 0
    for number in dict.fromkeys(numbers):
        try:
            draft = write_again(rendering, store, number, by=by, now=now())
            path = write_eml(draft, rendering.sender, folder)
        except (DraftError, DecisionRefused) as error:
            refused += 1
            problem_screen.print(Text(str(error), style="red", overflow="fold"))
            continue
        screen.print(Text(f"draft {number}, revision {draft.revision}, written anew: {path}", overflow="fold"))
        for problem in draft.draft.problems:
            screen.print(Text(f"  to do: {one_line(problem)}", style="yellow", overflow="fold"))
    return EXIT_CODES["partial"] if refused else EXIT_CODES["fine"]
