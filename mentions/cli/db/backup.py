"""`mentions db backup`: a checked copy of the database."""

from datetime import datetime
from pathlib import Path

import click

from mentions.cli.common import EXIT_CODES, config_option, load, now
from mentions.cli.db.common import beside, megabytes, only_sqlite


@click.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over a file of that name, once the new copy is checked")
def backup(config_path: Path | None, file: Path, *, replace: bool) -> int:
    """Write a copy of the database to FILE; into a folder under a name with the time.

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


def _named(file: Path, at: datetime) -> Path:
    return file / f"mentions-{at:%Y%m%dT%H%M%SZ}.db" if file.is_dir() else file
