"""The parts of a night, one after the other: which there are, how each went, and how they are kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

# In the order they are done.
WORDS: Final[Mapping[str, str]] = {
    "crawl": "find and judge new pages",
    "recheck": "look again at pages asked about",
    "own_site": "read your own site",
    "weigh": "weigh every opportunity anew",
    "draft": "write drafts and follow-ups",
    "tidy": "forget what need not be kept",
    "digest": "tell what is new",
}


class PhaseState(StrEnum):
    """How a phase went."""

    RUNNING = "running"
    DONE = "done"
    LIMITED = "limited"  # it reached a limit of the run; what is left comes next time
    FAILED = "failed"  # it broke off; `says` tells why. The phases after it are done all the same
    STOPPED = "stopped"  # a person or a signal stopped the run while it was under way
    SKIPPED = "skipped"  # its turn did not come; `says` tells why


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a run."""

    name: str  # a key of WORDS
    state: PhaseState
    started_at: datetime | None = None  # None: skipped
    ended_at: datetime | None = None  # None: skipped, or running
    says: str | None = None  # why it failed or was skipped; None: there is nothing to say

    @property
    def seconds(self) -> float | None:
        """How long it took, never negative (a clock may be put back); None: skipped, or running."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max(0.0, (self.ended_at - self.started_at).total_seconds())


def as_json(phases: Iterable[Phase]) -> list[dict[str, Any]]:
    """As the run's record keeps them, in order."""
    return [
        {
            "name": phase.name,
            "state": phase.state.value,
            "started_at": _text(phase.started_at),
            "ended_at": _text(phase.ended_at),
            "says": phase.says,
        }
        for phase in phases
    ]


def from_json(rows: Iterable[Mapping[str, Any]] | None) -> tuple[Phase, ...]:
    """The reverse of `as_json`; nothing for a run that kept none."""
    return tuple(
        Phase(row["name"], PhaseState(row["state"]), _moment(row["started_at"]), _moment(row["ended_at"]), row["says"])
        for row in rows or ()
    )


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
