"""Which pages tell one story: sketches compared as they come in, groups kept by number."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, func, select, update

from mentions.asking import CopyOf, Rules, listed
from mentions.copies import Index, Stories, Telling, origin_of
from mentions.pages import PageState
from mentions.releases import is_wire
from mentions.store.models import Article, Finding, Page, Publisher
from mentions.store.statements import AnyRow, chunks
from mentions.urls import host_of

WITHIN: Final = timedelta(days=120)  # copies appear within days; beyond this only a re-crawl finds one
_ROWS_AT_ONCE: Final = 1_000


def group(connection: Connection, now: datetime) -> None:
    """Joins every article that was not compared yet to the story it tells; a story of its own where nobody else does.

    Memory holds the new sketches (1 KB each) and never the old ones, which are read once, in order.
    """
    new = dict(_sketches(connection, Article.story_id.is_(None)))
    if not new:
        return
    index = Index()
    stories = Stories({})
    for page_id, sketch in new.items():
        for other in index.like(sketch):
            stories.join(page_id, other)
        index.add(page_id, sketch)
    touched: set[int] = set()
    for story_id, sketch in _known_sketches(connection, now - WITHIN):
        for other in index.like(sketch):
            stories.join(other, story_id)
            touched.add(story_id)
    _write(connection, {page_id: stories.of(page_id) for page_id in new}, {s: stories.of(s) for s in touched})


def _sketches(connection: Connection, condition: object) -> Iterator[tuple[int, bytes]]:
    query = select(Article.page_id, Article.sketch).where(
        condition,  # type: ignore[arg-type]  # an expression of this module
        Article.sketch.is_not(None),
    )
    for row in connection.execute(query.order_by(Article.page_id)):
        if row.sketch is not None:
            yield row.page_id, row.sketch


def _known_sketches(connection: Connection, since: datetime) -> Iterator[tuple[int, bytes]]:
    query = (
        select(Article.story_id, Article.sketch)
        .join(Page, Page.id == Article.page_id)
        .where(Article.story_id.is_not(None), Article.sketch.is_not(None), Page.found_at >= since)
    )
    for row in connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE}):
        if row.story_id is not None and row.sketch is not None:
            yield row.story_id, row.sketch


def _write(connection: Connection, of_pages: Mapping[int, int], of_stories: Mapping[int, int]) -> None:
    renamed = [{"was": was, "now_is": story} for was, story in of_stories.items() if was != story]
    if renamed:
        connection.execute(
            update(Article).where(Article.story_id == bindparam("was")).values(story_id=bindparam("now_is")), renamed
        )
    connection.execute(
        update(Article).where(Article.page_id == bindparam("of")).values(story_id=bindparam("story")),
        [{"of": page_id, "story": story} for page_id, story in of_pages.items()],
    )


def copies(connection: Connection, page_ids: Collection[int], rules: Rules) -> dict[int, CopyOf]:
    """The origin of each of these pages that is a copy of another one; the origins themselves are left out."""
    found: dict[int, CopyOf] = {}
    for part in chunks(sorted(_shared_stories(connection, page_ids))):
        by_story: dict[int, list[Telling]] = {}
        for row in _tellings(connection, part):
            by_story.setdefault(row.story_id, []).append(_telling(row, rules))
        for tellings in by_story.values():
            origin, why = origin_of(tellings)
            copy = CopyOf(origin.url, origin.publisher_name, why, origin.wire)
            found |= {t.page_id: copy for t in tellings if t.page_id != origin.page_id and t.page_id in page_ids}
    return found


def _shared_stories(connection: Connection, page_ids: Collection[int]) -> set[int]:
    """The stories of these pages that more than one page tells."""
    wanted: set[int] = set()
    for part in chunks(sorted(page_ids)):
        rows = connection.execute(
            select(Article.story_id).where(Article.page_id.in_(part), Article.story_id.is_not(None)).distinct()
        )
        wanted |= {row.story_id for row in rows if row.story_id is not None}
    shared: set[int] = set()
    for part in chunks(sorted(wanted)):
        rows_shared = connection.execute(
            select(Article.story_id)
            .where(Article.story_id.in_(part))
            .group_by(Article.story_id)
            .having(func.count() > 1)
        )
        shared |= {row.story_id for row in rows_shared if row.story_id is not None}
    return shared


def _tellings(connection: Connection, stories: Sequence[int]) -> Sequence[AnyRow]:
    canonical = select(func.min(Finding.canonical)).where(Finding.page_id == Page.id).scalar_subquery()
    return connection.execute(
        select(
            Article.story_id,
            Article.credit,
            Page.id,
            Page.url,
            Page.key,
            func.coalesce(Page.published_at, Page.announced_at).label("published"),
            Page.found_at,
            Publisher.domain,
            Publisher.name,
            canonical.label("canonical"),
        )
        .join(Page, Page.id == Article.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        # An article that moved is no copy of itself.
        .where(Article.story_id.in_(stories), Page.state.is_distinct_from(PageState.REDIRECTED))
        .order_by(Article.story_id, Page.id)
    ).all()


def _telling(row: AnyRow, rules: Rules) -> Telling:
    return Telling(
        page_id=row.id,
        url=row.url,
        publisher=row.domain,
        publisher_name=row.name,
        published=row.published,
        found_at=row.found_at,
        canonical=row.canonical,
        credit=row.credit,
        wire=is_wire(row.url, None) or listed(host_of(row.url), rules.wires),
    )
