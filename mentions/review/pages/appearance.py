"""How the desk is shown in this browser: light or dark, with or without single-key shortcuts."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from mentions.review.cookies import is_encrypted
from mentions.review.forms import Form, action
from mentions.review.preferences import SHORTCUTS_COOKIE, THEME_COOKIE, Theme
from mentions.review.responses import is_local, see_other

_YEAR_S: Final = 365 * 86400


def appearance(request: Request, form: Form) -> Response:
    """Keeps what the form says, and goes back to the page it was sent from."""
    back = form.text("back")
    answer = see_other(back if is_local(back) else "/")
    if form.text("theme"):
        _keep(answer, request, THEME_COOKIE, form.choice("theme", Theme).value)
    if form.text("shortcuts"):
        _keep(answer, request, SHORTCUTS_COOKIE, "on" if form.flag("shortcuts") else "off")
    return answer


def _keep(answer: Response, request: Request, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=_YEAR_S, httponly=True, samesite="lax", secure=is_encrypted(request))


routes = [action("/appearance", appearance, role=None)]
