"""One's own account: password, sessions, and how the desk is shown."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mentions.accounts import password_problem
from mentions.review.forms import Form, action, view
from mentions.review.pages.login import begin_session
from mentions.review.preferences import Theme
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role
from mentions.serving import LoginMode


def account(request: Request) -> Response:
    """The account of whoever asks."""
    return _account(request)


async def change_password(request: Request, form: Form) -> Response:
    """Takes a new password from whoever knows the old one; every session but this one ends."""
    desk, name = desk_of(request), _own_session(request)
    wrong = _problem_of(form, name)
    if wrong is not None:
        return await run_in_threadpool(_account, request, wrong)
    address = request.client.host if request.client else ""
    if desk.attempts.begin(name, address, desk.now) is not None:
        return await run_in_threadpool(_account, request, "Too many tries. Try again in a quarter of an hour.", 429)
    kept = await run_in_threadpool(desk.store.password_of, name)
    if not await desk.hashing.is_password(form.secret("current"), kept):
        return await run_in_threadpool(_account, request, "The current password is not this one.")
    desk.attempts.succeeded(name, address)
    hashed = await desk.hashing.hash_password(form.secret("new"))
    return await run_in_threadpool(_set_password, request, name, hashed)


def end_session(request: Request, form: Form) -> Response:
    """Ends one session of one's own."""
    desk, name = desk_of(request), _own_session(request)
    if not desk.store.end_session(name, form.number("session"), now=desk.now):
        raise HTTPException(404, "That session is over already.")
    flash(request, "That session is logged out.")
    return see_other("/account")


def end_other_sessions(request: Request, _form: Form) -> Response:
    """Ends every session of one's own but this one."""
    desk, name = desk_of(request), _own_session(request)
    ended = desk.store.end_sessions(name, but=request.state.login.id, by=name, now=desk.now)
    words = "one other session is" if ended == 1 else f"{ended} other sessions are"
    flash(request, f"{words.capitalize()} logged out." if ended else "There was no other session.")
    return see_other("/account")


def _account(request: Request, problem: str | None = None, status: int = 400) -> Response:
    desk, visitor, login = desk_of(request), visitor_of(request), request.state.login
    idle = desk.config.review.session_idles
    sessions = desk.store.sessions_of(visitor.name, now=desk.now, idle=idle) if login is not None else []
    by_proxy = desk.config.review.login is LoginMode.PROXY
    data: dict[str, Any] = {
        "login": login,
        "sessions": sessions,
        "problem": problem,
        "themes": list(Theme),
        "by_proxy": by_proxy,
    }
    return page(request, "account.html", status=status if problem else 200, **data)


def _problem_of(form: Form, name: str) -> str | None:
    new = form.secret("new")
    if new != form.secret("again"):
        return "The new password was not typed the same way twice."
    problem = password_problem(new, name)
    return f"The new password cannot be used: {problem}." if problem else None


def _own_session(request: Request) -> str:
    """The name of whoever is logged in with a password. Raises HTTPException (404) for everybody else."""
    if request.state.login is None:
        raise HTTPException(404, "You are here without a password, so there is none to change and no session to end.")
    return visitor_of(request).name


def _set_password(request: Request, name: str, hashed: str) -> Response:
    desk = desk_of(request)
    desk.store.set_password(name, hashed, by=name, now=desk.now)
    answer = begin_session(request, see_other("/account"), name)
    flash(request, "Your password is changed, and every other session is logged out.")
    return answer


routes = [
    view("/account", account),
    action("/account/password", change_password, role=Role.VIEWER),
    action("/account/sessions/end", end_session, role=Role.VIEWER),
    action("/account/sessions/end-others", end_other_sessions, role=Role.VIEWER),
]
