"""Our own site, as its last crawl found it. Crawler-owned; each crawl replaces the pages of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class SiteCrawl(Base):
    """One crawl of our own site; never changed."""

    __tablename__ = "site_crawl"

    ended_at: Mapped[datetime]
    pages: Mapped[int] = mapped_column(comment="that answered, in whatever way")
    left: Mapped[int] = mapped_column(comment="known, and not asked for within the budget")


class SitePage(Base):
    """One page of ours within its site; mentions.own_pages.site.SitePage."""

    __tablename__ = "site_page"

    url: Mapped[str] = mapped_column(unique=True, comment="canonical URL")
    http_status: Mapped[int | None] = mapped_column(comment="NULL: no answer, or we may not ask")
    problem: Mapped[str | None] = mapped_column(comment="NULL: it was read, or it leads elsewhere")
    redirects_to: Mapped[str | None] = mapped_column(comment="NULL: it does not")
    canonical: Mapped[str | None] = mapped_column(comment="another page, its original; NULL: it names none")
    noindex: Mapped[bool]
    title: Mapped[str | None] = mapped_column(comment="NULL: not read, or it has none")
    depth: Mapped[int | None] = mapped_column(comment="clicks from a home page; NULL: no way was found")
    linked_in_article: Mapped[int]
    linked_elsewhere: Mapped[int]
    links_in_article: Mapped[int]
    links_elsewhere: Mapped[int]
    linked_from: Mapped[list[Any]] = mapped_column(comment="some linking pages: url, anchor, in_article")
