"""What is watched: targets, publishers, and the sources by which pages are found. Crawler-owned."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mentions.publishers import SourceKind
from mentions.store.models.base import Base
from mentions.targets import Kind


class Target(Base):
    """A brand, product or report of ours, by its name in the configuration."""

    __tablename__ = "target"

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind]
    url: Mapped[str]
    pages: Mapped[list[Any] | None] = mapped_column(comment="more pages that a link may lead to; NULL: none but url")
    first_seen_at: Mapped[datetime]
    retired_at: Mapped[datetime | None] = mapped_column(comment="NULL: it stands in the configuration")


class Publisher(Base):
    """A site that publishes, by its registrable domain."""

    __tablename__ = "publisher"

    domain: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str | None] = mapped_column(comment="NULL: the configuration does not say")
    caveat: Mapped[str | None] = mapped_column(comment="NULL: nothing to know before writing to it")
    first_seen_at: Mapped[datetime]


class Source(Base):
    """One feed, sitemap, listing, search, list or archive, with what is needed to ask it again politely."""

    __tablename__ = "source"

    url: Mapped[str] = mapped_column(unique=True)
    publisher_id: Mapped[int | None] = mapped_column(
        ForeignKey("publisher.id"), index=True, comment="NULL: it announces pages of any site"
    )
    kind: Mapped[SourceKind]
    target: Mapped[str | None] = mapped_column(comment="by name; NULL: it was not asked for one target")
    query: Mapped[str | None] = mapped_column(comment="what it was asked for; NULL: it takes no question")
    etag: Mapped[str | None] = mapped_column(comment="NULL: its last answer had none")
    last_modified: Mapped[str | None] = mapped_column(comment="NULL: its last answer had none")
    last_looked_at: Mapped[datetime]
    last_good_at: Mapped[datetime | None] = mapped_column(comment="NULL: it was never read without a problem")
    found: Mapped[int] = mapped_column(comment="pages it announced at the last good look")
    problem: Mapped[str | None] = mapped_column(comment="NULL: the last look was good")
