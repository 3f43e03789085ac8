"""The layer that says who asks: `request.state.user` (None: nobody we know) and `request.state.visit` (the cookie)."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mentions.review import tokens
from mentions.review.desk import Desk
from mentions.review.visitors import person_here

COOKIE = "desk_visit"


class Visits:
    """Knows every visit by its cookie, and gives new visits one."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        cookie = request.cookies.get(COOKIE)
        known = cookie if cookie is not None and tokens.is_visit(cookie) else None
        request.state.visit = known or tokens.new_visit()
        request.state.user = person_here()

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and known is None:
                value = f"{COOKIE}={request.state.visit}; Path=/; HttpOnly; SameSite=Lax"
                MutableHeaders(scope=message).append("Set-Cookie", value)
            await send(message)

        await self._app(scope, receive, send_with_cookie)
