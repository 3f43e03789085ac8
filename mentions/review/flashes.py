"""Short messages that a decision leaves for the page that comes next. Kept in memory: losing one costs nothing."""

import enum
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

_VISITS: Final = 1000  # remembered at once; the oldest give way


class Tone(enum.StrEnum):
    """How a message is meant; shown as a word and a shape, not by colour alone."""

    DONE = "done"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Flash:
    """One message; `undo`: the address of this desk to which a form posts to take the decision back."""

    text: str
    tone: Tone = Tone.DONE
    undo: str | None = None


class Flashes:
    """The messages that wait, by visit. Safe to be used by several threads."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, list[Flash]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, visit: str, flash: Flash) -> None:
        """Keeps a message for the next page of this visit."""
        with self._lock:
            self._waiting.setdefault(visit, []).append(flash)
            self._waiting.move_to_end(visit)
            while len(self._waiting) > _VISITS:
                self._waiting.popitem(last=False)

    def take(self, visit: str) -> list[Flash]:
        """The messages of this visit, oldest first; they are gone afterwards."""
        with self._lock:
            return self._waiting.pop(visit, [])
