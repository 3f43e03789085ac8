"""The answer to "is this finding worth asking about?": level, priority with its arithmetic, reasons, contact."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What to do about a finding."""

    ASK_NOW = "ask_now"
    ASK_AFTER_FIX = "ask_after_fix"  # worth asking once something of ours is put right (a dead page)
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
class Contact:
    """Whom a draft may be addressed to, with provenance. Only what a page shows its readers; nothing guessed.

    `name` is the author's, and None where we cannot be certain that the address is theirs.
    """

    address: str
    name: str | None
    source_url: str  # the page that publishes the address
    why: str  # where on that page, in plain words


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer. `priority` 0 … 100 is the sum of the parts' points, None when nobody would ever ask."""

    level: Level
    priority: int | None
    parts: tuple[Part, ...] = ()
    reasons: tuple[str, ...] = ()  # why this level, in plain words, the deciding one first
    contact: Contact | None = None  # None: the page publishes no address that belongs to its author or editors
