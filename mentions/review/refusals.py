"""The pages that say why something cannot be, in plain words."""

from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.exceptions import DecisionRefused, MentionsError, NothingThere, StaleRevision, StoreError
from mentions.redaction import redacted
from mentions.review.filters import capitalize_first
from mentions.review.find_words import in_between
from mentions.review.layers.headers import add_headers
from mentions.review.responses import desk_of, page

_TITLES: Final = {
    400: "That cannot be read",
    403: "You may not do that",
    404: "There is no such page",
    405: "That is not how this page works",
    409: "That cannot be done any more",
    413: "That is too much at once",
    415: "That cannot be read",
    429: "Too many tries",
    500: "Something went wrong here",
    503: "The database does not answer",
}
_TEXTS: Final = {
    400: "The request was not complete. Go back and try again.",
    403: "Your role does not allow it. Ask an admin.",
    404: "Perhaps the address was mistyped, or what stood here was erased.",
    405: "Open the page first, and use the buttons on it.",
    413: "What was sent is larger than this desk takes. Nothing was changed.",
    500: "Nothing is lost that was saved before. The log of the desk says more; try again, and tell an admin.",
}


def refusal(request: Request, status: int, text: str | None = None, **data: Any) -> Response:
    """The page of a refusal; `text` None: what is usually said."""
    title = _TITLES.get(status, "That cannot be done")
    return page(request, "error.html", status=status, title=title, text=text or _TEXTS.get(status, ""), **data)


def http_refused(request: Request, error: Exception) -> Response:
    """For what the web framework or a handler refuses."""
    assert isinstance(error, HTTPException)
    usual = {HTTPStatus(error.status_code).phrase, "Content Too Large"}  # what a framework says who has nothing to say
    answer = refusal(request, error.status_code, None if error.detail in usual else error.detail)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def decision_refused(request: Request, error: Exception) -> Response:
    """For a decision that the store or mentions.workflow refuses: nothing was changed."""
    if isinstance(error, StaleRevision):
        what = in_between(desk_of(request).store.history(error.opportunity_id))
        text = f"While you were at it, {what}. So nothing was done: look at it as it is now, and decide again."
        return refusal(request, 409, text, back=f"/opportunities/{error.opportunity_id}")
    return refusal(request, 409, str(error))


def store_failed(request: Request, error: Exception) -> Response:
    """For a database that cannot be asked."""
    assert isinstance(error, MentionsError)
    return refusal(request, 503, redacted(str(error)))


def nothing_there(request: Request, error: Exception) -> Response:
    """For a number in a form or address that names nothing (any more)."""
    return refusal(request, 404, f"{capitalize_first(str(error))}. Perhaps it was erased; nothing was changed.")


def failed(request: Request, _error: Exception) -> Response:
    """For a defect of ours; the server writes it to its log."""
    answer = refusal(request, 500)
    add_headers(answer.headers)  # this answer does not pass the layers that add them
    return answer


HANDLERS: Final = {
    HTTPException: http_refused,
    DecisionRefused: decision_refused,
    NothingThere: nothing_there,
    StoreError: store_failed,
    Exception: failed,
}
