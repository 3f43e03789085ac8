"""Who works at the review desk. Human-owned."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mentions.roles import Role
from mentions.store.models.base import Base


class User(Base):
    """A person at the desk."""

    __tablename__ = "user"

    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    password_hash: Mapped[str | None] = mapped_column(comment="NULL: logs in through a proxy only")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None] = mapped_column(comment="NULL: may log in")


class Session(Base):
    """A login. Only the hash of its token is kept, so that a stolen database opens no door."""

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
