"""Logins that failed, and who has to wait for the next one. In memory: a restart forgets them, which costs little."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=15)
_KEPT: Final = 20_000  # keys remembered at once; the oldest give way

# How many failures within WINDOW make the next try wait, by what they have in common.
_OF_BOTH: Final = 5  # the same name from the same address
_OF_ADDRESS: Final = 50  # any name from one address: an office behind one router mistypes too
_OF_NAME: Final = 100  # one name from everywhere, so that nobody locks a colleague out with a few tries


@dataclass(slots=True)
class Attempts:
    """Counts every try when it begins, so that fifty at once count as fifty. Safe to be used by several threads."""

    _tries: OrderedDict[tuple[str, str], deque[datetime]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str, address: str, now: datetime) -> timedelta | None:
        """Counts a try; returns how long to wait where it is one too many (it is not counted then)."""
        with self._lock:
            limits = self._limits(name, address)
            waits = [wait for key, most in limits if (wait := self._wait(key, most, now))]
            if waits:
                return max(waits)
            for key, _most in limits:
                self._tries.setdefault(key, deque()).append(now)
                self._tries.move_to_end(key)
            while len(self._tries) > _KEPT:
                self._tries.popitem(last=False)
            return None

    def succeeded(self, name: str, address: str) -> None:
        """That try was a good one: what failed before it is forgiven to this name at this address."""
        with self._lock:
            both, from_address, of_name = (key for key, _most in self._limits(name, address))
            self._tries.pop(both, None)
            for key in (from_address, of_name):
                if self._tries.get(key):
                    self._tries[key].pop()

    def is_last(self, name: str, address: str) -> bool:
        """Does the next try from there have to wait?"""
        with self._lock:
            (key, most), *_rest = self._limits(name, address)
            return len(self._tries.get(key, ())) >= most

    def _limits(self, name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
        return (((name, address), _OF_BOTH), (("", address), _OF_ADDRESS), ((name, ""), _OF_NAME))

    def _wait(self, key: tuple[str, str], most: int, now: datetime) -> timedelta | None:
        tries = self._tries.get(key)
        if tries is None:
            return None
        while tries and tries[0] + WINDOW <= now:
            tries.popleft()
        return tries[-most] + WINDOW - now if len(tries) >= most else None
