"""Reads plot.toml: what each site and article is from each day on, what people do, and what must be known then."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

HOST: Final = "courier.example"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store must know of an article."""

    page: str  # word of PageState
    truth: str  # word of Truth
    state: str  # word of OpportunityState, or "-": there is no opportunity


@dataclass(frozen=True, slots=True)
class Told:
    """One article of the year."""

    number: int
    path: str
    host: str
    about: str
    site: Mapping[int, str]
    people: Mapping[int, tuple[str, ...]]
    truth: Mapping[int, Known]
    events: Mapping[int, tuple[str, ...]]
    looks: tuple[int, ...] | None  # the days of all looks, where the plot states them

    @property
    def begins(self) -> int:
        """The day on which it is published."""
        return min(self.site)

    def shown(self, day: int) -> str | None:
        """What its page is that day; None: it is not published yet."""
        return latest(self.site, day)

    def known(self, day: int) -> Known | None:
        """What must be known of it at the end of that day; None: nothing yet."""
        return latest(self.truth, day)


@dataclass(frozen=True, slots=True)
class Plot:
    """The whole year."""

    articles: tuple[Told, ...]
    sites: Mapping[str, Mapping[int, str]]  # by host: what befalls the whole site, from each day on
    ours: Mapping[str, Mapping[int, str]]  # by path of a page of ours: what it answers from each day on
    figures: Mapping[str, Any]  # what a report of the year must say


def read_plot() -> Plot:
    """The plot beside this file."""
    raw = tomllib.loads(Path(__file__).with_name("plot.toml").read_text(encoding="utf-8"))
    return Plot(
        tuple(_told(number, name, each) for number, (name, each) in enumerate(raw["articles"].items(), start=1)),
        {host: _days(each) for host, each in raw["sites"].items()},
        {path: _days(each) for path, each in raw["ours"].items()},
        raw["report"],
    )


def latest(by_day: Mapping[int, Value], day: int) -> Value | None:
    """What holds that day: the entry of the last day up to it; None: there is none yet."""
    days = [since for since in by_day if since <= day]
    return by_day[max(days)] if days else None


def _told(number: int, name: str, raw: Mapping[str, Any]) -> Told:
    return Told(
        number=number,
        path=f"/news/{name}",
        host=raw.get("host", HOST),
        about=raw["about"],
        site=_days(raw["site"]),
        people={day: _words(said) for day, said in _days(raw.get("people", {})).items()},
        truth={day: Known(*said.split()) for day, said in _days(raw["truth"]).items()},
        events={day: _words(said) for day, said in _days(raw.get("events", {})).items()},
        looks=tuple(raw["looks"]) if "looks" in raw else None,
    )


def _days(raw: Mapping[str, Any]) -> dict[int, Any]:
    return {int(day): said for day, said in raw.items()}


def _words(said: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in said.split(","))
