"""The layer that says who asks: `request.state.user` (None: nobody we know) and `request.state.visit` (their cookie).

Pages behind the login are not reached without a user; GET leads to the login and back.
"""

from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mentions.exceptions import StoreError
from mentions.review.admission import Admitted, admit
from mentions.review.cookies import set_visit
from mentions.review.desk import Desk
from mentions.review.refusals import refusal, store_failed
from mentions.review.responses import see_other

_PUBLIC: Final = frozenset({"/login", "/appearance"})


class Visits:
    """Knows every visit by its cookie, and gives new visits one."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            admitted = await run_in_threadpool(admit, self._desk, request)
        except StoreError as error:
            await store_failed(request, error)(scope, receive, send)
            return
        request.state.visit, request.state.user = admitted.visit, admitted.visitor
        request.state.login = admitted.login

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and admitted.is_new:
                set_visit(MutableHeaders(scope=message), request, admitted.visit, lasts=None)
            await send(message)

        turned_away = self._turned_away(request, admitted)
        await (turned_away or self._app)(scope, receive, send_with_cookie)

    def _turned_away(self, request: Request, admitted: Admitted) -> Response | None:
        if admitted.visitor is not None or (request.url.path in _PUBLIC and admitted.refused is None):
            return None
        if admitted.refused is not None:
            return refusal(request, 403, admitted.refused)
        if request.method in {"GET", "HEAD"}:
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return see_other("/login" if wanted == "/" else f"/login?next={quote(wanted, safe='')}")
        return refusal(request, 403, "You are not logged in any more, so nothing was changed. Log in and try again.")
