"""One run, and one hand-off, at a time, and none while a database is replaced.

The operating system frees these locks when their holder dies, however.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Final

from sqlalchemy import URL, text
from sqlalchemy.exc import SQLAlchemyError

from mentions.exceptions import AlreadyRunning
from mentions.file_locks import file_lock
from mentions.store.engine import make_engine, parse_url, plain_errors, shown, sqlite_path

# PostgreSQL numbers advisory locks; these are ours: the eight bytes as a signed integer.
_LOCK_NUMBERS: Final = {
    "run": int.from_bytes(b"mentions", "big"),
    "hand-off": int.from_bytes(b"handoffs", "big"),
    "desk": int.from_bytes(b"the-desk", "big"),
}


def run_lock(store_url: str) -> AbstractContextManager[None]:
    """Holds the right to run on a database. Raises AlreadyRunning at once when another process holds it."""
    return _lock(store_url, "run")


def hand_off_lock(store_url: str) -> AbstractContextManager[None]:
    """Holds the right to hand off a database's drafts: two at once would put the same draft into a mailbox twice.

    Raises AlreadyRunning at once when another process holds it. A crawl may run meanwhile.
    """
    return _lock(store_url, "hand-off")


def desk_lock(store_url: str) -> AbstractContextManager[None]:
    """Says, while it is held, that a review desk works on a database; any number of desks may, beside runs.

    Raises AlreadyRunning while the database is being replaced (`whole_database_lock`).
    """
    return _lock(store_url, "desk", shared=True)


@contextmanager
def whole_database_lock(store_url: str) -> Iterator[None]:
    """Holds the right to replace a database: no run, no hand-off, no desk. Raises AlreadyRunning, naming who works."""
    with _lock(store_url, "run"), _lock(store_url, "hand-off"), _lock(store_url, "desk"):
        yield


@contextmanager
def _lock(store_url: str, work: str, *, shared: bool = False) -> Iterator[None]:
    """The lock for one kind of work; a shared one is refused only by one that is not.

    SQLite: flock on a file beside the database, which stays there empty of meaning. PostgreSQL: an advisory lock of
    one connection. Both end with the process, even by kill -9. A database in memory has no lock: nobody shares it.
    """
    url = parse_url(store_url)
    path = sqlite_path(url)
    if path is not None:
        with file_lock(path, work, _who(work, shared=shared), shared=shared):
            yield
    elif url.get_backend_name() == "postgresql":
        with _advisory_lock(url, work, shared=shared):
            yield
    else:
        yield


@contextmanager
def _advisory_lock(url: URL, work: str, *, shared: bool) -> Iterator[None]:
    engine = make_engine(url, pooled=False).execution_options(isolation_level="AUTOCOMMIT")
    with plain_errors(url):
        connection = engine.connect()
        kind, number = "_shared" if shared else "", {"number": _LOCK_NUMBERS[work]}
        got = connection.execute(text(f"SELECT pg_try_advisory_lock{kind}(:number)"), number).scalar()
    try:
        if not got:
            raise AlreadyRunning(f"{_who(work, shared=shared)} works on {shown(url)}; nothing was done")
        try:
            yield
        finally:
            # Closing is not enough for whoever comes next: the server notices that only when it next looks.
            with suppress(SQLAlchemyError):
                connection.execute(text(f"SELECT pg_advisory_unlock{kind}(:number)"), number)
    finally:
        connection.close()


def _who(work: str, *, shared: bool) -> str:
    """Who stands in the way of `work`: a shared lock is refused only to make room for a restore."""
    if shared:
        return "a restore"
    return "a review desk" if work == "desk" else f"another {work}"
