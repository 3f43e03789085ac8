"""`mentions drafts undo`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.drafts.common import opened
from mentions.cli.drafts.deciding import by_option, json_option, person
from mentions.config import Config
from mentions.exceptions import DecisionRefused, DraftError, StoreError
from mentions.outreach.eml import write_eml
from mentions.store.records import StoredDraft
from mentions.undoing import UNDO_WITHIN, told

_MINUTES = int(UNDO_WITHIN.total_seconds() // 60)


@click.command(
    help=f"""Take back what was decided last about draft NUMBER, within {_MINUTES} minutes.

    Everything that came of the decision is taken back with it: what was put on the suppression list, what was learnt
    from an answer, another recipient, another text. Whoever decided again since, or a link that was found since, is
    not overruled; then decide anew. A second undo takes back the decision before.
    """
)
@click.argument("number", type=click.IntRange(min=1))
@by_option
@json_option
@config_option
def undo(config_path: Path | None, number: int, by: str | None, *, as_json: bool) -> int:
    """Take back what was decided last about a draft."""
    config = load(config_path)
    try:
        store = opened(config)
        done = store.undo_last(number, by=person(by), now=now())
    except (DecisionRefused, StoreError) as error:
        if as_json:
            click.echo(json.dumps({"number": number, "refused": str(error)}, ensure_ascii=False))
        else:
            console(stderr=True).print(Text(str(error), style="red", overflow="fold"))
        return EXIT_CODES["partial"]
    if done.text:
        _write_file(config, store.draft_of(number))
    if as_json:
        row = {"number": number, "undone": done.change.kind, "state": done.after.state.value, "version": done.after.rev}
        click.echo(json.dumps(row | {"left": list(done.left)}, ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    state = done.after.state.value.replace("_", " ")
    screen.print(Text(f"draft {number}: taken back: {told(done.change.kind).lower()}. It is {state}.", overflow="fold"))
    for left in done.left:
        screen.print(Text(f"  note: {left}", style="yellow", overflow="fold"))
    return EXIT_CODES["fine"]


def _write_file(config: Config, draft: StoredDraft | None) -> None:
    """The .eml file follows its draft, as at the desk; where it cannot be written, what was taken back stays so."""
    if draft is None or config.sender is None:
        return
    try:
        write_eml(draft, config.sender, config.drafts_folder)
    except (DraftError, OSError) as error:
        console(stderr=True).print(
            Text(f"the text is stored; its file could not be written: {error}", style="red", overflow="fold")
        )
