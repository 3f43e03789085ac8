"""Many patterns looked for in bytes at once, by hyperscan."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import hyperscan

EACH: Final = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_DOTALL  # every place is reported
ONCE: Final = EACH | hyperscan.HS_FLAG_SINGLEMATCH  # one place is enough
AS_WRITTEN: Final = hyperscan.HS_FLAG_DOTALL  # every place, in this letter case only

Event = tuple[int, int]  # number of the pattern; where its match ends


class Scanner:
    """Patterns, numbered in their order. Compiling takes about a second for a thousand."""

    def __init__(self, patterns: Sequence[tuple[str, int]], numbers: Sequence[int] | None = None) -> None:
        """Compiles patterns, each with one of the flags of this module; `numbers` gives several the same number."""
        self._database: Any = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[pattern.encode("ascii") for pattern, _ in patterns],
            flags=[flags for _, flags in patterns],
            ids=list(range(len(patterns)) if numbers is None else numbers),
        )

    def events(self, data: bytes, *, stop_at: int | None = None) -> list[Event]:
        """All matches in the order of their ends; the first of a pattern numbered `stop_at` or higher is the last."""
        found: list[Event] = []
        add = found.append

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            add((number, end))
            return stop_at is not None and number >= stop_at

        with suppress(hyperscan.ScanTerminated):
            self._database.scan(data, match_event_handler=note)
        return found

    def matches(self, data: bytes) -> bool:
        """Does any pattern match?"""
        try:
            self._database.scan(data, match_event_handler=_enough)
        except hyperscan.ScanTerminated:
            return True
        return False


def _enough(*_match: object) -> bool:
    return True
