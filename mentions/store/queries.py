"""What lists, summaries and exports ask for: findings with their links, counts by verdict."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from mentions.assessments import Contact
from mentions.findings import Verdict
from mentions.store.models import Contact as Chosen
from mentions.store.models import Finding, Link, Opportunity, Page, Publisher, Target
from mentions.store.records import OpportunityState, StoredFinding
from mentions.store.statements import AnyRow, AnySelect, bytewise, chunks

ROWS_AT_ONCE: Final = 500  # read from the database together; a list of any length takes no more memory than these


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings or opportunities a list is about. None: all."""

    target: str | None = None
    verdict: Verdict | None = None
    publisher: str | None = None  # domain
    since: datetime | None = None  # first seen then or later
    until: datetime | None = None  # first seen before then
    state: OpportunityState | None = None
    language: str | None = None
    min_priority: int | None = None


def finding_query(*, with_opportunity: bool = False) -> AnySelect:
    """Every finding with its page, publisher, target and opportunity, unsorted; the columns of _stored.

    `with_opportunity`: only findings that have one. An inner join lets the database start from the opportunities.
    """
    return (
        select(
            Finding.id,
            Target.name.label("target"),
            Target.kind.label("target_kind"),
            Finding.verdict,
            Finding.level,
            Finding.priority,
            Publisher.domain.label("publisher"),
            Publisher.name.label("publisher_name"),
            Page.key.label("page_key"),
            Page.url.label("page_url"),
            func.coalesce(Page.title, Page.announced_title).label("page_title"),
            Page.state.label("page_state"),
            func.coalesce(Page.published_at, Page.announced_at).label("published_at"),
            Page.author,
            Page.language,
            Finding.sentence,
            Finding.matched,
            Finding.zone,
            Finding.reasons,
            Finding.level_reasons,
            Finding.contact_address,
            Finding.contact_name,
            Finding.contact_source_url,
            Finding.contact_why,
            Opportunity.contact_id.label("chosen_id"),
            Chosen.email.label("chosen_address"),
            Chosen.name.label("chosen_name"),
            Chosen.source_url.label("chosen_source_url"),
            Chosen.why.label("chosen_why"),
            Finding.first_seen_at,
            Finding.last_seen_at,
            Finding.last_checked_at,
            Opportunity.id.label("opportunity_id"),
            Opportunity.state.label("opportunity_state"),
            Opportunity.snoozed_until,
            Opportunity.link_found_at,
            Opportunity.link_url.label("chosen_url"),
            Opportunity.link_anchor.label("chosen_anchor"),
        )
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Opportunity, Opportunity.finding_id == Finding.id, isouter=not with_opportunity)
        .join(Chosen, Chosen.id == Opportunity.contact_id, isouter=True)
    )


def filtered(query: AnySelect, filters: Filters) -> AnySelect:
    """The query, narrowed. It must hold the tables of finding_query."""
    conditions: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
        (filters.target, lambda value: Target.name == value),
        (filters.verdict, lambda value: Finding.verdict == value),
        (filters.publisher, lambda value: Publisher.domain == value),
        (filters.since, lambda value: Finding.first_seen_at >= value),
        (filters.until, lambda value: Finding.first_seen_at < value),
        (filters.state, lambda value: Opportunity.state == value),
        (filters.language, lambda value: Page.language == value),
        (filters.min_priority, lambda value: Finding.priority >= value),
    )
    for value, condition in conditions:
        if value is not None:
            query = query.where(condition(value))
    return query


def findings(connection: Connection, filters: Filters, limit: int | None) -> Iterator[StoredFinding]:
    """Findings sorted by publisher, page and id."""
    query = filtered(finding_query(), filters).order_by(
        bytewise(connection, Publisher.domain), bytewise(connection, Page.key), Finding.id
    )
    return stored_findings(connection, query.limit(limit) if limit is not None else query)


def stored_findings(connection: Connection, query: AnySelect) -> Iterator[StoredFinding]:
    """The rows of a finding_query as records, with the links that stood on the page at the last look."""
    for part in streamed(connection, query):
        links = _links(connection, part)
        for row in part:
            yield _stored(row, tuple(links.get(row.id, ())))


def streamed(connection: Connection, query: AnySelect) -> Iterator[Sequence[AnyRow]]:
    """The rows, ROWS_AT_ONCE at a time; the cursor is closed even when the caller stops in the middle."""
    with closing(connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})) as result:
        yield from result.partitions()


def counts_by_verdict(connection: Connection, run_id: int | None) -> dict[Verdict, int]:
    """How many findings have each verdict; with `run_id` only those that this run judged last."""
    query = select(Finding.verdict, func.count().label("findings")).group_by(Finding.verdict)
    if run_id is not None:
        query = query.where(Finding.run_id == run_id)
    counts = {row.verdict: row.findings for row in connection.execute(query)}
    return {verdict: counts.get(verdict, 0) for verdict in Verdict}


def opportunities_by_state(connection: Connection) -> dict[OpportunityState, int]:
    """How many opportunities stand where; every state is there."""
    rows = connection.execute(
        select(Opportunity.state, func.count().label("opportunities")).group_by(Opportunity.state)
    )
    counts = {row.state: row.opportunities for row in rows}
    return {state: counts.get(state, 0) for state in OpportunityState}


def page_url(url: str, key: str) -> str:
    """The address to show and to write to an editor: without the tracking parameters a feed appends."""
    return key if "?" in url and "#" not in key else url


def _links(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, list[dict[str, object]]]:
    by_finding: dict[int, list[dict[str, object]]] = {}
    for part in chunks([row.id for row in rows]):
        query = (
            select(Link.finding_id, Link.url, Link.effective_url, Link.rel, Link.zone, Link.anchor, Link.ours)
            .join(Finding, Finding.id == Link.finding_id)
            .where(Link.finding_id.in_(part), Link.last_seen_at == Finding.last_checked_at)
            .order_by(Link.finding_id, Link.place)
        )
        for link in connection.execute(query):
            by_finding.setdefault(link.finding_id, []).append(
                {
                    "url": link.url,
                    "effective_url": link.effective_url,
                    "rel": list(link.rel),
                    "zone": link.zone.value,
                    "anchor": link.anchor,
                    "ours": link.ours,
                }
            )
    return by_finding


def _contact(row: AnyRow) -> Contact | None:
    """A person's choice, which may be a form without an address; else the best that is known."""
    if row.chosen_id is not None:
        if row.chosen_address is None:
            return None
        why = row.chosen_why or "chosen by a person"
        return Contact(row.chosen_address, row.chosen_name, row.chosen_source_url, why)
    if row.contact_address is None:
        return None
    return Contact(row.contact_address, row.contact_name, row.contact_source_url, row.contact_why)


def _stored(row: AnyRow, links: tuple[dict[str, object], ...]) -> StoredFinding:
    return StoredFinding(
        id=row.id,
        target=row.target,
        target_kind=row.target_kind.value,
        verdict=row.verdict,
        level=row.level.value,
        priority=row.priority,
        publisher=row.publisher,
        publisher_name=row.publisher_name,
        page_url=page_url(row.page_url, row.page_key),
        page_title=row.page_title,
        page_state=row.page_state,
        published_at=row.published_at,
        author=row.author,
        language=row.language,
        sentence=row.sentence,
        matched=row.matched,
        zone=row.zone.value if row.zone else None,
        reasons=tuple(row.reasons),
        level_reasons=tuple(row.level_reasons),
        contact=_contact(row),
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        last_checked_at=row.last_checked_at,
        opportunity_id=row.opportunity_id,
        opportunity_state=row.opportunity_state,
        snoozed_until=row.snoozed_until,
        link_found_at=row.link_found_at,
        chosen_url=row.chosen_url,
        chosen_anchor=row.chosen_anchor,
        links=links,
    )
