"""Looks that people ask for: one process at a time, patience while a run is under way, approvals settled after."""

import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from mentions.config import Config
from mentions.exceptions import StoreError
from mentions.review.desk import Desk
from mentions.review.looking import BUSY, PATIENCE, REST_S, TICK_S, Ended, Looking, Recheck
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from tests.review.conftest import NOW, Browser, Clock
from tests.review.finds import drafted, look


@pytest.fixture
def asked(store: Store, config: Config) -> int:
    """A find whose approval waits for a look."""
    (number,) = drafted(store, config, at=NOW - timedelta(days=3))
    store.ask_approval(number, by="kim", now=NOW)
    store.ask_for_look(number, by="kim", now=NOW)
    return number


def problem(store: Store, number: int) -> str:
    dropped = store.asked_approval(number)
    assert dropped is not None
    return dropped.problem or ""


def test_without_anything_asked_nothing_is_started(desk: Desk) -> None:
    def never() -> Ended:
        raise AssertionError("nobody asked")

    assert Looking(desk, never).tick() == TICK_S


def test_after_a_look_without_a_link_it_is_approved(desk: Desk, store: Store, asked: int) -> None:
    def recheck() -> Ended:
        store.save_outcomes(store.start_run("recheck", NOW), [look(1, at=NOW)])
        return Ended(0)

    assert Looking(desk, recheck).tick() == TICK_S
    standing = store.standing(asked)
    assert (standing.state, standing.approved_by) == (State.APPROVED, "kim")


def test_while_a_run_is_under_way_it_waits_and_then_says_so(desk: Desk, store: Store, asked: int, clock: Clock) -> None:
    looking = Looking(desk, lambda: Ended(BUSY))
    assert looking.tick() == REST_S
    assert problem(store, asked) == ""
    clock.now += PATIENCE + timedelta(seconds=1)
    looking.tick()
    assert "a run has been under way for ten minutes" in problem(store, asked)
    assert store.standing(asked).state is State.DRAFTED


def test_a_look_that_could_not_start_is_said(desk: Desk, store: Store, asked: int) -> None:
    assert Looking(desk, lambda: Ended(2, "mentions.toml: line 3")).tick() == REST_S
    assert problem(store, asked) == "we could not look at the article: mentions.toml: line 3"


def test_what_is_asked_for_during_a_look_waits_for_the_next(
    desk: Desk, store: Store, config: Config, clock: Clock
) -> None:
    (number,) = drafted(store, config, at=NOW - timedelta(days=3))
    store.ask_for_look(number, by="kim", now=NOW)

    def fails() -> Ended:
        clock.now += timedelta(seconds=30)
        store.ask_approval(number, by="kim", now=clock.now)
        return Ended(5, "nothing could be reached")

    Looking(desk, fails).tick()
    assert problem(store, number) == ""


def test_what_fails_again_and_again_is_tried_less_and_less(desk: Desk, asked: int) -> None:
    looking = Looking(desk, lambda: Ended(2))
    assert [looking.tick() for _ in range(8)] == [15, 30, 60, 120, 240, 480, 600, 600]
    looking.look = lambda: Ended(0)
    assert looking.tick() == TICK_S


def test_a_look_that_never_came_is_said(desk: Desk, store: Store, asked: int, clock: Clock) -> None:
    clock.now += PATIENCE + timedelta(seconds=1)
    Looking(desk, lambda: Ended(0)).tick()
    assert "no look was made" in problem(store, asked)


def test_the_thread_ends_with_the_desk_and_outlives_a_bad_moment(
    desk: Desk, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = threading.Event()
    monkeypatch.setattr("mentions.review.looking.REST_S", 0.0)
    monkeypatch.setattr("mentions.review.looking._STOP_S", 60.0)  # all the time that a busy machine takes

    def fails_once() -> Ended:
        if not tried.is_set():
            tried.set()
            raise StoreError("the database is away")
        return Ended(0)

    looking = Looking(desk, fails_once)
    looking.start()
    assert tried.wait(60)
    looking.stop()
    assert looking._thread is not None
    assert not looking._thread.is_alive()


def test_the_process_is_our_own_program(tmp_path: Path) -> None:
    recheck = Recheck(tmp_path / "mentions.toml")
    assert recheck._command[:4] == [sys.executable, "-m", "mentions.cli", "recheck"]
    recheck._command = [sys.executable, "-c", "import sys; sys.exit('no such file')"]
    assert recheck() == Ended(1, "no such file")
    recheck.stop()


def test_a_process_under_way_is_ended_with_the_desk() -> None:
    recheck = Recheck(Path("mentions.toml"))
    recheck._command = [sys.executable, "-c", "import signal; signal.pause()"]
    thread = threading.Thread(target=recheck)
    thread.start()
    while recheck._process is None:
        thread.join(0.01)
    recheck.stop()
    thread.join(60)
    assert not thread.is_alive()


def test_a_look_that_cannot_be_started_is_said_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-python"))
    ended = Recheck(tmp_path / "mentions.toml")()
    assert ended.code == 1
    assert "could not be started: No such file or directory" in ended.said


def test_what_waits_and_what_was_not_carried_out_is_listed(
    desk: Desk, browser: Browser, asked: int, clock: Clock
) -> None:
    """A desk that was closed meanwhile settles it at its start, and says so."""
    assert "Waits for a look" in browser.get("/decisions").text
    assert "not carried out." not in browser.get("/").text
    clock.now += timedelta(hours=14)
    Looking(desk, lambda: Ended(0)).tick()
    shown = browser.get("/decisions").text
    assert "Not approved:" in shown
    assert "read the email once more and approve it again" in shown
    assert "1 approval was not carried out." in browser.get("/").text
