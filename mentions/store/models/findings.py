"""What was judged: findings with their mentions and links. Crawler-owned, but for a person's word on a sense."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mentions.extraction.article import Zone
from mentions.findings import LinkDistance, Verdict
from mentions.matching.mention import Decision, Method
from mentions.opportunities import Level
from mentions.store.models.base import Base


class Finding(Base):
    """One page × one target."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("page_id", "target_id"),
        Index("ix_finding_verdict_level_priority", "verdict", "level", "priority"),
        # Counts of a target by verdict and time, without reading the findings themselves.
        Index("ix_finding_target_verdict_seen", "target_id", "verdict", "first_seen_at"),
    )

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True, comment="the run that judged it last")
    verdict: Mapped[Verdict]
    reasons: Mapped[list[Any]]
    level: Mapped[Level]
    priority: Mapped[int | None] = mapped_column(comment="0 … 100; NULL: nobody would ask")
    parts: Mapped[list[Any]] = mapped_column(comment="the priority's arithmetic: name, points, out_of, why")
    level_reasons: Mapped[list[Any]] = mapped_column(comment="why this level")
    page_answer: Mapped[dict[str, Any] | None] = mapped_column(
        comment="level, parts and reasons by the page alone; NULL: as level, parts and level_reasons say"
    )
    canonical: Mapped[str | None] = mapped_column(comment="NULL: the page names no canonical address")

    # Whom the page itself lets readers write to, as Assessment.contact says.
    contact_address: Mapped[str | None] = mapped_column(comment="NULL: the page publishes no address that may be used")
    contact_name: Mapped[str | None] = mapped_column(comment="NULL: a role address, or not certain whose it is")
    contact_source_url: Mapped[str | None] = mapped_column(comment="NULL: as contact_address")
    contact_why: Mapped[str | None] = mapped_column(comment="where on the page; NULL: as contact_address")

    # The mention a person should be shown first.
    sentence: Mapped[str | None] = mapped_column(comment="NULL: it has no mention")
    matched: Mapped[str | None] = mapped_column(comment="NULL: it has no mention")
    zone: Mapped[Zone | None] = mapped_column(comment="NULL: it has no mention")
    similarity: Mapped[float | None] = mapped_column(comment="0 … 1; NULL: it has no mention")

    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    last_seen_at: Mapped[datetime] = mapped_column(comment="the last look at which the page held this target")
    last_checked_at: Mapped[datetime] = mapped_column(comment="the last look that could judge")
    missing_since: Mapped[datetime | None] = mapped_column(comment="NULL: the last look that could judge found it")


class Mention(Base):
    """A place on a page that names a target; kept after it vanished, with the day it was last seen."""

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("finding_id", "sentence_key", "nth"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    sentence_key: Mapped[str] = mapped_column(comment="hash of the normalised sentence (keys.py)")
    nth: Mapped[int] = mapped_column(comment="which mention of that sentence on the page, from 0")
    alias: Mapped[str]
    matched: Mapped[str]
    start: Mapped[int] = mapped_column(comment="offset into page.text, in characters")
    end: Mapped[int] = mapped_column(comment="offset into page.text, in characters")
    zone: Mapped[Zone]
    sentence: Mapped[str]
    similarity: Mapped[float] = mapped_column(comment="0 … 1")
    method: Mapped[Method]
    sense: Mapped[Decision]
    sense_score: Mapped[float] = mapped_column(comment="0: surely not us … 1: surely us")
    sense_reasons: Mapped[list[Any]]
    distance: Mapped[LinkDistance]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    # Human-owned.
    person_sense: Mapped[Decision | None] = mapped_column(comment="NULL: no person has said")
    person_sense_by: Mapped[str | None] = mapped_column(comment="NULL: no person has said")
    person_sense_at: Mapped[datetime | None] = mapped_column(comment="NULL: no person has said")


class Link(Base):
    """A link on a page that leads to us or seems to; kept after it vanished, with the day it was last seen."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("finding_id", "link_key", "nth"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    link_key: Mapped[str] = mapped_column(comment="hash of address, anchor and zone (keys.py)")
    nth: Mapped[int] = mapped_column(comment="which of several equal links on the page, from 0")
    place: Mapped[int] = mapped_column(comment="order on the page, from 0")
    url: Mapped[str] = mapped_column(comment="absolute; as written where it leads to no web page")
    effective_url: Mapped[str | None] = mapped_column(comment="NULL: it leads to no web page")
    rel: Mapped[list[Any]] = mapped_column(comment="effective tokens, page-wide robots rules included")
    zone: Mapped[Zone]
    anchor: Mapped[str]
    ours: Mapped[bool]
    hidden: Mapped[bool]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
