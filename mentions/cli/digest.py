"""`mentions digest`: what is new since the last run."""

import json
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, console, load, now
from mentions.digesting import Digested, digest_run
from mentions.exceptions import StoreError
from mentions.notifying.chats import ChatKind
from mentions.notifying.payloads import payload
from mentions.reporting.digest_text import as_text


@click.command()
@config_option
@click.option("--run", "run_id", type=click.IntRange(min=1), help="The digest of this run. [default: the last search]")
@click.option("--always", is_flag=True, help="Tell the chats and write the file even if nothing is new.")
@click.option("--dry-run", is_flag=True, help="Show it here only: tell no chat, write no file.")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object, for other programs.")
def digest(config_path: Path | None, run_id: int | None, *, always: bool, dry_run: bool, as_json: bool) -> int:
    """Say what is new since the last run, here and in your chat.

    New finds worth asking about, links reclaimed and lost, publishers to look at. `mentions nightly` does this by
    itself when a run is over. Where it goes stands in [digest] of mentions.toml; without that it stays on this machine.
    """
    from mentions.store import open_store

    config = load(config_path)
    store = open_store(config.store_url, key=config.store_key)
    try:
        run = store.run(run_id) if run_id is not None else store.last_search()
        if run is None:
            if run_id is not None:
                raise StoreError(f"there is no run {run_id}")
            click.echo("There was no run so far. The first one: mentions nightly")
            return EXIT_CODES["fine"]
        done = digest_run(store, config, run, now=now(), always=always, tell_chats=not dry_run)
    finally:
        store.close()
    if as_json:
        click.echo(json.dumps(payload(ChatKind.JSON, done.message), ensure_ascii=False))
    else:
        click.echo(as_text(done.message, width=min(console().width, 100)), nl=False)
    _say(done, always=always, dry_run=dry_run)
    return EXIT_CODES["partial"] if done.warnings else EXIT_CODES["fine"]


def _say(done: Digested, *, always: bool, dry_run: bool) -> None:
    """Who heard it; on the standard error, because the standard output is the digest."""
    if done.file is not None:
        click.echo(f"Written to {done.file}", err=True)
    if done.told:
        click.echo(f"Told: {', '.join(done.told)}", err=True)
    if not done.digest.has_news and not always and not dry_run:
        click.echo("Nothing is new, so nobody was told; --always does it all the same.", err=True)
    for warning in done.warnings:
        click.echo(f"Warning: {warning}", err=True)
