"""Looks that people ask for: made by `mentions recheck --asked` in a process of its own, one at a time.

The crawler keeps its own rules there: robots.txt, politeness, the run lock. While a run holds the lock the looks wait;
a nightly run makes them itself.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Final

from mentions.exceptions import StoreError
from mentions.redaction import redacted
from mentions.review.desk import Desk

TICK_S: Final = 2.0  # how soon a look begins after it was asked for; a look at an empty table costs nothing
REST_S: Final = 15.0  # between two tries while a run is under way; after a failure twice as long each time, up to
LONGEST_REST_S: Final = 600.0  # this: a configuration that is broken stays so until somebody mends it
PATIENCE: Final = timedelta(minutes=10)  # so long an approval waits for a look before the person is asked
BUSY: Final = 75  # exit code of a command that finds another run active (EX_TEMPFAIL)
_STOP_S: Final = 10.0  # for the process to end by itself when the desk is stopped


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. `said`: the last line of its errors."""

    code: int
    said: str = ""


class Recheck:
    """`mentions recheck --asked` as a process. `stop` ends one that is under way."""

    def __init__(self, configuration: Path) -> None:
        self._command = [sys.executable, "-m", "mentions.cli", "recheck", "--asked", "--config", str(configuration)]
        self._process: subprocess.Popen[str] | None = None

    def __call__(self) -> Ended:
        """Runs it to its end."""
        try:
            return self._run()
        except OSError as error:  # no memory, no processes left: it is tried again, and the thread goes on
            return Ended(1, f"the look could not be started: {error.strerror or error}")

    def _run(self) -> Ended:
        with subprocess.Popen(  # noqa: S603  # our own program, with nothing in its arguments that a page or person gave
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as process:
            self._process = process
            _, errors = process.communicate()
        self._process = None
        lines = [line.strip() for line in errors.splitlines() if line.strip()]
        return Ended(process.returncode, redacted(lines[-1]) if lines else "")

    def stop(self) -> None:
        """Asks it to end, as Ctrl+C does; a run then saves what it has."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()


@dataclass
class Looking:
    """Makes the looks that are asked for while the desk is open, and settles the approvals that wait for them."""

    desk: Desk
    look: Callable[[], Ended]
    stop_look: Callable[[], None] = lambda: None
    _failed: int = 0  # looks that failed, one after the other
    _stopping: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def start(self) -> None:
        """Begins, in a thread of its own."""
        self._thread = Thread(target=self._run, name="looking", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends, and waits for it. Approvals that wait are settled when the desk is opened again."""
        self._stopping.set()
        self.stop_look()
        if self._thread is not None:
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        rest = 0.0
        while not self._stopping.wait(rest):
            try:
                rest = self.tick()
            except StoreError:  # the database is away or busy: the pages say so, and here it is tried again
                rest = REST_S

    def tick(self) -> float:
        """Does what is to be done now; returns how many seconds to rest afterwards."""
        store, began = self.desk.store, self.desk.now
        asked = store.asked_looks()
        if not asked and not store.waiting_approvals():
            return TICK_S
        ended = self.look() if asked else Ended(0)
        self._settle(ended, began)
        self._failed = self._failed + 1 if ended.code not in {0, BUSY} else 0
        if ended.code == 0:
            return TICK_S
        return min(REST_S * 2.0 ** max(0, self._failed - 1), LONGEST_REST_S)

    def _settle(self, ended: Ended, began: datetime) -> None:
        """Approves what was looked at; drops what this look did not bring, but nothing that was asked for meanwhile."""
        store, now = self.desk.store, self.desk.now
        store.settle_approvals(now, strict=self.desk.config.drafts.strict)
        for asked in store.waiting_approvals():
            why = _why_not(ended, asked.at, now)
            if why is not None and asked.at <= began:
                store.drop_approval(asked, why, now)


def _why_not(ended: Ended, asked_at: datetime, now: datetime) -> str | None:
    """Why an approval does not wait any longer for its look; None: it does."""
    if ended.code == BUSY:
        if now - asked_at <= PATIENCE:
            return None
        return "we could not look at the article: a run has been under way for ten minutes, and has not come to it"
    if ended.code != 0:
        return f"we could not look at the article: {ended.said or f'the look ended with exit code {ended.code}'}"
    if now - asked_at > PATIENCE:
        return "we could not look at the article: ten minutes went by, and no look was made"
    return None
