"""Looking again: how each opportunity's article stands, and every look at it. Crawler-owned."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.rechecking.words import Sight, Truth
from mentions.store.models.base import Base
from mentions.store.records import OpportunityState


class Recheck(Base):
    """What is known of one opportunity's article, and when it is looked at next; mentions.rechecking.truth.Watched."""

    __tablename__ = "recheck"
    __table_args__ = (
        # A publisher's looks that are due: one search, whatever the size of the table.
        Index("ix_recheck_due", "publisher_id", "next_look_at"),
        Index(
            "ix_recheck_asked",
            "asked_at",
            sqlite_where=text("asked_at IS NOT NULL"),
            postgresql_where=text("asked_at IS NOT NULL"),
        ),
    )

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), unique=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True, comment="the finding's")
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"), comment="the page's")

    next_look_at: Mapped[datetime | None] = mapped_column(comment="NULL: no look is planned")
    planned_for: Mapped[OpportunityState | None] = mapped_column(
        comment="the state that the next look was planned for; NULL: nothing was planned yet"
    )
    planned_for_at: Mapped[datetime | None] = mapped_column(comment="state_at of that state; NULL: as planned_for")
    asked_at: Mapped[datetime | None] = mapped_column(comment="when a person asked for a look; NULL: nobody waits")
    asked_by: Mapped[str | None] = mapped_column(comment="NULL: as asked_at")

    # What the last good looks proved.
    truth: Mapped[Truth | None] = mapped_column(comment="NULL: no look was good so far")
    truth_since: Mapped[datetime | None] = mapped_column(comment="NULL: as truth")
    seen: Mapped[Truth | None] = mapped_column(comment="what the last good look saw; NULL: as truth")
    pending_since: Mapped[datetime | None] = mapped_column(
        comment="since when good looks see less than the truth says; NULL: they agree"
    )
    rewritten: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="the last good look found another text than the one that named us",
    )
    baseline: Mapped[Truth | None] = mapped_column(comment="the truth when the opportunity was found; NULL: as truth")
    link_url: Mapped[str | None] = mapped_column(comment="where the link leads that stood last; NULL: none ever stood")
    link_rel: Mapped[str | None] = mapped_column(comment="its effective tokens; empty: followed; NULL: as link_url")
    link_anchor: Mapped[str | None] = mapped_column(comment="NULL: as link_url")
    link_zone: Mapped[Zone | None] = mapped_column(comment="NULL: as link_url")
    target_status: Mapped[int | None] = mapped_column(comment="HTTP status there; NULL: not known, or as link_url")
    lost_at: Mapped[datetime | None] = mapped_column(comment="when its link counted as lost; NULL: it stands, or none")

    # What the last looks said, good or not.
    last_look_at: Mapped[datetime | None] = mapped_column(comment="NULL: nobody has looked")
    last_good_at: Mapped[datetime | None] = mapped_column(comment="NULL: no look was good so far")
    failures: Mapped[int] = mapped_column(default=0, server_default="0", comment="looks in a row that told nothing")
    hidden_since: Mapped[datetime | None] = mapped_column(comment="since when it cannot be seen; NULL: it can")
    absent: Mapped[int] = mapped_column(default=0, server_default="0", comment="days on which it was not there")
    absent_at: Mapped[datetime | None] = mapped_column(comment="the last of those looks; NULL: it was there")
    gone_at: Mapped[datetime | None] = mapped_column(comment="when the page counted as gone; NULL: it does not")


class Look(Base):
    """One look at the article of an opportunity, logged; never changed."""

    __tablename__ = "look"
    __table_args__ = (UniqueConstraint("opportunity_id", "looked_at"),)

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    looked_at: Mapped[datetime]
    sight: Mapped[Sight]
    page_state: Mapped[PageState]
    http_status: Mapped[int | None] = mapped_column(comment="NULL: no answer")
    reason: Mapped[str | None] = mapped_column(comment="why it could not be read; NULL: it could")
    verdict: Mapped[Verdict | None] = mapped_column(comment="NULL: nothing was judged, or nothing named us")
    truth: Mapped[Truth | None] = mapped_column(comment="NULL: the look could tell nothing")
    link_url: Mapped[str | None] = mapped_column(comment="where the best link of ours in the article leads; NULL: none")
    link_rel: Mapped[str | None] = mapped_column(comment="its effective tokens; empty: followed; NULL: as link_url")
    link_anchor: Mapped[str | None] = mapped_column(comment="NULL: as link_url")
    link_zone: Mapped[Zone | None] = mapped_column(comment="NULL: as link_url")
    target_status: Mapped[int | None] = mapped_column(comment="HTTP status there; NULL: not known, or as link_url")
