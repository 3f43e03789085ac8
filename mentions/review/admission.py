"""Who a request comes from: a session, a trusted proxy's word, or the one person at this computer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.requests import Request

from mentions.accounts import Login, normal_name
from mentions.exceptions import StoreError
from mentions.review import tokens
from mentions.review.cookies import visit_of
from mentions.review.desk import Desk
from mentions.review.visitors import Visitor, person_here
from mentions.serving import LoginMode, is_loopback

_TOUCHED_EVERY: Final = timedelta(minutes=5)  # when a session was used is written down no more often
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Admitted:
    """What is known of whoever asks. `refused`: why they cannot even log in, in plain words."""

    visit: str
    is_new: bool  # the browser does not have this visit's cookie yet
    visitor: Visitor | None = None
    login: Login | None = None
    refused: str | None = None


def admit(desk: Desk, request: Request) -> Admitted:
    """Who asks. Raises StoreError."""
    said = visit_of(request)
    visit, is_new = (said, False) if said else (tokens.new_visit(), True)
    settings = desk.config.review
    if settings.login is LoginMode.PROXY:
        return _as_the_proxy_says(desk, request, visit, is_new)
    login = desk.store.session(tokens.hash_of(visit), now=desk.now, idle=settings.session_idles) if said else None
    if login is not None:
        _touch(desk, login)
        return Admitted(visit, is_new, Visitor(login.name, login.role), login)
    if not settings.is_private or desk.store.has_users():
        return Admitted(visit, is_new)
    if _came_from_here(request):
        return Admitted(visit, is_new, person_here())
    refused = (
        "This desk has no users, so it is only for the person at its own computer; this request came through a proxy. "
        "Add users with `mentions user add`, and name the proxy in [review] trusted_proxies."
    )
    return Admitted(visit, is_new, refused=refused)


def _as_the_proxy_says(desk: Desk, request: Request, visit: str, is_new: bool) -> Admitted:
    if not request.state.from_proxy:
        return Admitted(visit, is_new, refused="This desk is reached through its proxy only.")
    names = request.headers.getlist(desk.config.review.user_header)
    # Several: one of them may be what the browser itself sent. Empty: Caddy's way to say that it found nobody.
    if len(names) != 1 or not names[0].strip():
        return Admitted(visit, is_new, refused="The proxy did not say who you are. Whoever set it up can tell why.")
    try:
        name = normal_name(names[0])
    except ValueError as error:
        return Admitted(visit, is_new, refused=f"The proxy's name for you cannot be used: {error}.")
    role = desk.store.role_of(name)
    if role is None:
        return Admitted(visit, is_new, refused=f"There is no user {name} at this desk. Ask an admin to add you.")
    return Admitted(visit, is_new, Visitor(name, role))


def _came_from_here(request: Request) -> bool:
    """Not through a proxy that lets the world in where only this computer should be."""
    client = request.client
    return client is not None and is_loopback(client.host) and not any(name in request.headers for name in _FORWARDED)


def _touch(desk: Desk, login: Login) -> None:
    if desk.now - login.last_used_at < _TOUCHED_EVERY:
        return
    try:
        desk.store.touch_session(login.id, desk.now)
    except StoreError:  # a crawl writes for longer than we wait: a page is worth more than this time
        return
