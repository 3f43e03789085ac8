"""One run at a time (G-07)."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mentions.exceptions import AlreadyRunning, StoreError
from mentions.store.lock import desk_lock, hand_off_lock, run_lock, whole_database_lock

HOLDER = """
import sys
from mentions.store.lock import run_lock
with run_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(url: str) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def end(holder: "subprocess.Popen[str]", number: int) -> None:
    holder.send_signal(number)
    holder.communicate()


def test_a_second_run_is_refused_at_once_and_writes_nothing(tmp_path: Path) -> None:
    """G-07."""
    url = f"sqlite:///{tmp_path / 'mentions.db'}"
    holder = hold(url)
    try:
        with pytest.raises(AlreadyRunning, match=rf"process {holder.pid}\); nothing was done"), run_lock(url):
            pytest.fail("two runs at once")
        assert [path.name for path in tmp_path.iterdir()] == ["mentions.db.run-lock"]
    finally:
        end(holder, signal.SIGTERM)


def test_the_lock_is_free_after_kill_9(tmp_path: Path) -> None:
    """G-07."""
    url = f"sqlite:///{tmp_path / 'mentions.db'}"
    end(hold(url), signal.SIGKILL)
    with run_lock(url):
        pass


def test_the_lock_is_free_when_a_run_ends_or_fails(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentions.db'}"
    with pytest.raises(KeyboardInterrupt), run_lock(url):
        raise KeyboardInterrupt
    with run_lock(url), pytest.raises(AlreadyRunning, match=f"process {os.getpid()}"), run_lock(url):
        pytest.fail("two runs at once")
    with run_lock(url):
        pass


def test_two_databases_do_not_hold_each_other_up(tmp_path: Path) -> None:
    with run_lock(f"sqlite:///{tmp_path / 'a.db'}"), run_lock(f"sqlite:///{tmp_path / 'b.db'}"):
        pass


def test_a_folder_that_is_not_there_is_an_error_in_words() -> None:
    with (
        pytest.raises(StoreError, match=r"cannot write the lock file /nowhere/mentions.db.run-lock"),
        run_lock("sqlite:////nowhere/mentions.db"),
    ):
        pytest.fail("no lock")


@pytest.mark.service
def test_on_postgresql_too_one_run_at_a_time(postgres_url: str) -> None:
    """G-07."""
    holder = hold(postgres_url)
    with pytest.raises(AlreadyRunning, match="another run works on"), run_lock(postgres_url):
        pytest.fail("two runs at once")
    end(holder, signal.SIGKILL)
    until = time.monotonic() + 120
    while time.monotonic() < until:  # the server notices the closed socket when it next looks
        with suppress(AlreadyRunning), run_lock(postgres_url):
            return
        time.sleep(0.05)
    pytest.fail("the lock was never freed")


@pytest.mark.service
def test_on_postgresql_too_the_lock_is_free_as_soon_as_a_run_has_ended(postgres_url: str) -> None:
    for _ in range(50):
        with run_lock(postgres_url):
            pass


@pytest.mark.parametrize("url", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.service)])
def test_a_hand_off_and_a_run_do_not_wait_for_each_other_two_hand_offs_do(
    request: pytest.FixtureRequest, url: str
) -> None:
    address = request.getfixturevalue(url)
    refused = pytest.raises(AlreadyRunning, match="another hand-off works on")
    with run_lock(address), hand_off_lock(address), refused, hand_off_lock(address):
        pytest.fail("two hand-offs at once")
    with hand_off_lock(address):
        pass


@pytest.mark.parametrize("url", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.service)])
def test_desks_work_beside_runs_and_nobody_while_the_database_is_replaced(
    request: pytest.FixtureRequest, url: str
) -> None:
    """G-06: a restore refuses while anything holds the database."""
    address = request.getfixturevalue(url)
    with desk_lock(address), desk_lock(address), run_lock(address), hand_off_lock(address):
        pass
    for lock, who in ((run_lock, "another run"), (hand_off_lock, "another hand-off"), (desk_lock, "a review desk")):
        refused = pytest.raises(AlreadyRunning, match=rf"{who} works on .*; nothing was done")
        with lock(address), refused, whole_database_lock(address):
            pytest.fail("replaced while somebody works on it")
    with whole_database_lock(address), pytest.raises(AlreadyRunning, match="a restore works on"), desk_lock(address):
        pytest.fail("a desk on a database that is being replaced")
