"""What happened: runs and events."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base
from mentions.store.records import RunState


class Run(Base):
    """One execution of the crawler."""

    __tablename__ = "run"

    kind: Mapped[str] = mapped_column(comment="nightly, crawl …")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="NULL: running")
    state: Mapped[RunState]
    counts: Mapped[dict[str, Any]]
    publishers: Mapped[dict[str, Any]] = mapped_column(comment="domain → counts")
    warnings: Mapped[list[Any]]
    phases: Mapped[list[Any] | None] = mapped_column(comment="mentions.phases; NULL: the run kept none")


class Event(Base):
    """One thing that happened, without email addresses. Append-only; only an erasure strikes a name out of one."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject_at", "subject", "at"),
        Index("ix_event_kind_at", "kind", "at"),
        Index("ix_event_actor_at", "actor", "at"),
    )

    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(comment='what happened: "opportunity found", "exported" …')
    subject: Mapped[str] = mapped_column(comment='to what: "opportunity/12", "export/reclaim.csv" …')
    actor: Mapped[str | None] = mapped_column(comment="NULL: this program")
    detail: Mapped[dict[str, Any]]
