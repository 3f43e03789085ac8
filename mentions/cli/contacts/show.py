"""`mentions contacts show`."""

import json
from pathlib import Path

import click
from rich.text import Text

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.contacts.common import entry, row
from mentions.cli.words import clean


@click.command()
@config_option
@click.argument("number", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the best first, for other programs.")
def show(config_path: Path | None, number: int, as_json: bool) -> int:
    """Show who may be asked about one article, the best first. NUMBER is the draft's (mentions drafts).

    The order: who wrote it, who edits its section, the newsroom, where corrections go, the publisher's address for
    everything, a form. The author of an agency's text stands last: only the publisher can change its page.
    """
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        url, publisher = store.article_of(number)
        found = store.contacts_for(number)
    finally:
        store.close()
    if as_json:
        for stored in found:
            click.echo(json.dumps(row(stored), ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    screen.print(Text(clean(url), style="dim", overflow="fold"))
    if not found:
        screen.print(
            f"No page of {publisher} that was read says whom to write to.\n"
            f"Look at a few more: [bold]mentions contacts look {number}[/]"
        )
        return EXIT_CODES["fine"]
    addressed = [stored for stored in found if stored.contact.address]
    for stored in found:
        best = stored is (addressed[0] if addressed and not found[0].chosen else found[0])
        mark = "your choice" if stored.chosen else "the email goes here" if best and stored.contact.address else ""
        screen.print(entry(stored, mark=mark))
    screen.print(f"Somebody else: [bold]mentions contacts choose {number} CONTACT[/]")
    return EXIT_CODES["fine"]
