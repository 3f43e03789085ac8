"""`mentions contacts look`."""

import json
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.cli.contacts.common import entry, row
from mentions.outreach.contacts.looking import LOOKS_A_MONTH, MONTH


@click.command()
@config_option
@click.argument("number", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the best first, for other programs.")
def look(config_path: Path | None, number: int, as_json: bool) -> int:
    """Look now for contacts of the publisher of draft NUMBER, as a nightly run does.

    Reads the article again, then pages of the same site that it links to: the author's, the masthead, corrections,
    contact, imprint, about. At most five such pages of a site a month, within its robots.txt; what was looked at is not
    asked again within the month.
    """
    from mentions.crawling.contact_look import look_for_contacts
    from mentions.store import open_store
    from mentions.store.lock import run_lock

    config = load(config_path)
    with run_lock(config.store_url):  # a run asks the same hosts at their own pace: never both at once
        store = open_store(config.store_url, key=config.store_key)
        try:
            url, publisher = store.article_of(number)
            looked = look_for_contacts(url, publisher, config, store, clock=now)
            found = store.contacts_for(number)
            left = LOOKS_A_MONTH - store.contact_looks_since(publisher, now() - MONTH)
        finally:
            store.close()
    if as_json:
        for stored in found:
            click.echo(json.dumps(row(stored), ensure_ascii=False))
        return EXIT_CODES["fine"]
    screen = console()
    pages, failed, new = (looked.counts.get(f"contacts/{key}", 0) for key in ("pages", "pages_failed", "new"))
    screen.print(
        f"Read the article and {pages} further page{'s' if pages != 1 else ''} of {publisher}"
        f"{f'; {failed} could not be read' if failed else ''}. {new or 'No'} new contact{'s' if new != 1 else ''}; "
        f"{max(left, 0)} of {LOOKS_A_MONTH} further pages are left this month.",
        markup=False,
        highlight=False,
    )
    for stored in found:
        screen.print(entry(stored))
    return EXIT_CODES["fine"]
