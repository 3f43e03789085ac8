"""What people said of the sense of mentions. Human-owned."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class Answer(Base):
    """A person's last word on whether a mention means a target. Kept when its target is no longer watched."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("target", "page_key", "sentence_key"),)

    target: Mapped[str] = mapped_column(comment="by name, so that an answer can be moved to another store")
    page_key: Mapped[str] = mapped_column(comment="canonical URL, as page.key")
    page_url: Mapped[str]
    sentence_key: Mapped[str] = mapped_column(comment="hash of the normalised sentence (keys.py)")
    sentence: Mapped[str]
    is_us: Mapped[bool]
    signs: Mapped[dict[str, Any]] = mapped_column(comment="what was seen of the mention: sign → 0 … 1")
    words: Mapped[list[Any]] = mapped_column(comment="stems of the paragraph")
    opportunity_id: Mapped[int | None] = mapped_column(
        ForeignKey("opportunity.id"), index=True, comment="NULL: the answer was brought from another store"
    )
    said_by: Mapped[str]
    said_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(comment="NULL: none")
