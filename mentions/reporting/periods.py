"""The period a report is about, as people name it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

DEFAULT: Final = "30d"
FORMS: Final = "a day such as 2026-11-01, 30d, 12w, month, last-month, quarter, year or all"

_SPAN: Final = re.compile(r"(\d{1,4})([dw])")
_DAYS: Final = {"d": 1, "w": 7}
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_END: Final = datetime(9999, 12, 30, tzinfo=UTC)  # the last day that has a next one


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to just before `end`, both aware, UTC."""

    start: datetime
    end: datetime

    @property
    def is_all(self) -> bool:
        """Does it begin before everything?"""
        return self.start == _BEGINNING

    @property
    def words(self) -> str:
        """ "1 to 30 November 2026": both days counted."""
        last = self.end - timedelta(microseconds=1)
        if self.is_all:
            return f"everything up to {last:%-d %B %Y}"
        if (self.start.year, self.start.month) == (last.year, last.month):
            if self.start.day == last.day:
                return f"{last:%-d %B %Y}"
            return f"{self.start.day} to {last:%-d %B %Y}"
        if self.start.year == last.year:
            return f"{self.start:%-d %B} to {last:%-d %B %Y}"
        return f"{self.start:%-d %B %Y} to {last:%-d %B %Y}"

    def holds(self, at: datetime) -> bool:
        """Does this moment lie in it?"""
        return self.start <= at < self.end


def period(since: str | None, until: str | None, *, now: datetime) -> Period:
    """The period of `--since` and `--until`; without them the last 30 days up to now.

    `until` is a day, which is counted. Raises ValueError, in plain words, where the texts make no period.
    """
    start, end = _named(since or DEFAULT, now)
    if until is not None:
        end = min(_day(until), _END) + timedelta(days=1)
    if start >= end:
        raise ValueError(f"the period ends ({end - timedelta(days=1):%Y-%m-%d}) before it begins ({start:%Y-%m-%d})")
    return Period(start, end)


def month_key(at: datetime) -> str:
    """ "2026-11": sorts as time does."""
    return f"{at:%Y-%m}"


def _named(text: str, now: datetime) -> tuple[datetime, datetime]:
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today.replace(day=1)
    word = text.strip().lower()
    if span := _SPAN.fullmatch(word):
        days = int(span[1]) * _DAYS[span[2]]
        if not days:
            raise ValueError(f"{text!r} is no time at all; write {FORMS}")
        return max(now - timedelta(days=days), _BEGINNING), now
    if word == "last-month":
        return (first - timedelta(days=1)).replace(day=1), first
    starts = {
        "month": first,
        "quarter": first.replace(month=(first.month - 1) // 3 * 3 + 1),
        "year": first.replace(month=1),
        "all": _BEGINNING,
    }
    return starts[word] if word in starts else _day(text), now


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{text!r} is no period; write {FORMS}") from None
