"""What the commands of `mentions db` share: what belongs to a database beside it, and sizes in words."""

from pathlib import Path

from mentions.config import Config
from mentions.exceptions import ConfigError
from mentions.store.backups import server_command
from mentions.store.engine import parse_url, sqlite_path


def beside(config: Config) -> list[tuple[str, str]]:
    """What a backup of the database does not hold, and where it is: (what, where)."""
    rows = [("configuration", str(config.path))]
    if config.store.key_env:
        rows.append(("key of the suppression list", f"the environment variable {config.store.key_env}"))
    elif (database := sqlite_path(parse_url(config.store_url))) is not None:
        key = database.with_name(f"{database.name}.key")
        rows.append(("key of the suppression list", str(key) if key.exists() else f"{key} (not made yet)"))
    rows.append(("drafts", str(config.drafts_folder)))
    rows.append(("saved pages", str(config.pages_folder)))
    if config.templates_folder:
        rows.append(("templates", str(config.templates_folder)))
    return rows


def only_sqlite(config: Config, file: Path, *, restore: bool = False) -> None:
    """Raises ConfigError with the command to use where the database is PostgreSQL's."""
    if command := server_command(config.store_url, file, restore=restore):
        what = "restored by pg_restore" if restore else "backed up by pg_dump"
        raise ConfigError(f"a PostgreSQL database is {what}; nothing was done. The command is:\n\n    {command}\n")


def megabytes(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.1f} KB"
