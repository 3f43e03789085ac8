"""`mentions contacts choose`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.contacts.common import row, shown
from mentions.cli.drafts.deciding import by_option, person
from mentions.config import Config
from mentions.exceptions import DecisionRefused, DraftError, TemplateError
from mentions.outreach.eml import write_eml
from mentions.outreach.rendering import Rendering
from mentions.outreach.renewing import follow_contact
from mentions.store import Store


@click.command()
@config_option
@click.argument("number", type=click.IntRange(min=1))
@click.argument("contact", type=click.IntRange(min=1), required=False)
@click.option("--best", is_flag=True, help="Take your choice back: the best known contact counts again.")
@by_option
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, for other programs.")
def choose(
    config_path: Path | None, number: int, contact: int | None, *, best: bool, by: str | None, as_json: bool
) -> int:
    """Say whom the email about an article goes to: draft NUMBER goes to CONTACT.

    Both numbers stand in `mentions contacts show NUMBER`. The draft is written anew, with the right name and address; a
    text that somebody edited keeps its words and goes to the new address.
    """
    from mentions.store import open_store

    if (contact is None) == (not best):
        raise click.UsageError("give the number of a contact, or --best")
    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        by = person(by)
        choice = store.choose_contact(number, contact, by=by, now=now())
        now_first = next(iter(store.contacts_for(number)), None)
        note = _draft_anew(config, store, number, choice, by)
    finally:
        store.close()
    if as_json:
        told = {"number": number, "contact": row(now_first) if now_first else None, "note": note}
        click.echo(json.dumps(told, ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    to = shown(now_first) if now_first else "nobody yet"
    screen.print(Text(f"Draft {number} goes to: {to}", overflow="fold"))
    if note:
        screen.print(Text(note, style="yellow", overflow="fold"))
    return EXIT_CODES["fine"]


def _draft_anew(config: Config, store: Store, number: int, choice: int, by: str) -> str | None:
    """Renders the draft for its new recipient; what a person must know, where that cannot be done."""
    if config.sender is None:
        return None
    try:
        followed = follow_contact(Rendering(config, store), store, number, choice, by=by, now=now())
        if followed.draft is not None:
            write_eml(followed.draft, config.sender, config.drafts_folder)
    except (DraftError, DecisionRefused, TemplateError, OSError) as error:
        return f"The draft could not be written anew: {error}"
    return f"{followed.note}\nChange it with: mentions drafts edit {number}" if followed.note else None
