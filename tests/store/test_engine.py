"""Opening a database: rules of the connection, and errors in plain words."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from sqlite3 import OperationalError as DriverError

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from mentions.exceptions import StoreError
from mentions.store import open_store
from mentions.store.engine import explain, make_engine, parse_url, reading
from mentions.store.types import UtcDateTime, storable_json
from tests.store.building import NIGHT


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """These tests are about SQLite."""
    return sqlite_url


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 10_000)]
)
def test_every_sqlite_connection_keeps_the_rules(store_url: str, pragma: str, value: object) -> None:
    engine = make_engine(parse_url(store_url))
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()


def test_transactions_that_write_wait_their_turn_and_readers_never_do(store_url: str) -> None:
    open_store(store_url).close()
    engine = make_engine(parse_url(store_url))
    with engine.begin() as writer:
        writer.execute(text("DELETE FROM event"))
        with reading(engine).connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM event")).scalar() == 0
        impatient = engine.connect()
        impatient.connection.cursor().execute("PRAGMA busy_timeout = 1")
        with pytest.raises(OperationalError, match="locked"):
            impatient.execute(text("SELECT 1"))
        impatient.close()
    engine.dispose()


def test_times_are_aware_utc_in_and_out(store_url: str) -> None:
    column, engine = UtcDateTime(), make_engine(parse_url(store_url))
    berlin = NIGHT.astimezone(timezone(timedelta(hours=1)))
    for dialect in (engine.dialect, make_engine(parse_url("postgresql://localhost/x")).dialect):
        stored = column.process_bind_param(berlin, dialect)
        back = column.process_result_value(stored, dialect)
        assert (back, back and back.tzinfo) == (NIGHT, UTC)
    with pytest.raises(ValueError, match="no time zone"):
        column.process_bind_param(datetime(2026, 1, 1), engine.dialect)  # noqa: DTZ001  # what must be refused
    engine.dispose()


def test_json_holds_no_character_a_database_refuses() -> None:
    assert storable_json({"a\x00": ["b\ud800", {"c": ("d", 1, None)}]}) == {"a�": ["b�", {"c": ["d", 1, None]}]}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mentions.db", "is not the URL of a database; write it as sqlite:///"),
        ("sqlite://mentions.db", "three slashes"),
        ("mysql://root@localhost/mentions", "'mysql' are not supported"),
        ("sqlite://", "forgets everything"),
        ("sqlite:///:memory:", "forgets everything"),
        ("sqlite:////nowhere/at/all/mentions.db", "there is no folder /nowhere/at/all"),
    ],
)
def test_wrong_urls_are_refused_with_what_is_allowed(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        open_store(url)


def test_passwords_are_never_shown() -> None:
    """F-16."""
    for url in ("postgresql://kim:s3cret@127.0.0.1:1/x", "kim:s3cret@nowhere", "postgresql//kim:s3cret@[bad"):
        with pytest.raises(StoreError) as error:
            open_store(url)
        assert "s3cret" not in str(error.value)


def test_a_folder_instead_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot open the database .*: this is a folder"):
        open_store(f"sqlite:///{tmp_path}")


def test_another_program_s_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("shopping list: milk, bread, robots. " * 50)
    with pytest.raises(StoreError, match="is not a database of ours"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("shopping list")


def test_another_program_s_database_is_left_alone(store_url: str) -> None:
    engine = make_engine(parse_url(store_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (id INTEGER)"))
    engine.dispose()
    with pytest.raises(StoreError, match="belongs to another program: it has a table 'recipes'"):
        open_store(store_url)


def test_a_missing_driver_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'mentions\[postgresql\]'"):
        make_engine(parse_url("postgresql://localhost/x"))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("attempt to write a readonly database", "read-only for this user"),
        ("database or disk is full", "the disk is full"),
        ("database is locked", "held by another program for more than 10 s"),
        ("database disk image is malformed", "restore it from a backup"),
        ("no such table: page", "says: no such table: page"),
    ],
)
def test_what_sqlite_says_is_said_in_plain_words(tmp_path: Path, said: str, means: str) -> None:
    """G-09 for the full disk."""
    error = OperationalError("SELECT 1", {}, DriverError(said))
    assert means in explain(error, parse_url(f"sqlite:///{tmp_path / 'mentions.db'}"))


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(StoreError, match=r"the database postgresql.*says: .*refused"):
        open_store("postgresql://kim@127.0.0.1:1/mentions?connect_timeout=2")


def test_a_number_past_every_row_is_said_plainly(store_url: str) -> None:
    store = open_store(store_url)
    try:
        with pytest.raises(StoreError, match="a number is too large for the database"):
            store.standing(10**20)
        with pytest.raises(StoreError, match="a number is too large for the database"):
            store.looks_due(now=NIGHT, limit=10**20)
    finally:
        store.close()
