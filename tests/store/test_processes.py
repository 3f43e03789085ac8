"""Several processes on one database: killed at any moment (G-01), writing and reading together (G-02)."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mentions.store import open_store
from tests.store.building import ACME, COURIER, NIGHT, ORBIT

KILLS = 20

# Writes batches of pages, each page with two mentions, a link and an opportunity; calls back after each batch.
WRITE = """
import os, random, signal, sys
from datetime import timedelta
from mentions.store import open_store
from tests.store.building import NIGHT, finding, link, outcome

HOUR = timedelta(hours=1)

def write(url, calls, tell=lambda: None):
    store = open_store(url)
    run_id = store.start_run("nightly", NIGHT)
    for call in range(calls):
        pages = [
            outcome(n % 400, finding(sentences=("Acme grows.", "Acme wins."), links=(link(),)), at=NIGHT + call * HOUR)
            for n in range(call * 60, call * 60 + 60)
        ]
        store.save_outcomes(run_id, pages)
        tell()
"""

WRITER = (
    WRITE
    + """
write(sys.argv[1], int(sys.argv[2]))
"""
)

# Starts a writer and kills it after a few batches, most often in the middle of the next one; again and again. The
# writers are forked from one process, because starting Python twenty times is what would take the time.
KILLER = (
    WRITE
    + """
chance = random.Random(9)
for _ in range(int(sys.argv[2])):
    told, telling = os.pipe()
    writer = os.fork()
    if writer == 0:
        write(sys.argv[1], 10_000, lambda: os.write(telling, b"."))
    for _ in range(chance.randint(1, 4)):
        assert os.read(told, 1) == b"."
    os.kill(writer, signal.SIGKILL)
    assert os.waitpid(writer, 0)[1] == signal.SIGKILL
    os.close(told), os.close(telling)
"""
)

# Reads the whole list and writes down that it did, as the review desk does.
READER = """
import sys
from tests.store.building import NIGHT
from mentions.store import open_store
store = open_store(sys.argv[1])
for _ in range(int(sys.argv[2])):
    pages = [finding.page_url for finding in store.findings()]
    assert len(pages) == len(set(pages)), "one consistent state"
    store.record_event("looked", "list", {"findings": len(pages)}, NIGHT)
"""


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """These tests are about SQLite's files."""
    store = open_store(sqlite_url)
    store.register([ACME, ORBIT], [COURIER], NIGHT)
    store.close()
    return sqlite_url


def start(program: str, url: str, times: int) -> "subprocess.Popen[str]":
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", program, url, str(times)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
    )


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        return database.execute(sql).fetchall()


def test_kill_9_leaves_whole_pages_and_no_doubles(store_url: str) -> None:
    """G-01."""
    killer = start(KILLER, store_url, KILLS)
    assert (killer.communicate(timeout=300)[1], killer.returncode) == ("", 0)
    assert ask(store_url, "PRAGMA integrity_check") == [("ok",)]
    assert ask(store_url, "PRAGMA foreign_key_check") == []
    per_page = """
        SELECT count(*) FROM page
        WHERE (SELECT count(*) FROM finding WHERE page_id = page.id) != 1
           OR (SELECT count(*) FROM mention JOIN finding f ON f.id = finding_id WHERE f.page_id = page.id) != 2
           OR (SELECT count(*) FROM link JOIN finding f ON f.id = finding_id WHERE f.page_id = page.id) != 1
           OR (SELECT count(*) FROM opportunity JOIN finding f ON f.id = finding_id WHERE f.page_id = page.id) != 1
           OR NOT EXISTS (SELECT 1 FROM "check" WHERE page_id = page.id)
    """
    assert ask(store_url, per_page) == [(0,)]
    (pages,) = ask(store_url, "SELECT count(*), count(DISTINCT key) FROM page")
    assert pages[0] == pages[1]
    assert ask(store_url, "SELECT count(*) FROM event WHERE kind = 'opportunity found'") == [(pages[0],)]
    store = open_store(store_url)
    again = store.start_run("nightly", NIGHT)
    died = store.run(again - 1)
    store.close()
    assert again == KILLS + 1
    assert died is not None
    assert died.state == "died"


def test_writers_and_readers_wait_for_one_another(store_url: str) -> None:
    """G-02, small: nobody ever hears that the database is locked."""
    processes = [start(WRITER, store_url, 20), start(WRITER, store_url, 20), start(READER, store_url, 20)]
    ends = [(process.communicate(timeout=300), process.returncode) for process in processes]
    assert [(out_err[1], code) for out_err, code in ends] == [("", 0)] * 3
    assert ask(store_url, "SELECT count(*) FROM page") == [(400,)]
    assert ask(store_url, "SELECT count(*) FROM mention") == [(800,)]
    assert ask(store_url, "SELECT count(*) FROM event WHERE kind = 'looked'") == [(20,)]
