"""`mentions db restore`: a backup in the database's place."""

from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, load, now
from mentions.cli.db.common import megabytes, only_sqlite
from mentions.exceptions import StoreError


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(config_path: Path | None, file: Path) -> int:
    """Put the backup FILE in the place of the database.

    Refused while a run, a hand-off, a review desk or anything else has the database open. The file is checked first;
    the database it replaces is kept beside it. Whoever was put on the suppression list since the backup stays on it.
    """
    from mentions.store.migrations import HEAD
    from mentions.store.restoring import restore as put_back

    config = load(config_path)
    only_sqlite(config, file, restore=True)
    done = put_back(config.store_url, file, now=now())
    click.echo(f"Restored {file}: {megabytes(done.backup.size)}, schema {done.backup.revision}, checked.")
    if done.aside:
        click.echo(f"The database it replaces lies in {done.aside}; remove it when you are sure.")
    if done.suppressions_kept is None:
        click.echo(
            "The suppression list of the replaced database could not be read, or is of another schema: look whether "
            "somebody who asked not to be written to is missing (mentions suppress list)."
        )
    elif done.suppressions_kept:
        click.echo(f"{done.suppressions_kept:,} newer entries of the suppression list were taken over.")
    click.echo("People who were erased since the backup was made are in it again: erase them once more.")
    click.echo("Users are as they were then, and log in again: see `mentions user list` for who may come in.")
    if done.backup.revision != HEAD:
        click.echo(f"Its schema is {done.backup.revision}, this program's is {HEAD}: run `mentions db upgrade`.")
    elif problem := _key_problem(config.store_url, config.store_key):
        click.echo(f"mentions: {problem}", err=True)
        return EXIT_CODES["error"]
    return EXIT_CODES["fine"]


def _key_problem(url: str, key: str | None) -> str | None:
    """What is wrong with the key of the restored list; None: it is the one that made it."""
    from mentions.store import open_store

    store = open_store(url, upgrade=False, key=key)
    try:
        store.suppression_list()
    except StoreError as error:
        return str(error)
    finally:
        store.close()
    return None
