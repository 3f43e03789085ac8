"""Is a finding worth asking about, how much, and why. Contract first; the rules follow."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What to do about a finding."""

    ASK_NOW = "ask_now"
    ASK_AFTER_FIX = "ask_after_fix"  # worth asking once something is put right (a contact, our dead page)
    HOLD = "hold"  # a person decides first
    SKIP = "skip"  # not worth asking, with the reason


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the priority's arithmetic: `points` out of `out_of`, and why."""

    name: str
    points: int
    out_of: int
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer. `priority` 0 … 100 is the sum of the parts' points, None when nobody would ever ask."""

    level: Level
    priority: int | None
    parts: tuple[Part, ...] = ()
    reasons: tuple[str, ...] = ()  # why this level, in plain words, the deciding one first
