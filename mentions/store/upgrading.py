"""Bringing a database to this program's schema: backed up first, whole or not at all."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text

from mentions.exceptions import StoreError
from mentions.store import queue_upkeep
from mentions.store.engine import make_engine, parse_url, plain_errors, shown, sqlite_path
from mentions.store.key import AddressKey
from mentions.store.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

_FOLDER = Path(__file__).parent / "migrations"


def check(url: str) -> str | None:
    """The revision of the database at `url`; None where it holds no schema yet. Changes nothing.

    Raises StoreError where it cannot be opened, or where a newer program made it.
    """
    parsed = parse_url(url)
    path = sqlite_path(parsed)
    if path is not None and not path.exists():
        return None
    engine = make_engine(parsed, pooled=False)
    with plain_errors(parsed), engine.connect() as connection:
        return _revision(connection, parsed)


def upgrade(url: str, *, to: str = HEAD, key: str | None = None) -> Path | None:
    """Runs the steps that are missing, and returns the backup written before them (None: nothing to do or to save).

    Either all steps are done or none: a failing one leaves schema and data as they were. `key` as for open_store.
    Raises StoreError.
    """
    parsed = parse_url(url)
    # Foreign keys off: SQLite changes a table by dropping it, which with them on would empty every child table.
    engine = make_engine(parsed, foreign_keys=False, pooled=False)
    with plain_errors(parsed):
        with engine.connect() as connection:
            revision = _revision(connection, parsed)
        if revision == to:
            return None
        backup = _back_up(parsed, revision) if revision else None
        with engine.begin() as connection:
            # Another program may have done it while we waited for the write lock.
            if _revision(connection, parsed) != to:
                _run_steps(connection, to, AddressKey(parsed, key))
                _check_foreign_keys(connection, parsed)
    return backup


def steps_after(revision: str | None) -> list[tuple[str, str]]:
    """The steps from a schema (None: from nothing) to this program's, in order: revision, and what it brings."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(_FOLDER))
    steps = [(step.revision, (step.doc or "").partition("\n")[0]) for step in script.walk_revisions()][::-1]
    return [step for step in steps if revision is None or step[0] > revision]


def _revision(connection: Connection, url: URL) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        tables = inspect(connection).get_table_names()
        if tables:
            raise StoreError(f"the database {shown(url)} belongs to another program: it has a table {tables[0]!r}")
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found > HEAD:  # revisions are numbers of four digits, see tests/store/test_upgrading.py
        raise StoreError(
            f"the database {shown(url)} was made by a newer version of this program (schema {found}, this one knows "
            f"{HEAD}); install that version, or restore the backup that lies beside the database"
        )
    return None if found is None else str(found)


def alembic_config(connection: Connection) -> "AlembicConfig":
    """Alembic's configuration for one connection; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _run_steps(connection: Connection, to: str, key: AddressKey) -> None:
    from alembic import command

    config = alembic_config(connection)
    config.attributes["key"] = key
    queue_upkeep.remove(connection)  # no step could change a table that a trigger is on, or names
    command.upgrade(config, to)
    queue_upkeep.install(connection)


def _check_foreign_keys(connection: Connection, url: URL) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken: Sequence[object] = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise StoreError(
            f"the database {shown(url)} was not upgraded: {len(broken)} rows would point to rows that are not there, "
            f"the first one in the table {broken[0][0]!r}"  # type: ignore[index]  # a row of the pragma: table, rowid, parent, key
        )


def _back_up(url: URL, revision: str) -> Path | None:
    """A copy of the database beside it; a plain copy of the file would miss what still lies in the WAL."""
    path = sqlite_path(url)
    if path is None:
        return None  # PostgreSQL is backed up by its operator (pg_dump)
    backup = _free_name(path, revision)
    with closing(sqlite3.connect(path)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(backup),))
        except sqlite3.Error as error:
            backup.unlink(missing_ok=True)
            raise StoreError(f"the database {path} was not upgraded: no backup could be written: {error}") from error
    return backup


def _free_name(path: Path, revision: str) -> Path:
    number = 1
    while True:
        suffix = f".schema-{revision}.backup" + (f"-{number}" if number > 1 else "")
        candidate = path.with_name(path.name + suffix)
        if not candidate.exists():
            return candidate
        number += 1
