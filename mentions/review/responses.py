"""What a handler answers with: a rendered page, the way to another page, a message for the page that comes next."""

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from mentions.review import filters, navigation, preferences, tokens
from mentions.review.desk import Desk
from mentions.review.flashes import Flash, Tone
from mentions.review.layers.headers import content_policy
from mentions.review.visitors import Visitor
from mentions.undoing import UNDO_WITHIN


def desk_of(request: Request) -> Desk:
    """The desk that this request came to."""
    desk: Desk = request.app.state.desk
    return desk


def visitor_of(request: Request) -> Visitor:
    """Who asks. Only for pages behind the login, which is every page that `view` and `action` make by themselves."""
    visitor: Visitor = request.state.user
    return visitor


def page(request: Request, template: str, *, status: int = 200, frames: bool = False, **data: Any) -> Response:
    """A template of templates/review/, rendered with `data` and with what base.html needs.

    `frames`: the page shows another page of this desk in a frame. Besides `data` a template has: `visitor` (None before
    the login), `logged_in` (with a password), `path`, `now`, `csrf_field` (to stand in every form), `flashes`, `nav`,
    `preferences`, `ago(moment)`.
    """
    desk = desk_of(request)
    now = desk.now
    visit: str = getattr(request.state, "visit", "")
    visitor: Visitor | None = getattr(request.state, "user", None)
    context = {
        "visitor": visitor,
        "logged_in": getattr(request.state, "login", None) is not None,
        "path": request.scope["path"],
        "now": now,
        "csrf_field": _csrf_field(visit) if visit else "",
        "flashes": desk.flashes.take(visit) if visit else [],
        "nav": navigation.entries(request, visitor) if visitor else [],
        "preferences": preferences.of(request),
        "ago": lambda moment: filters.ago(moment, now),
        **data,
    }
    answer = HTMLResponse(desk.templates.get_template(template).render(context), status)
    answer.headers["Content-Security-Policy"] = content_policy(frames=frames)
    return answer


def see_other(url: str) -> Response:
    """On to another page of this desk (303). Raises ValueError for an address elsewhere."""
    if not is_local(url):
        raise ValueError(f"{url!r} is not an address of this desk")
    return RedirectResponse(url, status_code=303)


def is_local(url: str) -> bool:
    """Is this a path on this desk? Browsers read "//", "/\\" and controls in between as the way to another host."""
    plain = url.isascii() and url.isprintable() and "\\" not in url and " " not in url
    return plain and url.startswith("/") and not url.startswith("//")


def flash(request: Request, text: str, *, tone: Tone = Tone.DONE, undo: str | None = None) -> None:
    """Shows a message on the page that this visitor sees next, with a button that posts to `undo` where given."""
    desk_of(request).flashes.add(request.state.visit, Flash(text, tone, undo))


def undo_until(request: Request) -> str:
    """Until when what was just decided can be taken back, as a sentence."""
    return f"It can be undone until {desk_of(request).now + UNDO_WITHIN:%H:%M} UTC."


def _csrf_field(visit: str) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(tokens.form_token(visit))
