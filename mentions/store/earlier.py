"""What earlier drafts said: the texts that one person got, and the anchors that publishers were asked for."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from mentions.store.models import Draft, Finding, Opportunity, Page, Publisher
from mentions.store.records import OpportunityState

MOST_TEXTS: Final = 5  # of the newest drafts to one person; older ones nobody remembers
UNDER_WAY: Final = (OpportunityState.APPROVED, OpportunityState.HANDED_OFF, OpportunityState.SENT)
# What was written and then dropped never reached anybody.
_DROPPED: Final = (OpportunityState.IGNORED, OpportunityState.SUPPRESSED)


def texts_to(connection: Connection, address: str, *, other_than: int) -> list[str]:
    """The texts of the newest drafts to one address about other opportunities, the newest first."""
    query = (
        select(Draft.body)
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .where(
            drafts_to(address),
            _is_newest(),
            Draft.opportunity_id != other_than,
            Opportunity.state.not_in(_DROPPED),
        )
        .order_by(Draft.rendered_at.desc(), Draft.id.desc())
        .limit(MOST_TEXTS)
    )
    return list(connection.execute(query).scalars())


def under_way_to(connection: Connection, address: str, *, other_than: int) -> list[int]:
    """The opportunities, other than this one, with an email to the address that was approved and not answered yet."""
    query = (
        select(Draft.opportunity_id)
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .where(
            drafts_to(address),
            _is_newest(),
            Draft.opportunity_id != other_than,
            Opportunity.state.in_(UNDER_WAY),
        )
        .order_by(Draft.opportunity_id)
    )
    return list(connection.execute(query).scalars())


def drafts_to(address: str) -> ColumnElement[bool]:
    """Does a draft go to this address, in any spelling? Found in the index of addresses, not in the long rows."""
    to_them = select(Draft.id).where(func.lower(Draft.to_address) == address.lower())
    return Draft.id.in_(to_them)


def anchors_used(connection: Connection) -> Mapping[tuple[str, str], frozenset[str]]:
    """(page of ours, anchor) → the domains of the publishers whose newest drafts propose it."""
    query = (
        select(Draft.suggested_url, Draft.suggested_anchor, Publisher.domain)
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .where(Opportunity.state.not_in(_DROPPED), _is_newest())
        .distinct()
    )
    found: dict[tuple[str, str], set[str]] = {}
    for row in connection.execute(query):
        found.setdefault((row.suggested_url, row.suggested_anchor), set()).add(row.domain)
    return {key: frozenset(domains) for key, domains in found.items()}


def _is_newest() -> ColumnElement[bool]:
    """Is the draft the newest revision of its opportunity's? Asked of few rows, by the index of revisions."""
    later = Draft.__table__.alias("later")
    return ~(
        select(later.c.id)
        .where(later.c.opportunity_id == Draft.opportunity_id, later.c.revision > Draft.revision)
        .exists()
    )
