"""The history: who did what, when, to what."""

from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.review import history_words
from mentions.review.forms import MOST_NUMBER, view
from mentions.review.responses import desk_of, page
from mentions.store.audit import PROGRAM, AuditEntry, AuditFilter

_ROWS: Final = 100
_FILTERS: Final = ("subject", "actor", "kind")


def audit(request: Request) -> Response:
    """A page of the history, newest first. `?before=` goes on where another page ended."""
    said = {name: value for name in _FILTERS if (value := " ".join(request.query_params.get(name, "").split())[:200])}
    if "subject" in said:
        said["subject"] = history_words.subject_of(said["subject"])
    wanted = AuditFilter(**said)
    before = _place(request.query_params.get("before", ""))
    found = desk_of(request).store.audit(wanted, before=before, limit=_ROWS + 1)
    shown = found[:_ROWS]
    after = _url({**said, "before": _token(shown[-1])}) if len(found) > _ROWS else None
    return page(
        request,
        "audit.html",
        entries=[(entry, link_of(entry.subject)) for entry in shown],
        wanted=said,
        words=history_words,
        kinds=history_words.kind_choices({*(entry.kind for entry in shown), *filter(None, [wanted.kind])}),
        newest=_url(said) if before else None,
        older=after,
        program=PROGRAM,
    )


def link_of(subject: str) -> str | None:
    """The page of the desk about a subject of the history; None: there is none."""
    kind, _, name = subject.partition("/")
    if kind == "opportunity" and name.isascii() and name.isdigit():
        return f"/opportunities/{name}"
    return {"user": "/users", "suppression": "/suppression", "run": "/runs"}.get(kind)


def _url(values: dict[str, str]) -> str:
    return f"/audit?{urlencode(values)}" if values else "/audit"


def _token(entry: AuditEntry) -> str:
    return f"{entry.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}_{entry.id}"


def _place(token: str) -> tuple[datetime, int] | None:
    """Where a page ended. Raises HTTPException (400) for an address that is not ours."""
    if not token:
        return None
    at, _, number = token.partition("_")
    try:
        # No event has a greater number than this, on either database.
        return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC), min(int(number), MOST_NUMBER)
    except ValueError:
        raise HTTPException(
            400, "The address of this page of the history is not complete. Begin with the newest."
        ) from None


routes = [view("/audit", audit)]
