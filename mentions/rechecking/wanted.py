"""Which looks a run makes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is due, where nothing else is said."""

    asked_only: bool = False  # only what people wait for
    opportunities: tuple[int, ...] = ()  # of these only; empty: of all
