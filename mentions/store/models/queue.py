"""The review desk's queue: what its lists filter and sort by, and the views people keep of it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.store.models.base import Base
from mentions.store.records import OpportunityState

# What a list may filter by stands in every index that it may be sorted by, so that a filter that fits few rows, and
# counting, walk one narrow index instead of four wide tables.
_FILTERS = (
    "state",
    "level",
    "verdict",
    "target_id",
    "publisher_id",
    "language",
    "assigned_to",
    "has_contact",
    "waits",
    "snoozed_until",
)


class QueueRow(Base):
    """One opportunity as lists filter and sort it: a copy of columns of other tables, under the opportunity's id.

    Triggers keep it (store/queue_upkeep.py); nothing else writes to it, and it can be made anew at any time.
    """

    __tablename__ = "queue_row"
    __table_args__ = (
        Index("ix_queue_row_priority", "priority", "id", *_FILTERS, "found_at"),
        Index("ix_queue_row_found", "found_at", "id", *_FILTERS),
        Index("ix_queue_row_moved", "state_at", "id", *_FILTERS, "found_at"),
        Index("ix_queue_row_publisher", "publisher", "id", *_FILTERS, "found_at"),
        Index(
            "ix_queue_row_counts",
            "state",
            "verdict",
            "level",
            "target_id",
            "publisher_id",
            "language",
            "assigned_to",
            "has_contact",
            "waits",
            "snoozed_until",
            "found_at",
        ),
        Index(
            "ix_queue_row_of_publisher",
            "publisher_id",
            "state",
            "verdict",
            "level",
            "target_id",
            "language",
            "assigned_to",
            "has_contact",
            "waits",
            "snoozed_until",
            "found_at",
        ),
    )

    target_id: Mapped[int]
    publisher_id: Mapped[int]
    publisher: Mapped[str] = mapped_column(comment="its domain")
    verdict: Mapped[Verdict]
    level: Mapped[Level]
    priority: Mapped[int] = mapped_column(comment="0 … 100; -1: nobody would ask")
    language: Mapped[str | None] = mapped_column(comment="NULL: not known")
    state: Mapped[OpportunityState]
    state_at: Mapped[datetime]
    found_at: Mapped[datetime] = mapped_column(comment="when the opportunity was written down")
    assigned_to: Mapped[str | None] = mapped_column(comment="NULL: nobody")
    has_contact: Mapped[bool] = mapped_column(comment="an address is known: a person's choice, else the finding's")
    waits: Mapped[bool] = mapped_column(comment="a person should look at it: a new find, a draft, a follow-up")
    snoozed_until: Mapped[datetime | None] = mapped_column(comment="NULL: not snoozed")


class QueueTally(Base):
    """So many finds more (or less) that are alike in these columns of QueueRow. The sums count; see queue_tally."""

    __tablename__ = "queue_tally"

    state: Mapped[OpportunityState]
    verdict: Mapped[Verdict]
    level: Mapped[Level]
    target_id: Mapped[int]
    language: Mapped[str | None] = mapped_column(comment="NULL: not known")
    assigned_to: Mapped[str | None] = mapped_column(comment="NULL: nobody")
    has_contact: Mapped[bool]
    waits: Mapped[bool]
    snoozed_until: Mapped[datetime | None] = mapped_column(comment="NULL: not snoozed")
    finds: Mapped[int] = mapped_column(comment="so many more; below 0: so many less")


class SavedView(Base):
    """Filters that somebody keeps under a name. Human-owned."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "name"),)

    owner: Mapped[str] = mapped_column(comment="the user it is for; empty: everybody")
    name: Mapped[str]
    query: Mapped[str] = mapped_column(comment="as it stands in the address of the page")
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]
