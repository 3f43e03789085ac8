"""Articles that moved: an address that led to another page tells the same story as that page, and makes one email.

What is known of an article under its old address goes on under the new one: opportunity, drafts, looks and all. Where
both addresses have an opportunity already, one of them gives way (mentions.asking.Moved) and both stay.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import aliased

from mentions.asking import Moved, gives_way
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.rechecking.rewriting import is_rewritten
from mentions.store.models import Event, Finding, Opportunity, Page, Recheck
from mentions.store.queries import page_url
from mentions.store.statements import AnyRow, AnySelect, chunks

# The old address and the new one, each with what is known there of one target.
_OLD: Final = aliased(Page, name="old_page")
_NEW: Final = aliased(Page, name="new_page")
_OLD_FINDING: Final = aliased(Finding, name="old_finding")
_NEW_FINDING: Final = aliased(Finding, name="new_finding")
_OLD_ONE: Final = aliased(Opportunity, name="old_one")
_NEW_ONE: Final = aliased(Opportunity, name="new_one")


def follow(connection: Connection, page_ids: Collection[int]) -> None:
    """Opportunities of articles that moved go on under the new address, where none is known under it.

    To be called when looks at these pages are judged. An address that leads to another text (the newest article, a list
    of articles) moved nothing.
    """
    moved = [
        row
        for part in chunks(sorted(page_ids))
        for row in connection.execute(_pairs().where(_touches(part), _OLD.state == PageState.REDIRECTED))
        if row.old_one is not None and row.new_one is None and _is_one_article(row)
    ]
    if not moved:
        return
    by_opportunity = {row.old_one: row for row in moved}  # two addresses of one article move one after the other
    taken: dict[int, AnyRow] = {}
    for row in by_opportunity.values():
        taken.setdefault(row.new_finding, row)
    _move(connection, list(taken.values()))


def opened_elsewhere(connection: Connection, page_ids: Collection[int]) -> set[tuple[int, int]]:
    """(page, target) of these pages whose article has an opportunity under another address, old or new."""
    found: set[tuple[int, int]] = set()
    for part in chunks(sorted(page_ids)):
        for row in connection.execute(_pairs().where(_touches(part))):
            if row.old_one is not None and _is_one_article(row):
                found.add((row.new_page, row.target_id))
            if row.new_one is not None and _is_one_article(row):
                found.add((row.old_page, row.target_id))
    return found


def giving_way(connection: Connection, page_ids: Collection[int]) -> dict[tuple[int, int], Moved]:
    """By (page, target): where an opportunity on these pages is asked about under the article's other address."""
    found: dict[tuple[int, int], Moved] = {}
    for part in chunks(sorted(page_ids)):
        both = _pairs().where(_touches(part), _OLD_ONE.id.is_not(None), _NEW_ONE.id.is_not(None))
        for row in connection.execute(both):
            if not _is_one_article(row):
                continue
            if gives_way(row.new_state, row.old_state, is_old=False):
                found[row.new_page, row.target_id] = Moved(page_url(row.old_url, row.old_key), row.old_state)
            else:
                found[row.old_page, row.target_id] = Moved(page_url(row.new_url, row.new_key), row.new_state)
    return found


def left_behind() -> AnySelect:
    """The findings of old addresses whose article is judged under its new one: reports count one article once."""
    return (
        select(_OLD_FINDING.id)
        .join(_OLD, _OLD.id == _OLD_FINDING.page_id)
        .join(_NEW, _NEW.key == _OLD.leads_to)
        .join(
            _NEW_FINDING,
            and_(_NEW_FINDING.page_id == _NEW.id, _NEW_FINDING.target_id == _OLD_FINDING.target_id),
        )
        .where(_OLD.leads_to.is_not(None), _OLD.state == PageState.REDIRECTED)
    )


def _pairs() -> AnySelect:
    """Each target that both pages were judged for, with the opportunities that there are."""
    return (
        select(
            _OLD_FINDING.target_id,
            _OLD_FINDING.id.label("old_finding"),
            _NEW_FINDING.id.label("new_finding"),
            _OLD_FINDING.first_seen_at.label("old_first"),
            _NEW_FINDING.first_seen_at.label("new_first"),
            _OLD.id.label("old_page"),
            _OLD.url.label("old_url"),
            _OLD.key.label("old_key"),
            _OLD.text.label("old_text"),
            _OLD.last_looked_at.label("at"),
            _NEW.id.label("new_page"),
            _NEW.publisher_id.label("new_publisher"),
            _NEW.url.label("new_url"),
            _NEW.key.label("new_key"),
            _NEW.text.label("new_text"),
            _OLD_ONE.id.label("old_one"),
            _OLD_ONE.state.label("old_state"),
            _NEW_ONE.id.label("new_one"),
            _NEW_ONE.state.label("new_state"),
        )
        .select_from(_OLD)
        .join(_NEW, _NEW.key == _OLD.leads_to)
        .join(_OLD_FINDING, _OLD_FINDING.page_id == _OLD.id)
        .join(
            _NEW_FINDING,
            and_(_NEW_FINDING.page_id == _NEW.id, _NEW_FINDING.target_id == _OLD_FINDING.target_id),
        )
        .join(_OLD_ONE, _OLD_ONE.finding_id == _OLD_FINDING.id, isouter=True)
        .join(_NEW_ONE, _NEW_ONE.finding_id == _NEW_FINDING.id, isouter=True)
        .where(_OLD.leads_to.is_not(None), _NEW_FINDING.verdict != Verdict.UNKNOWN)
        .order_by(_OLD.id, _OLD_FINDING.id)
    )


def _touches(page_ids: Sequence[int]) -> Any:
    keys = select(Page.key).where(Page.id.in_(page_ids))
    return or_(_OLD.id.in_(page_ids), _OLD.leads_to.in_(keys))


def _is_one_article(row: AnyRow) -> bool:
    """Told by its words; where a text is not there, the address is believed."""
    return not is_rewritten(row.old_text, row.new_text)


def _move(connection: Connection, rows: Sequence[AnyRow]) -> None:
    """The finding under the old address stays as evidence, and asks for nothing."""
    connection.execute(
        update(Opportunity).where(Opportunity.id == bindparam("of")).values(finding_id=bindparam("to")),
        [{"of": row.old_one, "to": row.new_finding} for row in rows],
    )
    connection.execute(
        update(Recheck)
        .where(Recheck.opportunity_id == bindparam("of"))
        .values(page_id=bindparam("to"), publisher_id=bindparam("at")),
        [{"of": row.old_one, "to": row.new_page, "at": row.new_publisher} for row in rows],
    )
    connection.execute(
        update(Finding).where(Finding.id == bindparam("of")).values(first_seen_at=bindparam("since")),
        [{"of": row.new_finding, "since": min(row.old_first, row.new_first)} for row in rows],
    )
    connection.execute(
        update(Finding)
        .where(Finding.id == bindparam("of"))
        .values(
            level=Level.SKIP,
            priority=None,
            parts=[],
            level_reasons=bindparam("why"),
            page_answer=None,
        ),
        [
            {"of": row.old_finding, "why": [f"the article moved to {page_url(row.new_url, row.new_key)}"]}
            for row in rows
        ],
    )
    connection.execute(
        insert(Event),
        [
            {
                "at": row.at,
                "kind": "article moved",
                "subject": f"opportunity/{row.old_one}",
                "detail": {
                    "url": page_url(row.new_url, row.new_key),
                    "was_url": page_url(row.old_url, row.old_key),
                },
            }
            for row in rows
        ],
    )
