"""How long to leave a host alone that says "too many requests" or "not now". Pure: every time is an argument."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The answer to a 429 or 503. `resting_s` is None when the host is left alone for the rest of the run."""

    resting_s: float | None


@dataclass(slots=True)
class Backoff:
    """Remembers for each host how often in a row it asked us to stop.

    Without Retry-After the pauses double: `first_s`, 2 × `first_s` … A host is given up for the run after `patience`
    such answers in a row, or when it asks for more than `longest_s`.
    """

    first_s: float = 30.0
    longest_s: float = 120.0
    patience: int = 3
    _strikes: dict[str, int] = field(default_factory=dict)
    _given_up: dict[str, str] = field(default_factory=dict)

    def refused(self, host: str, retry_after_s: float | None) -> Pause:
        """To be called for every 429 and 503."""
        strikes = self._strikes[host] = self._strikes.get(host, 0) + 1
        asked_s = self.first_s * 2 ** (strikes - 1) if retry_after_s is None else retry_after_s
        if asked_s > self.longest_s:
            self._given_up[host] = f"{host} asked us to come back in {_in_words(asked_s)}"
        elif strikes >= self.patience:
            self._given_up[host] = f"{host} turned us away {strikes} times in a row"
        return Pause(None if host in self._given_up else asked_s)

    def answered(self, host: str) -> None:
        """To be called for every other answer: the host is well again."""
        self._strikes.pop(host, None)

    def reason_to_stay_away(self, host: str) -> str | None:
        """Why nothing more is asked of `host` in this run; None when it may be asked."""
        return self._given_up.get(host)


def retry_after_s(value: str | None, *, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for; None when there is none or it makes no sense.

    Both forms of RFC 9110, 10.2.3: a number of seconds, or a date. A date that has passed is 0.
    """
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    if then.tzinfo is None:  # "-0000": UTC, of unknown origin
        then = then.replace(tzinfo=now.tzinfo)
    return max(0.0, (then - now).total_seconds())


def _in_words(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:,.0f} minutes"
