"""Domains that a person marked for the disavow file. Human-owned."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class DisavowedDomain(Base):
    """One marked domain; everything under it is meant too."""

    __tablename__ = "disavowed_domain"

    domain: Mapped[str] = mapped_column(unique=True, comment="lower-case ASCII")
    reason: Mapped[str | None] = mapped_column(comment="NULL: none given")
    marked_by: Mapped[str]
    marked_at: Mapped[datetime]
