"""Locks on files beside an SQLite database, which the operating system frees when their holder dies, however.

Apart from mentions.store, because a second run must be refused before the database's library is even loaded (G-07).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mentions.exceptions import AlreadyRunning, StoreError


@contextmanager
def file_lock(database: Path, work: str, who: str, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock for one kind of `work` on a database; a shared one is refused only by one that is not.

    `who` is who works where it is refused. Raises AlreadyRunning at once, StoreError where no file can be made. The
    file stays there afterwards, empty of meaning: whoever opened it just before its removal would lock a file that
    nobody else sees.
    """
    path = _lock_file(database, work)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"cannot write the lock file {path}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            process = f" (process {holder})" if holder else ""
            raise AlreadyRunning(f"{who} works on {database}{process}; nothing was done") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def refuse_second_run(store_url: str) -> None:
    """Raises AlreadyRunning while a run holds the lock of an SQLite database; makes no file.

    For saying so before anything slow is begun: the run itself then takes the lock. On a server only that tells.
    """
    scheme, _, file = store_url.partition(":///")
    if scheme == "sqlite" and file and _lock_file(database := Path(file), "run").exists():
        with file_lock(database, "run", "another run"):
            pass


def _lock_file(database: Path, work: str) -> Path:
    return database.with_name(f"{database.name}.{work}-lock")
