"""The layer that takes no more than a form may hold (413)."""

from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mentions.review.refusals import refusal

MAX_BODY_BYTES: Final = 2_000_000  # a suppression list of some 50,000 rows; a long draft has 10,000
# So much more is read and thrown away: a browser that still sends when the answer comes and the connection ends shows
# its own page about a lost connection, and nobody learns that the file was too large.
READ_AWAY_BYTES: Final = 10_000_000


class Sizes:
    """Refuses larger bodies: at once where their size is told, else as soon as they have become too large."""

    def __init__(self, app: ASGIApp, most: int = MAX_BODY_BYTES) -> None:
        self._limited = RequestBodyLimitMiddleware(app, most)
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            told = headers.get("content-length", "")
            if told.isdigit() and int(told) > self._most:
                if int(told) <= READ_AWAY_BYTES and "expect" not in headers:  # expect: it asks before it sends
                    await _read_away(receive)
                await refusal(Request(scope), 413)(scope, receive, send)
                return
        await self._limited(scope, receive, send)


async def _read_away(receive: Receive) -> None:
    """Until the body ends, or the browser hangs up."""
    message = await receive()
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
