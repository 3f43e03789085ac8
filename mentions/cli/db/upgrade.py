"""`mentions db upgrade`: the schema of this program, said and done by itself instead of at the next start."""

from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, load


@click.command()
@config_option
@click.option("--dry-run", is_flag=True, help="Say which steps are missing, and do none.")
def upgrade(config_path: Path | None, *, dry_run: bool) -> int:
    """Bring the database to this program's schema, with its data.

    A backup is written beside an SQLite file first. Either all steps are done or none. Refused while a run, a
    hand-off or a review desk is at work. Other commands do the same at their next start; this one is for doing it
    when you choose.
    """
    from mentions.store import upgrading
    from mentions.store.lock import whole_database_lock
    from mentions.store.migrations import HEAD

    config = load(config_path)
    found = upgrading.check(config.store_url)
    if found == HEAD:
        click.echo(f"The schema is {HEAD}, as this program needs it; nothing to do.")
        return EXIT_CODES["fine"]
    steps = upgrading.steps_after(found)
    click.echo(f"The schema is {found or 'not there yet'}, this program needs {HEAD}; steps:")
    for revision, what in steps:
        click.echo(f"  {revision}  {what}")
    if dry_run:
        return EXIT_CODES["fine"]
    with whole_database_lock(config.store_url):
        backup = upgrading.upgrade(config.store_url, key=config.store_key)
    click.echo(f"Done; the schema is {HEAD}." + (f" The database as it was lies in {backup}." if backup else ""))
    return EXIT_CODES["fine"]
