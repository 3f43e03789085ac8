"""Where else a story stands: the other pages that tell it, each with what we could ask there."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, ScalarSelect, func, select

from mentions.store import queries
from mentions.store.dossiers import Copy
from mentions.store.models import Article, Finding, Opportunity, Page, Publisher

MOST_COPIES: Final = 20


def copies(connection: Connection, page_id: int, story_id: int | None, target_id: int) -> tuple[Copy, ...]:
    """The pages beside this one that tell the story, at most MOST_COPIES, in the order in which they were found.

    Of several opportunities on a page the one about the same target is named, else the first.
    """
    if story_id is None:
        return ()
    named = func.coalesce(_first(Finding.target_id == target_id), _first())
    query = (
        select(
            Page.key,
            Page.url,
            func.coalesce(Page.title, Page.announced_title).label("title"),
            func.coalesce(Page.published_at, Page.announced_at).label("published_at"),
            Publisher.domain,
            Publisher.name,
            Opportunity.id.label("opportunity_id"),
            Opportunity.state,
        )
        .join(Article, Article.page_id == Page.id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Opportunity, Opportunity.id == named, isouter=True)
        .where(Article.story_id == story_id, Page.id != page_id)
        .order_by(Page.id)
        .limit(MOST_COPIES)
    )
    return tuple(
        Copy(
            url=queries.page_url(row.url, row.key),
            title=row.title,
            publisher=row.domain,
            publisher_name=row.name,
            published_at=row.published_at,
            opportunity_id=row.opportunity_id,
            state=row.state,
        )
        for row in connection.execute(query)
    )


def _first(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    """The first opportunity on the page of the outer query."""
    other = Opportunity.__table__.alias("other")
    return (
        select(func.min(other.c.id))
        .join(Finding, Finding.id == other.c.finding_id)
        .where(Finding.page_id == Page.id, *which)
        .correlate(Page)
        .scalar_subquery()
    )
