"""What people work on: opportunities, contacts, drafts, and who must never be written to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from mentions.outreach.contacts.model import LeadKind
from mentions.outreach.suppression import SuppressionKind
from mentions.store.models.base import Base
from mentions.store.records import OpportunityState


class Opportunity(Base):
    """A finding worth asking about. Its level and priority are the finding's; here stands what came of it."""

    __tablename__ = "opportunity"
    __table_args__ = (Index("ix_opportunity_state", "state"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), unique=True)
    created_at: Mapped[datetime]

    # Crawler-owned: a link of ours that stood in the article at a later look.
    link_found_at: Mapped[datetime | None] = mapped_column(comment="NULL: no link of ours was seen since")
    link_url_found: Mapped[str | None] = mapped_column(comment="NULL: as link_found_at")
    link_rel: Mapped[str | None] = mapped_column(comment="NULL: as link_found_at; empty: followed")

    # Human-owned from here on. A crawl never names these columns.
    state: Mapped[OpportunityState] = mapped_column(default=OpportunityState.NEW)
    state_at: Mapped[datetime] = mapped_column(comment="when the state was last changed")
    state_by: Mapped[str | None] = mapped_column(comment="NULL: this program, not a person")
    rev: Mapped[int] = mapped_column(default=0, server_default="0", comment="grows with every change by a person")
    assigned_to: Mapped[str | None] = mapped_column(comment="NULL: nobody")
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id"), index=True, comment="NULL: no person chose one"
    )
    link_url: Mapped[str | None] = mapped_column(comment="NULL: no person chose a page of ours to link to")
    link_anchor: Mapped[str | None] = mapped_column(comment="NULL: no person chose the words that link")
    approved_by: Mapped[str | None] = mapped_column(comment="NULL: not approved")
    approved_at: Mapped[datetime | None] = mapped_column(comment="NULL: not approved")
    handed_off_via: Mapped[str | None] = mapped_column(comment="NULL: not handed off")
    handed_off_at: Mapped[datetime | None] = mapped_column(comment="NULL: not handed off")
    sent_at: Mapped[datetime | None] = mapped_column(comment="NULL: not sent, as far as we know")
    snoozed_until: Mapped[datetime | None] = mapped_column(comment="NULL: not snoozed")
    reason: Mapped[str | None] = mapped_column(comment="why ignored, declined or suppressed; NULL: none given")
    note: Mapped[str | None] = mapped_column(comment="NULL: none")


class Contact(Base):
    """A person or role address at a publisher, with where and when it was published."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("publisher_id", "email"),)

    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    email: Mapped[str | None] = mapped_column(comment="NULL: only a form is published, or the contact was erased")
    name: Mapped[str | None] = mapped_column(comment="NULL: a role address, or the contact was erased")
    role: Mapped[str | None] = mapped_column(comment="NULL: not published")
    confidence: Mapped[str | None] = mapped_column(comment="NULL: not judged")
    source_url: Mapped[str] = mapped_column(comment="where it was published")
    form_url: Mapped[str | None] = mapped_column(comment="NULL: no form is published")
    why: Mapped[str | None] = mapped_column(comment="where on that page; NULL: not noted")
    section: Mapped[str | None] = mapped_column(comment="what a section editor answers for; NULL: not one, or not said")
    obfuscated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="the page hides an address from programs; it is not decoded"
    )
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]

    # Human-owned.
    erased_at: Mapped[datetime | None] = mapped_column(comment="NULL: not erased at the person's request")


class ContactPage(Base):
    """A page that may publish contacts, from the moment a link to it is found. Crawler-owned.

    Its looks are what the monthly budget of a site counts, and why a second night does not ask again.
    """

    __tablename__ = "contact_page"
    __table_args__ = (UniqueConstraint("publisher_id", "url"),)

    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    url: Mapped[str]
    kind: Mapped[LeadKind]
    name: Mapped[str | None] = mapped_column(comment="the author it is about; NULL: not an author's page")
    found_on: Mapped[str] = mapped_column(comment="the page that links to it")
    found_at: Mapped[datetime]
    looked_at: Mapped[datetime | None] = mapped_column(comment="NULL: not looked at yet")
    problem: Mapped[str | None] = mapped_column(comment="NULL: the last look was good, or there was none")
    contacts: Mapped[int | None] = mapped_column(comment="how many it published; NULL: no look was good")


class Draft(Base):
    """One revision of the email for an opportunity; never changed, only followed by the next revision."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "revision"),
        Index("ix_draft_to_address", "to_address"),  # read whole (earlier.drafts_to), instead of the long rows
    )

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    revision: Mapped[int] = mapped_column(comment="from 1; the newest counts")
    follow_up: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="0: the first email; 1: the first follow-up …"
    )
    written_by: Mapped[str | None] = mapped_column(comment="NULL: rendered by this program")
    template: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    to_name: Mapped[str | None] = mapped_column(comment="NULL: nobody's name is known")
    to_address: Mapped[str | None] = mapped_column(comment="NULL: nobody's address is published")
    contact_source_url: Mapped[str | None] = mapped_column(comment="NULL: as to_address")
    suggested_url: Mapped[str]
    suggested_anchor: Mapped[str]
    suggested_html: Mapped[str]
    problems: Mapped[list[Any]] = mapped_column(comment="what a person must fix before approving")
    message_id: Mapped[str] = mapped_column(index=True, comment="the same for every revision")
    in_reply_to: Mapped[str | None] = mapped_column(
        comment="Message-ID of the email that a follow-up goes with; NULL: none, or it is not known"
    )
    rendered_at: Mapped[datetime]


class Suppression(Base):
    """An address or domain that must never be written to; mentions.outreach.suppression. Human-owned."""

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    kind: Mapped[SuppressionKind]
    value: Mapped[str] = mapped_column(comment="a domain in lower case, or the keyed hash of an address or name")
    key_id: Mapped[str | None] = mapped_column(comment="by which key it was hashed; NULL: a domain")
    reason: Mapped[str | None] = mapped_column(comment="NULL: none given")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
