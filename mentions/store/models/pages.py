"""Pages and each look at them. Crawler-owned; the page row is the frontier of the crawl."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mentions.pages import PageState
from mentions.publishers import SourceKind
from mentions.store.models.base import Base


class Page(Base):
    """One URL of a publisher, from the moment it is found."""

    __tablename__ = "page"
    __table_args__ = (
        # The two halves of "waiting": never looked at, and worth another try (see frontier.py).
        Index("ix_page_frontier", "publisher_id", "attempts", "last_looked_at"),
        # The third part: known, and changed since the last look. Few pages are.
        Index(
            "ix_page_due",
            "publisher_id",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_page_leads_to",
            "leads_to",
            sqlite_where=text("leads_to IS NOT NULL"),
            postgresql_where=text("leads_to IS NOT NULL"),
        ),
    )

    key: Mapped[str] = mapped_column(unique=True, comment="canonical URL")
    url: Mapped[str] = mapped_column(comment="as announced; what gets fetched")
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))

    # How it was found: written once.
    found_at: Mapped[datetime]
    source_url: Mapped[str | None] = mapped_column(comment="NULL: no source named it; it was looked at directly")
    source_kind: Mapped[SourceKind | None] = mapped_column(comment="NULL: as source_url")
    source_query: Mapped[str | None] = mapped_column(
        comment="what its source was asked for, or the row of a list; NULL: the source takes no question"
    )
    announced_title: Mapped[str | None] = mapped_column(comment="NULL: its source gave none")
    announced_at: Mapped[datetime | None] = mapped_column(comment="date by its source; NULL: it gave none")
    depth: Mapped[int] = mapped_column(default=0, server_default="0")

    # What the last good look said.
    state: Mapped[PageState | None] = mapped_column(comment="NULL: never fetched; error: no look was good so far")
    last_good_at: Mapped[datetime | None] = mapped_column(comment="NULL: no look was good so far")
    final_url: Mapped[str | None] = mapped_column(comment="NULL: no good look so far")
    http_status: Mapped[int | None] = mapped_column(comment="NULL: no good look so far, or it was not asked for")
    reason: Mapped[str | None] = mapped_column(comment="why a state other than live; NULL: live or never fetched")
    etag: Mapped[str | None] = mapped_column(comment="NULL: its last good answer had none")
    last_modified: Mapped[str | None] = mapped_column(comment="NULL: its last good answer had none")
    content_hash: Mapped[str | None] = mapped_column(comment="NULL: there was nothing to hash")
    body_bytes: Mapped[int] = mapped_column(default=0, server_default="0")
    title: Mapped[str | None] = mapped_column(comment="NULL: not read, or it has none")
    author: Mapped[str | None] = mapped_column(comment="NULL: not read, or it names none")
    published_at: Mapped[datetime | None] = mapped_column(comment="NULL: not read, or it names none")
    language: Mapped[str | None] = mapped_column(comment="NULL: not read, or not known")
    site_name: Mapped[str | None] = mapped_column(comment="NULL: not read, or it names none")

    # What the last look said, good or not.
    last_looked_at: Mapped[datetime | None] = mapped_column(comment="NULL: never fetched")
    attempts: Mapped[int] = mapped_column(default=0, server_default="0", comment="looks since the last good one")
    last_error: Mapped[str | None] = mapped_column(comment="NULL: the last look was good, or there was none")

    due_at: Mapped[datetime | None] = mapped_column(
        comment="since when another look is due; NULL: nothing says that it has changed"
    )

    leads_to: Mapped[str | None] = mapped_column(comment="key of another page; NULL: it led to none so far")

    # Last, because it is long: SQLite reads a row from the left.
    text: Mapped[str | None] = mapped_column(comment="NULL: nothing of ours was found in it")


class Check(Base):
    """One look at a page, logged; never changed."""

    __tablename__ = "check"
    __table_args__ = (UniqueConstraint("page_id", "looked_at"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    looked_at: Mapped[datetime]
    state: Mapped[PageState]
    http_status: Mapped[int | None] = mapped_column(comment="NULL: no answer")
    reason: Mapped[str | None] = mapped_column(comment="NULL: live")
    content_hash: Mapped[str | None] = mapped_column(comment="NULL: there was nothing to hash")
    body_bytes: Mapped[int]
