"""The layer that answers only to the desk's own names, so that no other site can be pointed at it (DNS rebinding)."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mentions.review.refusals import refusal


class Hosts:
    """Refuses requests (400) whose Host header is none of `names`."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or host_name(scope) in self._names:
            await self._app(scope, receive, send)
            return
        text = (
            "This desk does not answer to the name it was asked for. Whoever set it up can add the name to "
            "allowed_hosts in the [review] table of mentions.toml."
        )
        await refusal(Request(scope), 400, text)(scope, receive, send)


def host_name(scope: Scope) -> str:
    """The host that a request asks for, in lower case, without port; "" where there is none or several."""
    hosts = Headers(scope=scope).getlist("host")
    if len(hosts) != 1 or any(letter in hosts[0] for letter in "/\\@?# "):
        return ""
    try:
        return urlsplit(f"//{hosts[0]}").hostname or ""
    except ValueError:
        return ""
