"""Backups while others write, restores while nobody works, and disks that are full (G-06, G-09)."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.exceptions import AlreadyRunning, StoreError
from mentions.roles import Role
from mentions.store import Store, open_store
from mentions.store.backups import back_up, copies_beside, server_command
from mentions.store.engine import parse_url
from mentions.store.lock import desk_lock, run_lock
from mentions.store.migrations import HEAD
from mentions.store.restoring import restore
from tests.store.building import ACME, COURIER, DAY, NIGHT, finding, outcome

WRITER = """
import sys
from tests.store.building import NIGHT, finding, outcome
from mentions.store import open_store
store = open_store(sys.argv[1])
run = store.start_run("nightly", NIGHT)
print("writing", flush=True)
number = 0
while True:
    store.save_outcomes(run, [outcome(n, finding()) for n in range(number, number + 20)])
    number += 20
    if number == 100:
        print("well under way", flush=True)
"""


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """These tests are about SQLite."""
    return sqlite_url


@pytest.fixture
def database(store: Store, run_id: int, store_url: str) -> str:
    """A database with five pages, closed."""
    store.save_outcomes(run_id, [outcome(n, finding()) for n in range(5)])
    store.suppress("no-thanks.example", reason="asked", by="jo", now=NIGHT)
    store.close()
    return store_url


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()


def pages(path: Path | str) -> int:
    with closing(sqlite3.connect(str(path).removeprefix("sqlite:///"))) as connection:
        return int(connection.execute("SELECT count(*) FROM page WHERE state IS NOT NULL").fetchone()[0])


def test_a_backup_during_writing_is_one_sound_moment(store: Store, store_url: str, tmp_path: Path) -> None:
    """G-06: another process writes all the while; every page in the copy has its look, its finding and its mention."""
    store.close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, store_url], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        assert writer.stdout.readline() == "well under way\n"
        copies = [back_up(store_url, tmp_path / f"backup-{n}.db").path for n in range(5)]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    assert 100 <= pages(copies[0]) <= pages(copies[-1])
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            looked, found = connection.execute(
                'SELECT (SELECT count(*) FROM "check"), count(*) FROM finding'
            ).fetchone()
            assert looked == found == pages(copy)
            assert pages(copy) % 20 == 0, "a transaction is whole or not there"
    # The database goes on as it was: the copy takes nothing away from it.
    assert pages(store_url) >= pages(copies[-1])


def test_a_backup_is_one_file_for_its_owner_only(database: str, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    made = back_up(database, tmp_path / "kept" / "b.db")
    assert made.revision == HEAD
    assert made.size == made.path.stat().st_size > 0
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["b.db"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",), "nothing lies beside it"


def test_a_backup_replaces_nothing_unless_it_is_told_to(database: str, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("a letter")
    with pytest.raises(StoreError, match=r"b\.db exists already; name another file, or say --replace"):
        back_up(database, target)
    assert target.read_text() == "a letter"
    assert back_up(database, target, replace=True).path == target
    assert pages(target) == 5


def test_a_backup_over_the_database_itself_is_refused(database: str) -> None:
    with pytest.raises(StoreError, match="is the database itself"):
        back_up(database, Path(database.removeprefix("sqlite:///")), replace=True)


def test_a_backup_replaces_no_device_and_no_pipe(database: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="is no file"):
        back_up(database, pipe, replace=True)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_damaged_database_gives_no_backup(database: str, tmp_path: Path) -> None:
    path = Path(database.removeprefix("sqlite:///"))
    body = bytearray(path.read_bytes())
    body[4096 * 5 : 4096 * 12] = os.urandom(4096 * 7)
    path.write_bytes(body)
    with pytest.raises(StoreError, match=r"damaged|malformed"):
        back_up(database, tmp_path / "b.db")
    assert not [p for p in tmp_path.iterdir() if p.name.endswith((".part", "b.db"))]


def test_what_is_there_not_is_said(sqlite_url: str, tmp_path: Path, database: str) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        back_up(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "b.db")
    with pytest.raises(StoreError, match="cannot write in the folder"):
        back_up(database, tmp_path / "nowhere" / "b.db")
    with pytest.raises(StoreError, match="there is no file"):
        restore(database, tmp_path / "b.db", now=NIGHT)


def test_a_restore_brings_the_day_back_and_keeps_what_it_replaces(database: str, tmp_path: Path) -> None:
    """G-06."""
    copy = back_up(database, tmp_path / "b.db").path
    with opened(database) as store:
        store.save_outcomes(store.start_run("nightly", NIGHT + DAY), [outcome(n, finding()) for n in range(5, 9)])
    done = restore(database, copy, now=NIGHT + DAY)
    assert pages(database) == 5
    assert done.aside is not None
    assert pages(done.aside) == 9
    assert done.aside.name == "mentions.db.replaced-20261121T030000Z"
    assert copies_beside(parse_url(database)) == [done.aside]
    assert copy.exists()
    with opened(database) as store:
        store.register([ACME], [COURIER], NIGHT)


def test_a_restore_forgets_nobody_who_asked_to_be_left_alone(database: str, tmp_path: Path) -> None:
    copy = back_up(database, tmp_path / "b.db").path
    with opened(database) as store:
        store.suppress("never-again.example", reason="asked", by="jo", now=NIGHT + DAY)
        store.suppress("editor@courier.example", reason="asked", by="jo", now=NIGHT + DAY)
    done = restore(database, copy, now=NIGHT + 2 * DAY)
    assert done.suppressions_kept == 2
    with opened(database) as store:
        assert store.suppressed(None, "never-again.example") is not None
        assert store.suppressed("editor@courier.example", "courier.example") is not None
        assert store.suppressed(None, "no-thanks.example") is not None


def test_a_restore_ends_every_session(database: str, tmp_path: Path) -> None:
    lost = "0" * 64
    with opened(database) as store:
        store.add_user("mara", Role.ADMIN, password_hash=None, by="test", now=NIGHT)
        store.begin_session("mara", lost, now=NIGHT, expires_at=NIGHT + 14 * DAY)
    copy = back_up(database, tmp_path / "b.db").path
    with opened(database) as store:
        store.end_sessions("mara", by="mara", now=NIGHT)  # her laptop is lost
    restore(database, copy, now=NIGHT + DAY)
    with opened(database) as store:
        assert store.session(lost, now=NIGHT + DAY, idle=3 * DAY) is None
        assert [user.name for user in store.users()] == ["mara"]


def test_a_restore_is_refused_while_anybody_works_on_the_database(database: str, tmp_path: Path) -> None:
    """G-06: a run, a desk, and any other program that merely has it open."""
    copy = back_up(database, tmp_path / "b.db").path
    before = Path(database.removeprefix("sqlite:///")).read_bytes()
    with run_lock(database), pytest.raises(AlreadyRunning, match="another run works on"):
        restore(database, copy, now=NIGHT)
    with desk_lock(database), pytest.raises(AlreadyRunning, match="a review desk works on"):
        restore(database, copy, now=NIGHT)
    with opened(database) as store:
        store.last_run()
        with pytest.raises(StoreError, match=r"another program has the database .* open"):
            restore(database, copy, now=NIGHT)
    assert Path(database.removeprefix("sqlite:///")).read_bytes() == before
    assert not list(tmp_path.glob("*.replaced-*"))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"a letter", "is not an SQLite database"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "could not be copied|damaged"),
    ],
)
def test_what_is_no_backup_replaces_nothing(database: str, tmp_path: Path, body: bytes, said: str) -> None:
    (tmp_path / "b.db").write_bytes(body)
    with pytest.raises(StoreError, match=said):
        restore(database, tmp_path / "b.db", now=NIGHT)
    assert pages(database) == 5


def test_another_programs_database_and_a_newer_one_replace_nothing(database: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE song (id INTEGER)")
        connection.commit()
    with pytest.raises(StoreError, match="is not a database of this program"):
        restore(database, other, now=NIGHT)
    newer = back_up(database, tmp_path / "newer.db").path
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match=r"made by a newer version of this program \(schema 9999"):
        restore(database, newer, now=NIGHT)
    assert pages(database) == 5


def test_a_damaged_database_can_be_replaced(database: str, tmp_path: Path) -> None:
    copy = back_up(database, tmp_path / "b.db").path
    path = Path(database.removeprefix("sqlite:///"))
    path.write_bytes(b"rubbish" * 1000)
    done = restore(database, copy, now=NIGHT)
    assert done.suppressions_kept is None, "and that is said"
    assert done.aside is not None
    assert done.aside.read_bytes().startswith(b"rubbish")
    assert pages(database) == 5


def test_a_restore_into_an_empty_place(database: str, tmp_path: Path) -> None:
    copy = back_up(database, tmp_path / "b.db").path
    (tmp_path / "new").mkdir()
    done = restore(f"sqlite:///{tmp_path / 'new' / 'mentions.db'}", copy, now=NIGHT)
    assert done.aside is None
    assert pages(tmp_path / "new" / "mentions.db") == 5


def test_two_restores_within_a_second_lose_neither_state(database: str, tmp_path: Path) -> None:
    copy = back_up(database, tmp_path / "b.db").path
    asides = {restore(database, copy, now=NIGHT + timedelta(microseconds=n)).aside for n in range(3)}
    assert len(asides) == 3


def test_of_postgresql_the_command_is_named_without_its_password() -> None:
    url = "postgresql+psycopg://pr:s3cret@db.example:5433/mentions?password=s3cret"
    assert server_command(url, Path("b.dump")) == (
        "pg_dump --format=custom --no-owner --dbname='postgresql://pr@db.example:5433/mentions' --file='b.dump'"
    )
    command = server_command(url, Path("b.dump"), restore=True)
    assert command is not None
    assert command.startswith("pg_restore --clean --if-exists --no-owner --single-transaction")
    assert "s3cret" not in command
    assert server_command("sqlite:///mentions.db", Path("b.db")) is None


# --- G-09: no room ----------------------------------------------------------------------------------------------------

FULL = """
import resource, sys
from pathlib import Path
from mentions.exceptions import StoreError
from mentions.store.backups import back_up
if len(sys.argv) > 3:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    back_up(sys.argv[1], Path(sys.argv[2]) / "b.db")
except StoreError as error:
    print(error)
"""

FILL = """
import sys
from mentions.exceptions import StoreError
from mentions.store import open_store
from tests.store.building import ACME, COURIER, NIGHT, finding, outcome
store = open_store("sqlite:///" + sys.argv[1] + "/mentions.db")
store.register([ACME], [COURIER], NIGHT)
run = store.start_run("nightly", NIGHT)
try:
    for number in range(0, 100_000, 50):
        store.save_outcomes(run, [outcome(n, finding()) for n in range(number, number + 50)])
except StoreError as error:
    print(error)
"""


def on_a_small_disk(folder: Path, megabytes: int, *command: str) -> str:
    """What a command says whose `folder` is a disk of that size; skips where this user may not mount one."""
    folder.mkdir()
    mount = f'mount -t tmpfs -o size={megabytes}m tmpfs "$0" && exec "$@"'
    try:
        probe = subprocess.run(["unshare", "-rm", "sh", "-c", mount, str(folder), "true"], check=False)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if probe.returncode:
        pytest.skip("this user may mount no small disk")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, str(folder), *command],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_full_disk_ends_in_a_clear_error_and_a_whole_database(tmp_path: Path) -> None:
    """G-09, where a small tmpfs may be mounted: what is stored until then is whole."""
    check = "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchall())"
    both = f'"{sys.executable}" -c "$1" "$0"; "{sys.executable}" -c "$2" "$0/mentions.db"'
    said = on_a_small_disk(tmp_path / "disk", 4, "sh", "-c", both, str(tmp_path / "disk"), FILL, check)
    first, second = said.splitlines()
    assert "cannot grow: the disk is full; nothing was lost, make room and start again" in first
    assert second == "[('ok',)]"


def test_a_backup_onto_a_full_disk_says_how_much_is_missing(database: str, tmp_path: Path) -> None:
    """G-09."""
    with opened(database) as store:
        run = store.start_run("nightly", NIGHT)
        store.save_outcomes(run, [outcome(n, finding()) for n in range(600)])
    listing = f'"{sys.executable}" -c "$1" "$2" "$0"; ls -A "$0"'
    said = on_a_small_disk(tmp_path / "disk", 1, "sh", "-c", listing, str(tmp_path / "disk"), FULL, database)
    assert "no room in" in said
    assert "MB are free; nothing was left there, and the database is as it was" in said
    assert len(said.splitlines()) == 1, "nothing was left there"


def test_a_backup_that_may_not_grow_leaves_nothing(database: str, tmp_path: Path) -> None:
    """G-09, for every user: a quota looks like this."""
    (tmp_path / "small").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL, database, str(tmp_path / "small"), "50000"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "could not be copied to" in done.stdout
    assert "the database is as it was" in done.stdout
    assert list((tmp_path / "small").iterdir()) == []
    assert pages(database) == 5
