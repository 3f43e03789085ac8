"""Opportunities weighed anew with what other pages and days tell. Every statement names crawler-owned columns only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import aliased

from mentions.asking import NO_RULES, Authority, Rules
from mentions.assessments import Assessment, Level, Part
from mentions.opportunities import weighed
from mentions.outreach.suppression import SuppressionList
from mentions.store import known, stories, suppression
from mentions.store.connecting import Connecting
from mentions.store.judgements import ASKED
from mentions.store.models import Check, Contact, Draft, Finding, Opportunity, Page, Publisher
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow, AnySelect

# Until it is handed over, what the program thinks of an opportunity can still keep somebody from a mistake.
_OPEN: Final = (OpportunityState.NEW, OpportunityState.DRAFTED, OpportunityState.APPROVED)
_ROWS_AT_ONCE: Final = 500  # a transaction, which must not keep a person at the review desk waiting


class Reassessing(Connecting):
    """Part of mentions.store.Store."""

    def reassess(
        self,
        *,
        now: datetime,
        rules: Rules = NO_RULES,
        authorities: Mapping[str, Authority] | None = None,
        of_run: int | None = None,
    ) -> int:
        """Weighs every open opportunity with what the database knows by now; returns how many answers changed.

        To be called when pages have come in, and before drafts are written. Doing it twice changes nothing more.
        `of_run`: only those on pages that this run looked at.
        """
        with self._write() as connection:
            stories.group(connection, now)
        with self._read() as connection:
            asked = known.asked_since(connection, rules, now)
            listed = suppression.whole(connection, self._key)
        changed, after = 0, 0
        while True:
            with self._write() as connection:
                rows = _open(connection, after, of_run)
                if not rows:
                    return changed
                after = rows[-1].opportunity_id
                changed += _weigh(connection, rows, now, rules, asked, listed, authorities or {})


def page_answer(assessment: Assessment) -> dict[str, Any]:
    """What a page by itself said, as it is kept."""
    return {
        "level": assessment.level.value,
        "parts": [asdict(part) for part in assessment.parts],
        "reasons": list(assessment.reasons),
    }


def _open(connection: Connection, after: int, of_run: int | None) -> Sequence[AnyRow]:
    """The next open opportunities behind this id, in the order of their ids; those on pages of one run where asked."""
    newer = aliased(Draft)
    superseded = select(newer.id).where(newer.opportunity_id == Draft.opportunity_id, newer.revision > Draft.revision)
    query: AnySelect = (
        select(
            Opportunity.id.label("opportunity_id"),
            Finding.id.label("finding_id"),
            Finding.page_id,
            Finding.target_id,
            Finding.level,
            Finding.priority,
            Finding.parts,
            Finding.level_reasons,
            Finding.page_answer,
            Finding.contact_address,
            Finding.contact_name,
            Page.publisher_id,
            Page.author,
            Draft.to_address.label("draft_address"),
            *known.contact_columns(),
        )
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Contact, Contact.id == Opportunity.contact_id, isouter=True)
        .join(Draft, (Draft.opportunity_id == Opportunity.id) & ~superseded.exists(), isouter=True)
        .where(
            Opportunity.id > after,
            Opportunity.state.in_(_OPEN),
            Finding.verdict.in_(list(ASKED)),
            Finding.missing_since.is_(None),
        )
        .order_by(Opportunity.id)
        .limit(_ROWS_AT_ONCE)
    )
    if of_run is not None:
        query = query.where(Finding.page_id.in_(select(Check.page_id).where(Check.run_id == of_run)))
    return connection.execute(query).all()


def _weigh(
    connection: Connection,
    rows: Sequence[AnyRow],
    now: datetime,
    rules: Rules,
    asked: known.Asked,
    listed: SuppressionList,
    authorities: Mapping[str, Authority],
) -> int:
    facts = known.facts(connection, rows, rules, asked=asked, suppression=listed, authorities=authorities)
    changes = list(_changes(rows, facts, rules, now))
    if changes:
        connection.execute(
            update(Finding)
            .where(Finding.id == bindparam("of"))
            .values(
                level=bindparam("new_level"),
                priority=bindparam("new_priority"),
                parts=bindparam("new_parts"),
                level_reasons=bindparam("new_reasons"),
                page_answer=bindparam("by_the_page"),
            ),
            changes,
        )
    return len(changes)


def _changes(rows: Sequence[AnyRow], facts: known.Facts, rules: Rules, now: datetime) -> Iterator[dict[str, Any]]:
    for row in rows:
        alone = _alone(row)
        answer = weighed(alone, facts.known(row), rules, now=now)
        stands = (row.level, row.priority, list(row.parts), list(row.level_reasons))
        parts = [asdict(part) for part in answer.parts]
        if stands != (answer.level, answer.priority, parts, list(answer.reasons)):
            yield {
                "of": row.finding_id,
                "new_level": answer.level,
                "new_priority": answer.priority,
                "new_parts": parts,
                "new_reasons": list(answer.reasons),
                "by_the_page": page_answer(alone),
            }


def _alone(row: AnyRow) -> Assessment:
    """What the page by itself said."""
    said = row.page_answer or {"level": row.level, "parts": row.parts, "reasons": row.level_reasons}
    level = Level(said["level"])
    parts = tuple(Part(**part) for part in said["parts"])
    points = None if level is Level.SKIP else sum(part.points for part in parts)
    return Assessment(level, points, parts, tuple(said["reasons"]))
