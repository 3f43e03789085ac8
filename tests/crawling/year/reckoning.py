"""The report of the year, and where its figures are not those of the plot."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from mentions.reporting.facts import By
from mentions.reporting.periods import Period
from mentions.reporting.report import Report, report
from mentions.store import open_store
from tests.crawling.year.living import DAYS, Year
from tests.crawling.year.newsroom import at


def report_of(year: Year) -> Report:
    """What `mentions report` shows of the whole year at its end."""
    period = Period(at(0), at(DAYS + 1))
    store = open_store(year.config.store_url, key=year.config.store_key)
    try:
        return report(store.report_facts(period, By.TARGET), period, By.TARGET, now=period.end)
    finally:
        store.close()


def wrong_figures(year: Year) -> dict[str, tuple[Any, Any]]:
    """Figures of the report that are not those of the plot, by name: what they should be, and what they are."""
    made = report_of(year)
    parts = {
        "found": _values(made.total.found),
        "asked": _values(made.total.asked),
        "days": _values(made.total.asked.days),
        "happened": _values(made.total.happened),
        "domains": {
            "standing": made.domains.standing,
            "gained": len(made.domains.gained),
            "lost": len(made.domains.lost),
        },
    }
    return {
        f"{part}.{name}": (should, parts[part].get(name))
        for part, figures in year.plot.figures.items()
        for name, should in figures.items()
        if parts[part].get(name) != should
    }


def _values(part: object) -> Mapping[str, Any]:
    if not is_dataclass(part):
        return {}
    return {field.name: getattr(part, field.name) for field in fields(part)}
