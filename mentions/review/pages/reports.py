"""Reports: what came of it in a period, here and as files."""

import io
from collections.abc import Callable
from typing import IO, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.reporting.facts import By
from mentions.reporting.files import write_json, write_report_csv
from mentions.reporting.html import report_html
from mentions.reporting.periods import DEFAULT, FORMS, Period, period
from mentions.reporting.report import Report
from mentions.reporting.report import report as report_of
from mentions.reporting.sections import GROUP_WORDS, headline, sections
from mentions.review.forms import view
from mentions.review.responses import desk_of, page

# What most people ask for, with its words; any other period is typed.
_PERIODS: Final = {
    "30d": "the last 30 days",
    "month": "this month",
    "last-month": "last month",
    "quarter": "this quarter",
    "year": "this year",
    "all": "everything",
}
_LONGEST: Final = 20  # characters of a period


def reports(request: Request) -> Response:
    """The report of the period in the address. A period that cannot be is said beside the form."""
    since, until, by = _asked(request)
    problem: str | None = None
    made: Report | None = None
    try:
        made = _made(request, _period(request, since, until), by)
    except ValueError as error:
        problem = str(error)
    return page(
        request,
        "reports.html",
        status=200 if made else 400,
        report=made,
        headline=headline(made) if made else (),
        sections=sections(made) if made else (),
        problem=problem,
        since=since,
        until=until,
        by=by,
        groups=GROUP_WORDS,
        periods=_PERIODS,
        forms=FORMS,
    )


def download(request: Request) -> Response:
    """The same report as a file."""
    since, until, by = _asked(request)
    kind = request.query_params.get("format", "")
    if kind not in _FILES:
        raise HTTPException(400, f"format: write one of {', '.join(_FILES)}.")
    try:
        made = _made(request, _period(request, since, until), by)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    media_type, write = _FILES[kind]
    stream = io.BytesIO()
    write(made, stream)
    name = f"report-{made.period.end:%Y-%m-%d}-by-{by.value}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream.getvalue(), media_type=media_type, headers=headers)


def _asked(request: Request) -> tuple[str, str, By]:
    """Since, until and by, as the address says them."""
    query = request.query_params
    since = query.get("since", DEFAULT).strip()[:_LONGEST] or DEFAULT
    until = query.get("until", "").strip()[:_LONGEST]
    try:
        return since, until, By(query.get("by", By.TARGET.value))
    except ValueError:
        raise HTTPException(400, f"by: write one of {', '.join(by.value for by in By)}.") from None


def _period(request: Request, since: str, until: str) -> Period:
    return period(since, until or None, now=desk_of(request).now)


def _made(request: Request, about: Period, by: By) -> Report:
    desk = desk_of(request)
    return report_of(desk.store.report_facts(about, by), about, by, now=desk.now)


def _write_html(made: Report, stream: IO[bytes]) -> int:
    return stream.write(report_html(made).encode("utf-8", "replace"))


_FILES: Final[dict[str, tuple[str, Callable[[Report, IO[bytes]], int]]]] = {
    "html": ("text/html; charset=utf-8", _write_html),
    "csv": ("text/csv; charset=utf-8", write_report_csv),
    "json": ("application/json", write_json),
}

routes = [view("/reports", reports), view("/reports/download", download, name="report_download")]
