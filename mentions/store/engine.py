"""The connection: SQLite with the pragmas that keep two writers apart, or PostgreSQL; and errors in plain words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from mentions.exceptions import StoreError
from mentions.store.statements import UNICODE_LOWER
from mentions.store.types import dump_json

BUSY_TIMEOUT_MS: Final = 10_000  # SQLite's default is 0 (Python's 5,000): a writer waits this long for another one

_FORMS: Final = "sqlite:///mentions.db, or postgresql://user:password@host/database"


def parse_url(url: str) -> URL:
    """The database's URL, checked. Raises StoreError naming what is allowed."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{_without_secrets(url)!r} is not the URL of a database; write it as {_FORMS}") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if parsed.host or parsed.username:
            raise StoreError(f"an SQLite URL has three slashes before a relative path, four before /: {_FORMS}")
        return parsed.set(drivername="sqlite")
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"databases of the kind {backend!r} are not supported; use {_FORMS}")


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL and for a database in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def shown(url: URL) -> str:
    """How messages name a database: the file, or the URL without its password."""
    path = sqlite_path(url)
    return str(path) if path else url.render_as_string(hide_password=True)


def make_engine(url: URL, *, foreign_keys: bool = True, pooled: bool = True) -> Engine:
    """An engine for SQLite or PostgreSQL. Raises StoreError where the driver is missing."""
    options: dict[str, Any] = {"json_serializer": dump_json}
    if not pooled:
        options["poolclass"] = NullPool
    try:
        engine = create_engine(url, **options)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'mentions[postgresql]'") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, foreign_keys=foreign_keys)
    return engine


def _prepare_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    """Every connection gets the pragmas; every transaction that may write takes the write lock when it begins.

    A transaction that starts reading and then writes cannot wait for another writer: SQLite answers "database is
    locked" at once, whatever the timeout (https://www.sqlite.org/isolation.html). BEGIN IMMEDIATE waits its turn.
    """

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = NORMAL",  # default FULL; with WAL a power cut costs the last commits, never integrity
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function(UNICODE_LOWER, 1, _in_small_letters, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        readonly = connection.get_execution_options().get("readonly", False)
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def _in_small_letters(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read one consistent state."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(readonly=True)
    return engine.execution_options(isolation_level="REPEATABLE READ")


def compact(engine: Engine) -> None:
    """Writes an SQLite file anew, without the remains of what was deleted; PostgreSQL does so by itself.

    Raises StoreError where another program holds the file, or the disk has no room for a copy.
    """
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:  # VACUUM runs outside of transactions
        cursor = connection.cursor()
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise StoreError(
                f"the database {shown(engine.url)} could not be written anew ({error}): what was deleted may still be "
                "read in the file; try again when no other program uses it"
            ) from error
        finally:
            cursor.close()


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turns what the database says into a StoreError a person can act on."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(explain(error, url)) from error
    except OverflowError as error:  # of SQLite's driver; PostgreSQL says as much by itself
        raise StoreError(f"a number is too large for the database {shown(url)}; nothing was done") from error


def explain(error: SQLAlchemyError, url: URL) -> str:
    """What went wrong with which database, in plain words, and what to do about it."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    name, path = shown(url), sqlite_path(url)
    if path is None:
        return f"the database {name} says: {said.strip()}"
    if "unable to open database file" in said:
        return f"cannot open the database {name}: {_why_not_open(path)}"
    for sign, meaning in _SQLITE_SAYS.items():
        if sign in said:
            return f"the database {name} {meaning}"
    return f"the database {name} says: {said}"


_SQLITE_SAYS: Final = {
    "readonly database": "cannot be written: the file or its folder is read-only for this user",
    "file is not a database": "is not a database of ours: another program wrote this file",
    "disk is full": "cannot grow: the disk is full; nothing was lost, make room and start again",
    "database is locked": f"was held by another program for more than {BUSY_TIMEOUT_MS // 1000} s; is one hanging?",
    "malformed": "is damaged; restore it from a backup",
}


def _why_not_open(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, not a file"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    if not os.access(path.parent, os.W_OK):
        return f"this user may not write in the folder {path.parent}"
    return "this user may not read and write the file"


def _without_secrets(url: str) -> str:
    """What of a broken URL may be shown: never what stands before an @."""
    return f"…@{url.rpartition('@')[2]}" if "@" in url else url
