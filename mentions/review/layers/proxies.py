"""The layer that believes reverse proxies: who asks and over which scheme, where the proxy is one of ours."""

import ipaddress
from collections.abc import Sequence
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

Networks = Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]


class Proxies:
    """Sets `request.state.from_proxy`, and client and scheme as a trusted proxy says; nobody else is believed."""

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self._app = app
        self._networks: Networks = [ipaddress.ip_network(text) for text in trusted]
        # uvicorn writes the same protocol with types of its own.
        self._believing = cast("ASGIApp", ProxyHeadersMiddleware(cast("Any", app), list(trusted)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            trusted = is_in(scope["client"][0] if scope.get("client") else None, self._networks)
            scope.setdefault("state", {})["from_proxy"] = trusted
            if trusted:
                await self._believing(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_in(address: str | None, networks: Networks) -> bool:
    """Is this address in one of the networks?"""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in network for network in networks)
