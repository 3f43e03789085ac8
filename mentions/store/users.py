"""Who may come to the desk, and their sessions. Human-owned."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from mentions.accounts import Login, User
from mentions.exceptions import UserRefused
from mentions.roles import Role
from mentions.store.models import Session
from mentions.store.models import User as Account
from mentions.store.runs import record_event


def find(connection: Connection) -> list[User]:
    """Every user, sorted by name."""
    last = select(func.max(Session.last_used_at)).where(Session.user_id == Account.id).scalar_subquery()
    query = select(Account.__table__, last.label("last_used_at")).order_by(Account.name)
    return [
        User(row.name, row.role, row.password_hash is not None, row.created_at, row.disabled_at, row.last_used_at)
        for row in connection.execute(query)
    ]


def any_there(connection: Connection) -> bool:
    """Is there any user, disabled ones included?"""
    return connection.execute(select(Account.id).limit(1)).first() is not None


def role_of(connection: Connection, name: str) -> Role | None:
    """The role of a user who may come in; None: there is none of that name, or they are disabled."""
    return connection.execute(select(Account.role).where(Account.name == name, Account.disabled_at.is_(None))).scalar()


def password_of(connection: Connection, name: str) -> str | None:
    """The hash of the password of a user who may come in; None: there is no such user, or no password."""
    query = select(Account.password_hash).where(Account.name == name, Account.disabled_at.is_(None))
    return connection.execute(query).scalar()


def add(connection: Connection, name: str, role: Role, *, password_hash: str | None, by: str, now: datetime) -> None:
    """A new user. Raises UserRefused where there is one of that name."""
    if connection.execute(select(Account.id).where(Account.name == name)).first():
        raise UserRefused(f"there is a user {name} already")
    row = {"name": name, "role": role, "password_hash": password_hash, "created_at": now}
    connection.execute(insert(Account), [row])
    _append(connection, "user added", name, {"role": role.value, "password": password_hash is not None}, by, now)


def set_role(connection: Connection, name: str, role: Role, *, by: str, now: datetime) -> bool:
    """Gives a user another role; False: it was theirs. Raises UserRefused: no such user, or the last admin."""
    row = _one(connection, name)
    if row.role is role:
        return False
    if role is not Role.ADMIN:
        _keep_an_admin(connection, row)
    connection.execute(update(Account).where(Account.id == row.id).values(role=role))
    _append(connection, "role changed", name, {"from": row.role.value, "to": role.value}, by, now)
    return True


def set_password(connection: Connection, name: str, password_hash: str | None, *, by: str, now: datetime) -> None:
    """Gives a user another password, or none, and ends their sessions. Raises UserRefused: there is no such user."""
    row = _one(connection, name)
    connection.execute(update(Account).where(Account.id == row.id).values(password_hash=password_hash))
    connection.execute(delete(Session).where(Session.user_id == row.id))
    _append(connection, "password changed", name, {"password": password_hash is not None}, by, now)


def disable(connection: Connection, name: str, *, by: str, now: datetime) -> bool:
    """Lets a user in no more, and ends their sessions; False: nor were they. Raises UserRefused as `set_role`."""
    row = _one(connection, name)
    if row.disabled_at is not None:
        return False
    _keep_an_admin(connection, row)
    connection.execute(update(Account).where(Account.id == row.id).values(disabled_at=now))
    connection.execute(delete(Session).where(Session.user_id == row.id))
    _append(connection, "user disabled", name, {}, by, now)
    return True


def enable(connection: Connection, name: str, *, by: str, now: datetime) -> bool:
    """Lets a user in again; False: they were not disabled. Raises UserRefused: there is no such user."""
    row = _one(connection, name)
    if row.disabled_at is None:
        return False
    connection.execute(update(Account).where(Account.id == row.id).values(disabled_at=None))
    _append(connection, "user enabled", name, {}, by, now)
    return True


def begin_session(connection: Connection, name: str, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
    """A login of a user; sessions that are over go away on the way. Raises UserRefused: there is no such user."""
    connection.execute(delete(Session).where(Session.expires_at <= now))
    row = {
        "token_hash": token_hash,
        "user_id": _one(connection, name).id,
        "created_at": now,
        "expires_at": expires_at,
        "last_used_at": now,
    }
    connection.execute(insert(Session), [row])
    _append(connection, "logged in", name, {}, name, now)


def session(connection: Connection, token_hash: str, *, now: datetime, idle: timedelta) -> Login | None:
    """The session of that hash; None: there is none, it is over, it idled too long, or its user is disabled."""
    found = connection.execute(_sessions().where(Session.token_hash == token_hash)).one_or_none()
    if found is None or found.expires_at <= now or found.last_used_at + idle <= now:
        return None
    return _login(found)


def sessions_of(connection: Connection, name: str, *, now: datetime, idle: timedelta) -> list[Login]:
    """The sessions of a user that are still good, the last used first."""
    query = _sessions().where(Account.name == name).order_by(Session.last_used_at.desc(), Session.id.desc())
    good = (row for row in connection.execute(query) if row.expires_at > now and row.last_used_at + idle > now)
    return [_login(row) for row in good]


def touch_session(connection: Connection, session_id: int, now: datetime) -> None:
    """A session was used."""
    connection.execute(update(Session).where(Session.id == session_id).values(last_used_at=now))


def end_session(connection: Connection, name: str, session_id: int, *, now: datetime) -> bool:
    """Ends one session of a user; False: there is no such session of theirs."""
    user_id = select(Account.id).where(Account.name == name).scalar_subquery()
    ended = connection.execute(delete(Session).where(Session.id == session_id, Session.user_id == user_id)).rowcount
    if ended:
        _append(connection, "logged out", name, {}, name, now)
    return bool(ended)


def end_sessions(connection: Connection, name: str, *, but: int | None, by: str, now: datetime) -> int:
    """Ends every session of a user, `but` the one of that id; returns how many."""
    query = delete(Session).where(Session.user_id == _one(connection, name).id)
    ended = connection.execute(query if but is None else query.where(Session.id != but)).rowcount
    if ended:
        _append(connection, "logged out everywhere", name, {"sessions": ended}, by, now)
    return ended


def _sessions() -> Any:
    columns = (Session.id, Session.created_at, Session.last_used_at, Session.expires_at, Account.name, Account.role)
    return select(*columns).join(Account, Account.id == Session.user_id).where(Account.disabled_at.is_(None))


def _login(row: Row[Any]) -> Login:
    return Login(row.id, row.name, row.role, row.created_at, row.last_used_at, row.expires_at)


def _one(connection: Connection, name: str) -> Row[Any]:
    row = connection.execute(select(Account.__table__).where(Account.name == name)).one_or_none()
    if row is None:
        raise UserRefused(f"there is no user {name}")
    return row


def _keep_an_admin(connection: Connection, row: Row[Any]) -> None:
    if row.role is not Role.ADMIN or row.disabled_at is not None:
        return
    others = select(Account.id).where(Account.role == Role.ADMIN, Account.disabled_at.is_(None), Account.id != row.id)
    if connection.execute(others.limit(1)).first() is None:
        raise UserRefused(f"{row.name} is the last admin: make somebody else admin first")


def _append(connection: Connection, kind: str, name: str, detail: dict[str, Any], by: str, now: datetime) -> None:
    record_event(connection, kind, f"user/{name}", detail, now, by)
