"""A copy of an SQLite database while it is in use, checked. PostgreSQL has a tool of its own for that."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import Final

from sqlalchemy import URL

from mentions.exceptions import StoreError
from mentions.store.engine import parse_url, sqlite_path

COMPANIONS: Final = ("", "-wal", "-shm")  # the files of one SQLite database
_HEADER: Final = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was checked: every page and every reference of it is sound."""

    path: Path
    size: int  # bytes
    revision: str  # of its schema


def server_command(url: str, file: Path, *, restore: bool = False) -> str | None:
    """The command that backs up (or restores) a PostgreSQL database; None for SQLite. Holds no password."""
    parsed = parse_url(url)
    if sqlite_path(parsed) is not None:
        return None
    database = _libpq(parsed)
    if restore:
        return f"pg_restore --clean --if-exists --no-owner --single-transaction --dbname='{database}' '{file}'"
    return f"pg_dump --format=custom --no-owner --dbname='{database}' --file='{file}'"


def back_up(url: str, to: Path, *, replace: bool = False) -> Backup:
    """Writes a consistent copy of the SQLite database at `url` to the file `to`, whoever writes meanwhile (G-06).

    The copy is checked before it gets its name, so a file of that name is a sound backup. Only this user may read it.
    Raises StoreError: no such database, `to` exists and may not be replaced, no room, damaged.
    """
    source = file_of(parse_url(url))
    if not source.exists():
        raise StoreError(f"there is no database {source} to back up")
    if to.exists() and not replace:
        raise StoreError(f"{to} exists already; name another file, or say --replace")
    if to.exists() and not to.is_file():
        raise StoreError(f"{to} is no file, so nothing can be put in its place; name another")
    if to.exists() and to.samefile(source):
        raise StoreError(f"{to} is the database itself; name another file")
    with copied(source, to.parent, to.name) as copy:
        backup = checked(copy, f"the copy of {source}")
        copy.replace(to)
    return Backup(to, backup.size, backup.revision)


def copies_beside(url: URL) -> list[Path]:
    """The files beside an SQLite database that hold earlier states of it: of upgrades and of restores; sorted."""
    file = sqlite_path(url)
    if file is None:
        return []
    found = [*file.parent.glob(f"{file.name}.schema-*.backup*"), *file.parent.glob(f"{file.name}.replaced-*")]
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))


def file_of(url: URL) -> Path:
    """The file of an SQLite database. Raises StoreError for PostgreSQL."""
    path = sqlite_path(url)
    if path is None:
        raise StoreError("a PostgreSQL database is backed up and restored by pg_dump and pg_restore")
    return path


def _libpq(url: URL) -> str:
    """The URL as PostgreSQL's own programs read it, without the password: those ask for it, or read ~/.pgpass."""
    query = {name: value for name, value in url.query.items() if name != "password"}
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string(hide_password=False)


@contextmanager
def copied(source: Path, folder: Path, name: str) -> Iterator[Path]:
    """A whole copy of an SQLite file in `folder`, in one file; removed at the end where nobody gave it a name."""
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-", suffix=".part")
    except OSError as error:
        raise StoreError(f"cannot write in the folder {folder}: {error.strerror}") from error
    os.close(handle)
    copy = Path(temporary)
    try:
        _copy(source, copy)
        yield copy
    finally:
        for companion in (*COMPANIONS, "-journal"):
            copy.with_name(copy.name + companion).unlink(missing_ok=True)


def _copy(source: Path, copy: Path) -> None:
    """By SQLite's online backup, in one step: a copy page by page would begin anew with every write of others."""
    if not is_sqlite(source):
        raise StoreError(f"{source} is not an SQLite database")
    try:
        with closing(reading_only(source)) as reading, closing(sqlite3.connect(copy)) as writing:
            reading.backup(writing, pages=-1)
            # One file that can be carried away; in WAL mode two more may lie beside it.
            writing.execute("PRAGMA journal_mode = DELETE")
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
    except (sqlite3.Error, OSError) as error:
        raise StoreError(_why_notcopied(source, copy.parent, error)) from error


def is_sqlite(path: Path) -> bool:
    """Does the file begin as one of SQLite's? Raises StoreError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error


def reading_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write to the file, and makes none."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _why_notcopied(source: Path, folder: Path, error: Exception) -> str:
    try:
        size = sum(
            path.stat().st_size for end in ("", "-wal") if (path := source.with_name(source.name + end)).exists()
        )
        free = disk_usage(folder).free
    except OSError:
        return f"{source} could not be copied to {folder}: {error}"
    if free < size or "disk is full" in str(error):
        return (
            f"no room in {folder}: the copy of {source} needs {size / 1e6:,.1f} MB, {free / 1e6:,.1f} MB are free; "
            "nothing was left there, and the database is as it was"
        )
    return f"{source} could not be copied to {folder}: {error}; nothing was left there, the database is as it was"


def checked(copy: Path, name: str) -> Backup:
    """What the file holds, once every page, index and reference of it was found sound. Raises StoreError."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            (first, *_) = (row[0] for row in connection.execute("PRAGMA integrity_check(1)"))
            if first != "ok":
                raise StoreError(f"{name} is damaged ({first}); run `mentions db check`")
            if orphan := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(f"{name} has rows that point to rows that are not there, in {orphan[0]!r}")
            tables = {table for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"alembic_version", "opportunity"} <= tables:
                raise StoreError(f"{name} is not a database of this program")
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{name} is damaged: {error}") from error
    return Backup(copy, copy.stat().st_size, str(revision))
