"""Putting a backup in the place of an SQLite database, when nobody works on it, and keeping what it replaces."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mentions.exceptions import StoreError
from mentions.store.backups import COMPANIONS, Backup, checked, copied, file_of, is_sqlite, reading_only
from mentions.store.engine import parse_url
from mentions.store.lock import whole_database_lock
from mentions.store.migrations import HEAD


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that was put back."""

    backup: Backup
    aside: Path | None  # where the replaced database lies now; None: there was none
    suppressions_kept: int | None  # entries of its suppression list taken over; None: it could not be read


def restore(url: str, file: Path, *, now: datetime) -> Restored:
    """Puts the backup `file` in the place of the SQLite database at `url`, which is kept beside it under another name.

    Who was put on the suppression list since the backup stays on it: an old file must not make anybody be asked again.
    Everybody logs in again.
    Raises AlreadyRunning while a run, a hand-off or a desk works on the database, StoreError where another program
    has it open, or where the file is no sound backup of this program's; then nothing is changed.
    """
    database = file_of(parse_url(url))
    if not file.is_file():
        raise StoreError(f"there is no file {file} to restore")
    if database.exists() and file.samefile(database):
        raise StoreError(f"{file} is the database itself; there is nothing to restore")
    with whole_database_lock(url), copied(file, database.parent, database.name) as copy:
        backup = checked(copy, str(file))
        if backup.revision > HEAD:  # revisions are numbers of four digits
            raise StoreError(
                f"{file} was made by a newer version of this program (schema {backup.revision}, this one knows {HEAD})"
            )
        _end_sessions(copy)
        kept: int | None = 0
        aside = None
        if database.exists():
            _close_off(database)
            kept = _keep_suppressions(database, copy)
            aside = _put_aside(database, now)
        copy.replace(database)
        _sync_folder(database.parent)
    return Restored(Backup(file, backup.size, backup.revision), aside, kept)


def _close_off(database: Path) -> None:
    """Everything of the database in its one file. Raises StoreError where another program has it open.

    Leaving WAL mode needs every other connection to be gone (https://www.sqlite.org/wal.html), idle ones too.
    """
    if not is_sqlite(database):
        return  # whatever it is, it is put aside as it is
    try:
        with closing(sqlite3.connect(database, timeout=1.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreError(
                f"another program has the database {database} open (a review desk, a command, a shell); "
                "end it and try again; nothing was done"
            ) from error
    except sqlite3.DatabaseError:
        return  # damaged: the reason why somebody restores


def _end_sessions(copy: Path) -> None:
    """Everybody logs in again: a session that was ended since, as after a lost laptop, must not be good once more.

    Raises StoreError.
    """
    try:
        with closing(sqlite3.connect(copy)) as new:
            if new.execute("SELECT 1 FROM sqlite_master WHERE name = 'session'").fetchone():
                new.execute("DELETE FROM session")
                new.commit()
    except sqlite3.Error as error:
        raise StoreError(f"the sessions of the backup could not be ended: {error}; nothing was done") from error


def _keep_suppressions(database: Path, copy: Path) -> int | None:
    """Entries of the suppression list that the copy lacks go into it; None where the old list cannot be read.

    Raises StoreError where they cannot be written.
    """
    try:
        with closing(reading_only(database)) as old:
            columns = _columns(old)
            names = ", ".join(f'"{column}"' for column in columns)
            rows = old.execute(f"SELECT {names} FROM suppression").fetchall()  # noqa: S608  # names of the schema
    except (sqlite3.Error, StoreError):
        return None
    marks = ", ".join("?" * len(columns))
    try:
        with closing(sqlite3.connect(copy)) as new:
            if _columns(new) != columns:
                return None
            before = new.total_changes
            new.executemany(f"INSERT OR IGNORE INTO suppression ({names}) VALUES ({marks})", rows)  # noqa: S608  # likewise
            new.commit()
            return new.total_changes - before
    except sqlite3.Error as error:
        raise StoreError(f"the suppression list could not be taken over: {error}; nothing was done") from error


def _columns(connection: sqlite3.Connection) -> list[str]:
    return [row[1] for row in connection.execute('PRAGMA table_info("suppression")') if row[1] != "id"]


def _put_aside(database: Path, now: datetime) -> Path:
    """Renames the database and what lies beside it; returns the new name, which was free."""
    aside, number = database.with_name(f"{database.name}.replaced-{now:%Y%m%dT%H%M%SZ}"), 1
    while aside.exists():
        number += 1
        aside = database.with_name(f"{database.name}.replaced-{now:%Y%m%dT%H%M%SZ}-{number}")
    for companion in COMPANIONS:
        with suppress(FileNotFoundError):
            database.with_name(database.name + companion).rename(aside.with_name(aside.name + companion))
    return aside


def _sync_folder(folder: Path) -> None:
    """So that the new names survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
