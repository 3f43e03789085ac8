"""Runs: what each did, how long its phases took, which publishers to look at, and its warnings."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.review import run_words
from mentions.review.desk import Desk
from mentions.review.forms import view
from mentions.review.responses import desk_of, page

_A_PAGE: Final = 25
_NEWEST: Final = 2**31 - 1  # larger than any run's number


def runs(request: Request) -> Response:
    """The runs, newest first, a page at a time."""
    desk = desk_of(request)
    before = _number(request.query_params.get("before"))
    found = desk.store.runs_before(before or _NEWEST, _A_PAGE + 1)
    shown = [run_words.line_of(run, now=desk.now) for run in found[:_A_PAGE]]
    older = f"/runs?before={shown[-1].run.id}" if len(found) > _A_PAGE else None
    return page(request, "runs.html", lines=shown, older=older, newest=before is None)


def run(request: Request) -> Response:
    """One run."""
    desk = desk_of(request)
    number: int = request.path_params["id"]
    found = desk.store.run(number) if number < _NEWEST else None
    if found is None:
        raise HTTPException(404, f"There is no run {number}.")
    return page(
        request,
        "run.html",
        line=run_words.line_of(found, now=desk.now),
        phases=run_words.phases_of(found),
        publishers=run_words.publishers_of(found, names_of(desk)),
        skipped=run_words.skipped(found),
        counts=sorted(found.counts.items()),
    )


def names_of(desk: Desk) -> dict[str, str]:
    """The publishers' names by domain, as the configuration has them."""
    return {publisher.domain: publisher.name for publisher in desk.config.publishers}


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:10]) < _NEWEST and len(text) < 11):
        raise HTTPException(400, "before: this is not the number of a run.")
    return int(text)


routes = [view("/runs", runs), view("/runs/{id:int}", run)]
