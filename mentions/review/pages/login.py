"""Logging in and out with a password."""

import math
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mentions.accounts import normal_name
from mentions.review import tokens
from mentions.review.cookies import forget_visit, set_visit
from mentions.review.forms import Form, action, view
from mentions.review.responses import desk_of, is_local, page, see_other


def login(request: Request) -> Response:
    """The form; whoever is logged in already goes on to where they wanted to."""
    wanted = _wanted(request.query_params.get("next", ""))
    if request.state.user is not None:
        return see_other(wanted)
    return page(request, "login.html", wanted=wanted, name="", problem=None)


async def log_in(request: Request, form: Form) -> Response:
    """Begins a session under a fresh cookie, or says that name or password is wrong: never which of them."""
    desk, typed, password = desk_of(request), form.text("name", longest=200), form.secret("password")
    name = _name(typed)
    address = request.client.host if request.client else ""
    wait = desk.attempts.begin(name, address, desk.now)
    if wait is not None:
        return _too_many(request, form, wait)
    kept = await run_in_threadpool(desk.store.password_of, name)
    if not await desk.hashing.is_password(password, kept):
        return await run_in_threadpool(_failed, request, form, name if kept else None, address)
    desk.attempts.succeeded(name, address)
    return await run_in_threadpool(_begin, request, name, _wanted(form.text("next")))


def log_out(request: Request, _form: Form) -> Response:
    """Ends the session, and has the browser forget its cookie and the pages it kept."""
    desk, session = desk_of(request), request.state.login
    if session is not None:
        desk.store.end_session(session.name, session.id, now=desk.now)
    answer = see_other("/login")
    forget_visit(answer.headers, request)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def begin_session(request: Request, answer: Response, name: str) -> Response:
    """The same answer, with the cookie of a new session of that user: nobody can have known it before (C-14)."""
    desk, visit = desk_of(request), tokens.new_visit()
    lasts = desk.config.review.session_lasts
    desk.store.begin_session(name, tokens.hash_of(visit), now=desk.now, expires_at=desk.now + lasts)
    set_visit(answer.headers, request, visit, lasts=lasts)
    request.state.visit = visit
    return answer


def _begin(request: Request, name: str, wanted: str) -> Response:
    return begin_session(request, see_other(wanted), name)


def _failed(request: Request, form: Form, known: str | None, address: str) -> Response:
    desk = desk_of(request)
    if known and desk.attempts.is_last(known, address):
        desk.store.record_event("login locked", f"user/{known}", {}, desk.now)
    return _form_again(request, form, "The name or the password is wrong.", 403)


def _too_many(request: Request, form: Form, wait: timedelta) -> Response:
    minutes = math.ceil(wait.total_seconds() / 60)
    words = f"{minutes} minutes" if minutes > 1 else "a minute"
    answer = _form_again(request, form, f"Too many tries with this name or from this place. Try again in {words}.", 429)
    answer.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return answer


def _form_again(request: Request, form: Form, problem: str, status: int) -> Response:
    data: dict[str, Any] = {
        "wanted": _wanted(form.text("next")),
        "name": form.text("name", longest=200),
        "problem": problem,
    }
    return page(request, "login.html", status=status, **data)


def _name(typed: str) -> str:
    """The name in its normal form; what cannot be one is asked for as it is, and found as little as any stranger."""
    try:
        return normal_name(typed)
    except ValueError:
        return typed


def _wanted(url: str) -> str:
    """Where somebody wanted to go, if that is on this desk (C-19)."""
    return url if is_local(url) and not url.startswith("/login") else "/"


routes = [
    view("/login", login, role=None),
    action("/login", log_in, role=None),
    action("/logout", log_out, role=None),
]
