"""The reclamation list: one row an opportunity, in the columns that exports write."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import JSON, ColumnElement, Connection, Text, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, aliased

from mentions.store.models import Contact, Draft, Finding, Opportunity, Page, Publisher, Target
from mentions.store.queries import Filters, filtered, finding_query, streamed
from mentions.store.statements import AnySelect, bytewise

MORE: Final = ("publisher_name", "page_key", "draft_body")  # what some formats need beside the list's own columns


def rows(connection: Connection, filters: Filters, *, more: bool = False) -> Iterator[Mapping[str, object]]:
    """Every opportunity that fits, sorted by publisher, page and id.

    Values are text, whole numbers, aware datetimes or None. With `more` the columns MORE come along.
    """
    query = filtered(_query(more=more), filters).order_by(
        bytewise(connection, Publisher.domain), bytewise(connection, Page.key), Opportunity.id
    )
    names = tuple(query.selected_columns.keys())
    for part in streamed(connection, query):
        for row in part:
            yield dict(zip(names, row, strict=True))


def count(connection: Connection, filters: Filters) -> int:
    """How many rows there are."""
    query = filtered(finding_query(with_opportunity=True), filters)
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def _query(*, more: bool) -> AnySelect:
    """The list as one statement: what the database puts together itself need not be taken apart and put together here.

    The column names are those of mentions.exports.columns.RECLAIM, in that order.
    """
    later = aliased(Draft)
    superseded = select(later.id).where(later.opportunity_id == Draft.opportunity_id, later.revision > Draft.revision)
    return (
        select(*_columns(), *(_more() if more else ()))
        .select_from(Finding)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .outerjoin(Draft, (Draft.opportunity_id == Opportunity.id) & ~superseded.exists())
        .outerjoin(Contact, Contact.id == Opportunity.contact_id)
    )


def _columns() -> tuple[ColumnElement[Any], ...]:
    return (
        Opportunity.id.label("id"),
        Target.name.label("target"),
        _word(Target.kind).label("target_kind"),
        _word(Opportunity.state).label("state"),
        _word(Finding.verdict).label("verdict"),
        _word(Page.state).label("page_state"),
        Finding.priority.label("priority"),
        Publisher.domain.label("publisher"),
        _page_url().label("page_url"),
        func.coalesce(Page.title, Page.announced_title).label("page_title"),
        func.coalesce(Page.published_at, Page.announced_at).label("published_at"),
        Page.author.label("author"),
        Finding.sentence.label("sentence"),
        Finding.matched.label("matched_text"),
        _word(Finding.zone).label("zone"),
        Page.language.label("language"),
        Draft.suggested_url.label("suggested_link_url"),
        Draft.suggested_anchor.label("suggested_anchor"),
        Draft.suggested_html.label("suggested_html"),
        _contact(Contact.name, Draft.to_name, Finding.contact_name).label("contact_name"),
        _contact(Contact.email, Draft.to_address, Finding.contact_address).label("contact_email"),
        Contact.role.label("contact_role"),
        Contact.confidence.label("contact_confidence"),
        _contact(Contact.source_url, Draft.contact_source_url, Finding.contact_source_url).label("contact_source_url"),
        Contact.form_url.label("contact_form_url"),
        Draft.subject.label("subject"),
        Opportunity.assigned_to.label("assigned_to"),
        Opportunity.approved_by.label("approved_by"),
        Opportunity.approved_at.label("approved_at"),
        Opportunity.handed_off_at.label("handed_off_at"),
        Opportunity.handed_off_via.label("handed_off_via"),
        Opportunity.sent_at.label("sent_at"),
        Opportunity.link_found_at.label("link_found_at"),
        Opportunity.link_url_found.label("link_url_found"),
        Opportunity.link_rel.label("link_rel"),
        Finding.last_checked_at.label("last_checked_at"),
        Finding.first_seen_at.label("first_seen_at"),
        Finding.last_seen_at.label("last_seen_at"),
        _reason().label("reason"),
        Opportunity.note.label("note"),
    )


def _more() -> tuple[ColumnElement[Any], ...]:
    return (Publisher.name.label("publisher_name"), Page.key.label("page_key"), Draft.body.label("draft_body"))


def _word(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """The word itself: making a member of an enumeration of it costs more than all the rest of its cell."""
    return type_coerce(column, Text)


def _page_url() -> ColumnElement[str]:
    """As queries.page_url."""
    shorter = Page.url.contains("?", autoescape=True) & ~Page.key.contains("#", autoescape=True)
    return case((shorter, Page.key), else_=Page.url)


def _contact(
    chosen: InstrumentedAttribute[Any], drafted: InstrumentedAttribute[Any], on_page: InstrumentedAttribute[Any]
) -> ColumnElement[Any]:
    """As a person chose, else the draft's addressee, else the page's own."""
    return case((Contact.id.is_not(None), chosen), (Draft.to_address.is_not(None), drafted), else_=on_page)


def _reason() -> ColumnElement[str]:
    """A person's, else the first of why it is at its level, else the first of why the verdict."""
    first = [type_coerce(column, JSON)[0].as_string() for column in (Finding.level_reasons, Finding.reasons)]
    return func.coalesce(func.nullif(Opportunity.reason, ""), *first)
