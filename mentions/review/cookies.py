"""The cookie by which a visit is known again."""

from datetime import timedelta
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from mentions.review import tokens
from mentions.review.desk import Desk

_NAME: Final = "desk_visit"
# Browsers take a cookie of this name over https only, from this host only, so that no other host can plant one.
_SECURE_NAME: Final = f"__Host-{_NAME}"


def is_encrypted(request: Request) -> bool:
    """Does the browser reach the desk over https, as a trusted proxy or the configuration says?"""
    desk: Desk = request.app.state.desk
    return bool(request.scope.get("scheme") == "https" or desk.config.review.is_encrypted)


def visit_of(request: Request) -> str | None:
    """The visit that a browser says it is; None: it says none that could be."""
    said = request.cookies.get(_SECURE_NAME if is_encrypted(request) else _NAME)
    return said if tokens.is_visit(said) else None


def set_visit(headers: MutableHeaders, request: Request, visit: str, *, lasts: timedelta | None) -> None:
    """Gives a browser a visit; `lasts` None: until it is closed."""
    headers.append("Set-Cookie", _cookie(request, visit, lasts))


def forget_visit(headers: MutableHeaders, request: Request) -> None:
    """Takes it away."""
    headers.append("Set-Cookie", _cookie(request, "", timedelta(0)))


def _cookie(request: Request, value: str, lasts: timedelta | None) -> str:
    secure = is_encrypted(request)
    parts = [f"{_SECURE_NAME if secure else _NAME}={value}", "Path=/", "HttpOnly"]
    # Lax, not Strict: a link in the morning's digest must find its reader logged in. GET changes nothing.
    parts.append("SameSite=Lax")
    if secure:
        parts.append("Secure")
    if lasts is not None:
        parts.append(f"Max-Age={int(lasts.total_seconds())}")
    return "; ".join(parts)
