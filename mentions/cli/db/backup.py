"""`mentions db backup`: a checked copy of the database."""

import os
from datetime import datetime
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, load, now
from mentions.cli.db.common import beside, megabytes, only_sqlite


@click.command()
@config_option
@click.argument("file", type=click.Path())
@click.option("--replace", is_flag=True, help="Write over a file of that name, once the new copy is checked.")
def backup(config_path: Path | None, file: str, *, replace: bool) -> int:
    """Write a copy of the database to FILE; into a folder (folder/ is made) under a name with the time.

    A run or a desk may go on meanwhile: the copy is one moment of the database, whole. It is checked before it gets
    its name. It holds people's addresses, so only you may read the file.
    """
    from mentions.store.backups import back_up

    config = load(config_path)
    target = _named(file, now())
    only_sqlite(config, target)
    made = back_up(config.store_url, target, replace=replace)
    click.echo(f"{made.path}: {megabytes(made.size)}, schema {made.revision}, checked.")
    click.echo("Not in it, so keep copies of these too (the key in another place than the backup):")
    for what, where in beside(config):
        click.echo(f"  {what}: {where}")
    return EXIT_CODES["fine"]


def _named(file: str, at: datetime) -> Path:
    """The file to write. What ends in a slash is a folder, whether it is there already or not."""
    path = Path(file)
    if file.endswith((os.sep, os.altsep or os.sep)):
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise click.BadParameter(
                f"{path}: the folder cannot be made: {error.strerror}", param_hint="FILE"
            ) from error
    return path / f"mentions-{at:%Y%m%dT%H%M%SZ}.db" if path.is_dir() else path
