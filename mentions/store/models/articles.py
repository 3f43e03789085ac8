"""What reading an article told besides its findings: how it links out, and which story it tells. Crawler-owned."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mentions.store.models.base import Base


class Article(Base):
    """The article of one page, once it was read."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_links", "publisher_id", "links_out", "links_followed"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), unique=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"), comment="the page's")
    links_out: Mapped[int] = mapped_column(comment="links of the article to other sites")
    links_followed: Mapped[int] = mapped_column(comment="those of them that are followed")
    credit: Mapped[str | None] = mapped_column(comment="whom the text names as its source; NULL: nobody")
    story_id: Mapped[int | None] = mapped_column(
        index=True, comment="the smallest id of the pages that tell this story; NULL: not compared yet"
    )
    sketch: Mapped[bytes | None] = mapped_column(
        comment="what its text is recognised by (mentions/copies.py); NULL: too short, or it does not name us"
    )
