"""`mentions contacts list`."""

import json
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, console, load
from mentions.cli.contacts.common import entry, row
from mentions.cli.words import clean
from mentions.urls import ascii_host, registrable_domain


@click.command(name="list")
@config_option
@click.option("--publisher", help="Only this publisher (its domain).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for other programs.")
def list_(config_path: Path | None, publisher: str | None, as_json: bool) -> int:
    """List who is known at the publishers, with where each address was published and when it was seen there.

    Only addresses that a publisher's own pages show their readers are kept. None is guessed, looked up elsewhere, or
    decoded where a page hides it from programs.
    """
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        domains = (registrable_domain(ascii_host(publisher)),) if publisher else store.publishers_with_contacts()
        found = {domain: store.contacts_of(domain) for domain in domains}
    finally:
        store.close()
    if as_json:
        for stored in (each for contacts in found.values() for each in contacts):
            click.echo(json.dumps(row(stored), ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    if not any(found.values()):
        where = f" at {domains[0]}" if publisher else ""
        screen.print(
            f"Nobody is known{clean(where)} so far. A run finds contacts for articles worth asking about: "
            "[bold]mentions nightly[/]"
        )
        return EXIT_CODES["fine"]
    names = {each.domain: each.name for each in config.publishers}
    for domain, contacts in found.items():
        screen.print(f"[bold underline]{clean(names.get(domain, domain))}[/]  {domain}")
        for stored in contacts:
            screen.print(entry(stored))
        screen.print()
    screen.print("Whom an email goes to: [bold]mentions contacts show NUMBER[/] (numbers: mentions drafts)")
    return EXIT_CODES["fine"]
