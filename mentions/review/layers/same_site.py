"""The layer against forged requests: what changes something must come from a page of this desk.

Browsers say where a request comes from, in Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/) or at least in
Origin. The token in every form (mentions.review.forms) is the second lock, for browsers that say neither.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mentions.review.refusals import refusal

_HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_USUAL_PORTS: Final = frozenset({80, 443, None})
_OURS: Final = frozenset({"same-origin", "none"})  # none: a person typed it, or sends a form again after a restart


class SameSite:
    """Refuses (403) forms that were sent from another site. `base_url`: by which a proxy is asked for us."""

    def __init__(self, app: ASGIApp, base_url: str | None) -> None:
        self._app, self._base = app, _place(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _HARMLESS or self._is_ours(scope):
            await self._app(scope, receive, send)
            return
        text = "This form was sent from another site. Open the page here, and use the button on it."
        await refusal(Request(scope), 403, text)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in _OURS:
            return False
        if origin is None:
            return True
        return _place(origin) in {_place(f"{scope['scheme']}://{headers.get('host', '')}"), self._base} - {None}


def _place(url: str | None) -> tuple[str, int | None] | None:
    """Host and port of an address; the scheme does not count, as a proxy in front may speak another one with us."""
    try:
        parts = urlsplit(url or "")
        port = None if parts.port in _USUAL_PORTS else parts.port
        return (parts.hostname, port) if parts.hostname else None
    except ValueError:
        return None
