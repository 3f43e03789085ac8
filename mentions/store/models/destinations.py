"""Where addresses lead. Crawler-owned."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class Destination(Base):
    """One shortener met on a page, or one page of our own, as the last look found it."""

    __tablename__ = "destination"

    url: Mapped[str] = mapped_column(unique=True, comment="as it stands in links; our own pages: canonical URL")
    ours: Mapped[bool] = mapped_column(comment="a page of ours, not a shortener")
    looked_at: Mapped[datetime]
    final_url: Mapped[str | None] = mapped_column(comment="NULL: nobody knows where it leads")
    http_status: Mapped[int | None] = mapped_column(comment="NULL: no answer, or the last page was not asked for")
    problem: Mapped[str | None] = mapped_column(comment="NULL: the last look was good")
    failures: Mapped[int] = mapped_column(default=0, server_default="0", comment="looks in a row that were no good")
    failing_since: Mapped[datetime | None] = mapped_column(comment="NULL: the last look was good")
    hops: Mapped[list[Any] | None] = mapped_column(
        comment="redirects passed: [status, address led to]; NULL: none seen"
    )
