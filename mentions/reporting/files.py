"""A report for programs: JSON with stable keys, CSV with one row a group (docs/reference/report.md)."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any, Final

from mentions.exports.files import write_csv
from mentions.reporting.figures import Figures
from mentions.reporting.report import Report

# In this order for good: a column is only ever added at the end.
COLUMNS: Final = (
    "by",  # target, publisher, template, contact-role, month; "total" in the first row
    "group",
    "named",
    "unlinked",
    "not_seen",
    "worth_asking",
    "drafted",
    "asked",
    "answered",
    "linked",
    "linked_elsewhere",
    "refused",
    "unanswered",
    "open",
    "stands",
    "days_lower",
    "days_median",
    "days_upper",
    "emails",
    "replies",
    "reclaimed",
    "qualified",
    "noindex",
    "without_contact",
    "elsewhere",
    "lost",
    "back",
)


def as_json(report: Report) -> dict[str, Any]:
    """The whole report as JSON values; times ISO 8601 in UTC, days as numbers."""
    domains = report.domains
    return {
        "period": {"start": _time(report.period.start), "end": _time(report.period.end)},
        "made_at": _time(report.made_at),
        "by": report.by.value,
        "total": _figures(report.total),
        "groups": [{"group": key, **_figures(group)} for key, group in report.groups],
        "months": [asdict(month) for month in report.months],
        "domains": {
            "standing": domains.standing,
            "gained": [{"domain": each.domain, "first_seen_at": _time(each.first_seen_at)} for each in domains.gained],
            "lost": [{"domain": each.domain, "last_seen_at": _time(each.last_seen_at)} for each in domains.lost],
        },
        "own_pages": [asdict(page) for page in report.own_pages],
        "link_ends": [
            {"url": end.url, "links": end.links, "state": end.standing.value, "hops": end.hops, "why": list(end.why)}
            for end in report.link_ends
        ],
        "not_known": list(report.not_known),
    }


def write_json(report: Report, stream: IO[bytes]) -> int:
    """One JSON object; returns how many groups it holds."""
    stream.write(json.dumps(as_json(report), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")
    return len(report.groups)


def write_report_csv(report: Report, stream: IO[bytes]) -> int:
    """The total and every group, one row each, as mentions.exports writes tables; returns how many groups."""
    rows = [_row("total", "", report.total), *(_row(report.by.value, key, group) for key, group in report.groups)]
    return write_csv(rows, COLUMNS, stream) - 1


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "found": asdict(figures.found) | {"verdicts": {v.value: n for v, n in figures.found.verdicts.items()}},
        "asked": asdict(figures.asked),
        "happened": asdict(figures.happened),
    }


def _row(by: str, group: str, figures: Figures) -> dict[str, object]:
    days = figures.asked.days
    values: dict[str, object] = asdict(figures.found) | asdict(figures.asked) | asdict(figures.happened)
    values |= {"by": by, "group": group}
    values |= {
        "days_lower": round(days.lower, 1) if days else None,
        "days_median": round(days.median, 1) if days else None,
        "days_upper": round(days.upper, 1) if days else None,
    }
    return {column: values[column] for column in COLUMNS}


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
