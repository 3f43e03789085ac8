"""Files for other programs to read at any moment: whole or not there, never half."""

import json
import os
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

EVERY: Final = timedelta(seconds=10)  # between two beats; a watchdog waits for several

_READABLE: Final = 0o644  # by the programs that watch, which are other users; there is nothing private in these files


def write_whole(path: Path, text: str) -> None:
    """Writes a file under another name and renames it, so that nobody reads half of it. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            os.fchmod(file.fileno(), _READABLE)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class Heartbeat:
    """A file that says since when a run goes on, and when it was last seen alive."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock
        self._started_at = clock()
        self._last: datetime | None = None

    def beat(self, says: str) -> None:
        """The run is alive, and at `says`; written at most every ten seconds. Raises OSError."""
        now = self._clock()
        if self._last is None or not timedelta() <= now - self._last < EVERY:  # below: the clock was put back
            self._last = now  # of a beat that fails too: the next one is tried ten seconds later
            self._write("running", says, now)

    def stop(self, code: int) -> None:
        """The run has ended with this exit code. Raises OSError."""
        self._write("ended", f"exit code {code}", self._clock())

    def _write(self, state: str, says: str, now: datetime) -> None:
        beat = {
            "state": state,
            "says": says,
            "at": now.isoformat(),
            "started_at": self._started_at.isoformat(),
            "process": os.getpid(),
        }
        write_whole(self._path, json.dumps(beat) + "\n")
