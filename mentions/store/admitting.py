"""The store's methods about who may come to the desk, and what everybody did."""

from datetime import datetime, timedelta

from mentions.accounts import Login, User
from mentions.roles import Role
from mentions.store import audit, users
from mentions.store.audit import AuditEntry, AuditFilter
from mentions.store.connecting import Connecting


class Admitting(Connecting):
    """Part of mentions.store.Store. Names are as mentions.accounts.normal_name gives them."""

    def users(self) -> list[User]:
        """Every user, sorted by name."""
        with self._read() as connection:
            return users.find(connection)

    def has_users(self) -> bool:
        """Is there any user, disabled ones included?"""
        with self._read() as connection:
            return users.any_there(connection)

    def role_of(self, name: str) -> Role | None:
        """The role of a user who may come in; None: there is none of that name, or they are disabled."""
        with self._read() as connection:
            return users.role_of(connection, name)

    def password_of(self, name: str) -> str | None:
        """The hash of the password of a user who may come in; None: there is no such user, or no password."""
        with self._read() as connection:
            return users.password_of(connection, name)

    def add_user(self, name: str, role: Role, *, password_hash: str | None, by: str, now: datetime) -> None:
        """A new user. Raises UserRefused where there is one of that name."""
        with self._write() as connection:
            users.add(connection, name, role, password_hash=password_hash, by=by, now=now)

    def set_role(self, name: str, role: Role, *, by: str, now: datetime) -> bool:
        """Gives a user another role; False: it was theirs. Raises UserRefused: no such user, or the last admin."""
        with self._write() as connection:
            return users.set_role(connection, name, role, by=by, now=now)

    def set_password(self, name: str, password_hash: str | None, *, by: str, now: datetime) -> None:
        """Gives a user another password, or none, and ends their sessions. Raises UserRefused: no such user."""
        with self._write() as connection:
            users.set_password(connection, name, password_hash, by=by, now=now)

    def disable_user(self, name: str, *, by: str, now: datetime) -> bool:
        """Lets a user in no more; False: nor were they. Raises UserRefused: no such user, or the last admin."""
        with self._write() as connection:
            return users.disable(connection, name, by=by, now=now)

    def enable_user(self, name: str, *, by: str, now: datetime) -> bool:
        """Lets a user in again; False: they were not disabled. Raises UserRefused: no such user."""
        with self._write() as connection:
            return users.enable(connection, name, by=by, now=now)

    def begin_session(self, name: str, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
        """A login. Raises UserRefused: there is no such user."""
        with self._write() as connection:
            users.begin_session(connection, name, token_hash, now=now, expires_at=expires_at)

    def session(self, token_hash: str, *, now: datetime, idle: timedelta) -> Login | None:
        """The session of that hash, while it is good."""
        with self._read() as connection:
            return users.session(connection, token_hash, now=now, idle=idle)

    def sessions_of(self, name: str, *, now: datetime, idle: timedelta) -> list[Login]:
        """The sessions of a user that are still good, the last used first."""
        with self._read() as connection:
            return users.sessions_of(connection, name, now=now, idle=idle)

    def touch_session(self, session_id: int, now: datetime) -> None:
        """A session was used."""
        with self._write() as connection:
            users.touch_session(connection, session_id, now)

    def end_session(self, name: str, session_id: int, *, now: datetime) -> bool:
        """Ends one session of a user; False: there is no such session of theirs."""
        with self._write() as connection:
            return users.end_session(connection, name, session_id, now=now)

    def end_sessions(self, name: str, *, but: int | None = None, by: str, now: datetime) -> int:
        """Ends every session of a user, `but` the one of that id; returns how many."""
        with self._write() as connection:
            return users.end_sessions(connection, name, but=but, by=by, now=now)

    def audit(
        self, wanted: AuditFilter, *, before: tuple[datetime, int] | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        """At most `limit` events, newest first, that happened `before` the event of that time and id."""
        with self._read() as connection:
            return audit.find(connection, wanted, before=before, limit=limit)
