"""What people decided lately, with what it takes to undo it; and approvals that wait for a look. Human-owned."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base
from mentions.store.records import OpportunityState


class Change(Base):
    """One decision of a person about an opportunity; see mentions.undoing. Kept for a day, the event for good."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_by_at", "by", "at"),
        Index("ix_change_opportunity_id_rev", "opportunity_id", "rev"),
    )

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str]
    kind: Mapped[str] = mapped_column(comment='what was decided: "approve", "not us" …')
    rev: Mapped[int] = mapped_column(comment="the opportunity's version that it led to")
    state: Mapped[OpportunityState] = mapped_column(comment="the state that it led to")
    before: Mapped[dict[str, Any]] = mapped_column(comment="the human-owned columns of the opportunity before it")
    made: Mapped[dict[str, Any]] = mapped_column(comment="what else came of it and is taken back with it")
    undone_at: Mapped[datetime | None] = mapped_column(comment="NULL: it holds")
    undone_by: Mapped[str | None] = mapped_column(comment="NULL: it holds")


class AskedApproval(Base):
    """An approval that waits until somebody has looked whether the article links to us by now."""

    __tablename__ = "asked_approval"

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), unique=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column(comment="the opportunity's version that was approved")
    problem: Mapped[str | None] = mapped_column(
        comment="why it was not approved after all; NULL: the look is under way"
    )
