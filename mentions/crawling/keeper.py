"""A thread that keeps one analyst: starts the process, hands it one step at a time, replaces it when it dies."""

import os
import pickle
import select
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Final

STARTS_WITHIN_S: Final = 120.0  # ten thousand names take some seconds to unpack

# Not -m: classes of a module that runs as __main__ have another name over there than here.
_PROGRAM: Final = "from mentions.crawling.analyst import main; main()"

_Asked = tuple["Future[Any]", tuple[Any, ...]]


class AnalystDied(Exception):
    """A page hung its analyst, or ended it. Its text says which, in plain words."""


class Keeper(Thread):
    """Keeps one analyst. `load` is how many steps it has not answered yet."""

    def __init__(self, packed_watchlist: bytes, patience_s: float) -> None:
        super().__init__(name="analyst", daemon=True)  # daemon: a page that hangs must not keep the program alive
        self._packed, self._patience_s = packed_watchlist, patience_s
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()  # around starting and ending the process
        self._dismissed = False
        self.load = 0

    def ask(self, *step: Any) -> "Future[Any]":
        """The answer of `analyst.Desk.answer`, later; or AnalystDied."""
        future: Future[Any] = Future()
        self.load += 1
        self._asked.put((future, step))
        return future

    def run(self) -> None:
        """Until `leave`."""
        while (asked := self._asked.get()) is not None:
            future, step = asked
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(self._answer(step))
                except Exception as error:  # noqa: BLE001  # whoever asked must hear of it, whatever it is
                    future.set_exception(error)
            self.load -= 1
        self.dismiss()

    def leave(self) -> None:
        """Ends thread and process once everything asked so far is answered."""
        self._asked.put(None)

    def dismiss(self) -> None:
        """Ends the process for good, at once. From any thread."""
        self._dismissed = True
        self._end()

    def _answer(self, step: tuple[Any, ...]) -> Any:
        try:
            process = self._at_hand()
            assert process.stdin is not None
            pickle.dump(step, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            return _heard(process, self._patience_s)
        except TimeoutError as error:
            self._end()
            raise AnalystDied(f"reading the page takes longer than {self._patience_s:g} seconds") from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._end()
            raise AnalystDied("reading the page ended the process that read it") from error

    def _at_hand(self) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._process is not None:
                return self._process
            if self._dismissed:
                raise EOFError
            process = self._process = subprocess.Popen(  # noqa: S603  # ourselves
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        assert process.stdin is not None
        process.stdin.write(self._packed)
        process.stdin.flush()
        _heard(process, STARTS_WITHIN_S)
        return process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not flushed yet goes nowhere
                    pipe.close()
        process.wait()


def _heard(process: "subprocess.Popen[bytes]", patience_s: float) -> Any:
    """The next thing that the process says. Raises TimeoutError, EOFError where it has ended."""
    assert process.stdout is not None
    if not select.select([process.stdout], [], [], patience_s)[0]:
        raise TimeoutError
    return pickle.load(process.stdout)  # noqa: S301  # a process of ours
