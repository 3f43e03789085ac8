"""`mentions contacts forget`."""

from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, console, load, now


@click.command()
@config_option
@click.option(
    "--days",
    type=click.IntRange(min=1),
    help="Not seen for so many days. [default: retention.contacts_days of the configuration]",
)
def forget(config_path: Path | None, days: int | None) -> int:
    """Forget the contacts that nobody used. The nightly run does it by itself; this is for doing it now.

    Kept is whoever is addressed or chosen for something open, and whoever was written to, so as not to ask them twice.
    """
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        forgotten = store.forget_unused_contacts(now(), days or config.retention.contacts_days)
    finally:
        store.close()
    if not forgotten.all:
        console().print("Nothing to forget: every contact is in use, or was seen lately.")
    else:
        console().print(
            f"Forgotten: {forgotten.contacts} contacts, the addresses on {forgotten.findings} findings "
            f"and on {forgotten.drafts} drafts that were closed without being sent."
        )
    return EXIT_CODES["fine"]
