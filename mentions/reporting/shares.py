"""Numbers as people may be told them: with what they are a part of, and no more exact than they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

LEAST_FOR_PERCENT: Final = 10  # one more of nine would move a share by eleven points: no percentage says anything


def share(part: int, whole: int) -> str:
    """ "12 of 48 (25 %)"; of fewer than ten without the percentage; "–" of none."""
    if not whole:
        return "–"
    if whole < LEAST_FOR_PERCENT:
        return f"{part:,} of {whole:,}"
    return f"{part:,} of {whole:,} ({percent(part, whole)})"


def percent(part: int, whole: int) -> str:
    """ "25 %", never rounded to all or nothing; "" of fewer than ten."""
    if whole < LEAST_FOR_PERCENT:
        return ""
    exact = 100 * part / whole
    if 0 < exact < 1:
        return "< 1 %"
    if 99 < exact < 100:
        return "> 99 %"
    return f"{exact:.0f} %"


@dataclass(frozen=True, slots=True)
class Days:
    """How long something took, in days: how many times it happened, and the quartiles."""

    count: int
    lower: float
    median: float
    upper: float

    @property
    def words(self) -> str:
        """ "6 days in the middle; half of 24 took 3 to 11". Of fewer than ten the longest and shortest instead."""
        middle = _days(self.median)
        if self.count == 1:
            return f"{middle} (1 link)"
        if self.count < LEAST_FOR_PERCENT:
            return f"{middle} in the middle; {self.count} took {self.lower:.0f} to {_days(self.upper)}"
        if f"{self.lower:.0f}" == f"{self.upper:.0f}":
            return f"{middle}, for at least half of {self.count:,}"
        return f"{middle} in the middle; half of {self.count:,} took {self.lower:.0f} to {_days(self.upper)}"


def days_of(values: Sequence[float]) -> Days | None:
    """Median and quartiles; of fewer than ten the shortest and the longest in the quartiles' place. None of none."""
    if not values:
        return None
    if len(values) < LEAST_FOR_PERCENT:
        return Days(len(values), min(values), median(values), max(values))
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    return Days(len(values), lower, middle, upper)


def _days(number: float) -> str:
    shown = f"{number:.0f}"
    return f"{shown} day" if shown == "1" else f"{shown} days"
