"""The reclamation list: one row an opportunity, in the columns that exports write."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from mentions.store.models import Contact, Draft, Finding, Opportunity, Page, Publisher
from mentions.store.queries import Filters, filtered, finding_query, page_url, streamed
from mentions.store.statements import AnyRow, AnySelect, bytewise


def rows(connection: Connection, filters: Filters) -> Iterator[Mapping[str, object]]:
    """Every opportunity that fits, sorted by publisher, page and id.

    Values are text, whole numbers, aware datetimes or None.
    """
    query = filtered(_query(), filters).order_by(
        bytewise(connection, Publisher.domain), bytewise(connection, Page.key), Opportunity.id
    )
    for part in streamed(connection, query):
        for row in part:
            yield _row(row)


def count(connection: Connection, filters: Filters) -> int:
    """How many rows there are."""
    query = filtered(finding_query(with_opportunity=True), filters)
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def _query() -> AnySelect:
    later = aliased(Draft)
    superseded = select(later.id).where(later.opportunity_id == Draft.opportunity_id, later.revision > Draft.revision)
    return (
        finding_query(with_opportunity=True)
        .add_columns(
            Finding.level_reasons,
            Draft.suggested_url,
            Draft.suggested_anchor,
            Draft.suggested_html,
            Draft.subject,
            Draft.to_name,
            Draft.to_address,
            Draft.contact_source_url.label("draft_source_url"),
            Contact.id.label("chosen_id"),
            Contact.name.label("chosen_name"),
            Contact.email.label("chosen_email"),
            Contact.role.label("chosen_role"),
            Contact.confidence.label("chosen_confidence"),
            Contact.source_url.label("chosen_source_url"),
            Contact.form_url.label("chosen_form_url"),
            Opportunity.assigned_to,
            Opportunity.approved_by,
            Opportunity.approved_at,
            Opportunity.handed_off_at,
            Opportunity.handed_off_via,
            Opportunity.sent_at,
            Opportunity.link_found_at,
            Opportunity.link_url_found,
            Opportunity.link_rel,
            Opportunity.reason.label("person_reason"),
            Opportunity.note,
        )
        .outerjoin(Draft, (Draft.opportunity_id == Opportunity.id) & ~superseded.exists())
        .outerjoin(Contact, Contact.id == Opportunity.contact_id)
    )


def _row(row: AnyRow) -> dict[str, object]:
    name, address, source_url = _contact(row)
    return {
        "id": row.opportunity_id,
        "target": row.target,
        "target_kind": row.target_kind.value,
        "state": row.opportunity_state.value,
        "verdict": row.verdict.value,
        "page_state": _word(row.page_state),
        "priority": row.priority,
        "publisher": row.publisher,
        "page_url": page_url(row.page_url, row.page_key),
        "page_title": row.page_title,
        "published_at": row.published_at,
        "author": row.author,
        "sentence": row.sentence,
        "matched_text": row.matched,
        "zone": _word(row.zone),
        "language": row.language,
        "suggested_link_url": row.suggested_url,
        "suggested_anchor": row.suggested_anchor,
        "suggested_html": row.suggested_html,
        "contact_name": name,
        "contact_email": address,
        "contact_role": row.chosen_role,
        "contact_confidence": row.chosen_confidence,
        "contact_source_url": source_url,
        "contact_form_url": row.chosen_form_url,
        "subject": row.subject,
        "assigned_to": row.assigned_to,
        "approved_by": row.approved_by,
        "approved_at": row.approved_at,
        "handed_off_at": row.handed_off_at,
        "handed_off_via": row.handed_off_via,
        "sent_at": row.sent_at,
        "link_found_at": row.link_found_at,
        "link_url_found": row.link_url_found,
        "link_rel": row.link_rel,
        "last_checked_at": row.last_checked_at,
        "first_seen_at": row.first_seen_at,
        "last_seen_at": row.last_seen_at,
        "reason": row.person_reason or _first(row.level_reasons) or _first(row.reasons),
        "note": row.note,
    }


def _contact(row: AnyRow) -> tuple[str | None, str | None, str | None]:
    """Name, address and where it was published: as a person chose, else the draft's addressee, else the page's own."""
    if row.chosen_id is not None:
        return row.chosen_name, row.chosen_email, row.chosen_source_url
    if row.to_address is not None:
        return row.to_name, row.to_address, row.draft_source_url
    return row.contact_name, row.contact_address, row.contact_source_url


def _word(value: Enum | None) -> str | None:
    return value.value if value is not None else None


def _first(reasons: list[Any]) -> str | None:
    return str(reasons[0]) if reasons else None
