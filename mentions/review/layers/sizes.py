"""The layer that takes no more than a form may hold (413)."""

from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mentions.review.refusals import refusal

MAX_BODY_BYTES: Final = 2_000_000  # a suppression list of some 50,000 rows; a long draft has 10,000


class Sizes:
    """Refuses larger bodies: at once where their size is told, else as soon as they have become too large."""

    def __init__(self, app: ASGIApp, most: int = MAX_BODY_BYTES) -> None:
        self._limited = RequestBodyLimitMiddleware(app, most)
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            told = Headers(scope=scope).get("content-length", "")
            if told.isdigit() and int(told) > self._most:
                await refusal(Request(scope), 413)(scope, receive, send)
                return
        await self._limited(scope, receive, send)
