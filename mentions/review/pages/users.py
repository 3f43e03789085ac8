"""Who may come to the desk: admins add people, change their roles, let them in no more, give them passwords."""

from collections.abc import Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mentions.accounts import normal_name, password_problem
from mentions.exceptions import UserRefused
from mentions.review.flashes import Tone
from mentions.review.forms import Form, action, view
from mentions.review.responses import desk_of, flash, page, see_other, visitor_of
from mentions.roles import Role
from mentions.serving import LoginMode

_ROLES: Final = {
    Role.VIEWER: "looks at everything, changes nothing",
    Role.REVIEWER: "edits drafts, skips, puts off, claims, marks as sent or answered",
    Role.APPROVER: "approves, hands off, suppresses, blocks publishers",
    Role.ADMIN: "manages users as well",
}


def users(request: Request) -> Response:
    """Everybody, and the form for one more."""
    return _users(request)


async def add_user(request: Request, form: Form) -> Response:
    """A new user; without a password where a proxy says who people are."""
    desk = desk_of(request)
    password, role = form.secret("password"), form.choice("role", Role)
    try:
        name = normal_name(form.text("name", longest=200))
    except ValueError as error:
        return await run_in_threadpool(_users, request, f"The name cannot be used: {error}.", form)
    by_proxy = desk.config.review.login is LoginMode.PROXY
    problem = password_problem(password, name) if password or not by_proxy else None
    if problem:
        return await run_in_threadpool(_users, request, f"The password cannot be used: {problem}.", form)
    hashed = await desk.hashing.hash_password(password) if password else None
    return await run_in_threadpool(_add, request, form, name, role, hashed)


async def new_password(request: Request, form: Form) -> Response:
    """Gives somebody a new password; their sessions end."""
    desk, name, password = desk_of(request), form.required("name"), form.secret("password")
    problem = password_problem(password, name)
    if problem:
        return await run_in_threadpool(_users, request, f"The password for {name} cannot be used: {problem}.")
    hashed = await desk.hashing.hash_password(password)
    done = f"{name} has a new password, and is logged out everywhere. Tell it to them in person."
    return await run_in_threadpool(_changed, request, desk.store.set_password, done, name, hashed)


def change_role(request: Request, form: Form) -> Response:
    """Another role for somebody; it holds from their next click on."""
    name, role = form.required("name"), form.choice("role", Role)
    return _changed(request, desk_of(request).store.set_role, f"{name} is {role.value} now.", name, role)


def disable_user(request: Request, form: Form) -> Response:
    """Lets somebody in no more; what they did stays in the history."""
    name = form.required("name")
    return _changed(request, desk_of(request).store.disable_user, f"{name} is let in no more.", name)


def enable_user(request: Request, form: Form) -> Response:
    """Lets somebody in again."""
    name = form.required("name")
    return _changed(request, desk_of(request).store.enable_user, f"{name} is let in again.", name)


def end_sessions(request: Request, form: Form) -> Response:
    """Logs somebody out everywhere."""
    name = form.required("name")
    return _changed(request, desk_of(request).store.end_sessions, f"{name} is logged out everywhere.", name)


def _changed(request: Request, change: Callable[..., object], done: str, *what: object) -> Response:
    try:
        change(*what, by=visitor_of(request).name, now=desk_of(request).now)
    except UserRefused as error:
        flash(request, f"{error}.", tone=Tone.PROBLEM)
    else:
        flash(request, done)
    return see_other("/users")


def _add(request: Request, form: Form, name: str, role: Role, hashed: str | None) -> Response:
    desk, by = desk_of(request), visitor_of(request).name
    if not desk.store.has_users() and (role is not Role.ADMIN or hashed is None):
        return _users(request, "The first user is an admin with a password: from then on everybody logs in.", form)
    try:
        desk.store.add_user(name, role, password_hash=hashed, by=by, now=desk.now)
    except UserRefused as error:
        return _users(request, f"Not added: {error}.", form)
    flash(request, f"{name} may come in as {role.value}.")
    return see_other("/users")


def _users(request: Request, problem: str | None = None, form: Form | None = None) -> Response:
    desk = desk_of(request)
    data: dict[str, Any] = {
        "users": desk.store.users(),
        "roles": _ROLES,
        "problem": problem,
        "typed_name": form.text("name", longest=200) if form else "",
        "typed_role": form.text("role") if form else Role.REVIEWER.value,
        "by_proxy": desk.config.review.login is LoginMode.PROXY,
    }
    return page(request, "users.html", status=400 if problem else 200, **data)


routes = [
    view("/users", users, role=Role.ADMIN),
    action("/users/add", add_user, role=Role.ADMIN),
    action("/users/role", change_role, role=Role.ADMIN),
    action("/users/password", new_password, role=Role.ADMIN),
    action("/users/disable", disable_user, role=Role.ADMIN),
    action("/users/enable", enable_user, role=Role.ADMIN),
    action("/users/log-out", end_sessions, role=Role.ADMIN),
]
