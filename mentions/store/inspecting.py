"""One opportunity looked at closely: everything that is stored about it, in one read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from mentions.assessments import Part
from mentions.findings import Verdict
from mentions.store import drafts, earlier, queries, told_elsewhere, workflow
from mentions.store.connecting import Connecting
from mentions.store.dossiers import (
    Dossier,
    EarlierEmail,
    PageFacts,
    PastLook,
    PublisherFacts,
    SeenLink,
    SeenMention,
)
from mentions.store.models import (
    Article,
    Check,
    DisavowedDomain,
    Draft,
    Finding,
    Link,
    Mention,
    Opportunity,
    Page,
    Publisher,
    QueueRow,
    Target,
)
from mentions.store.records import OpportunityState, StoredDraft, StoredFinding
from mentions.store.statements import AnyRow

MOST_LOOKS: Final = 30  # shown; a page looked at every night for a year has more
MOST_EMAILS: Final = 10
MOST_REVISIONS: Final = 100
# Somebody was written to, or will be as soon as a person sends it.
_ASKED: Final = (
    OpportunityState.APPROVED,
    OpportunityState.HANDED_OFF,
    OpportunityState.SENT,
    OpportunityState.REPLIED,
    OpportunityState.RECLAIMED,
    OpportunityState.DECLINED,
    OpportunityState.NO_REPLY,
)


class Inspecting(Connecting):
    """Part of mentions.store.Store."""

    def dossier(self, opportunity_id: int) -> Dossier | None:
        """Everything about an opportunity; None where there is none of that number."""
        with self._read() as connection:
            return dossier(connection, opportunity_id)

    def page_digests(self, opportunity_id: int) -> list[tuple[str, datetime]]:
        """The digests of the page's bytes, with when they were seen first; the newest first, none twice."""
        with self._read() as connection:
            return page_digests(connection, opportunity_id)


def dossier(connection: Connection, opportunity_id: int) -> Dossier | None:
    """Everything about an opportunity."""
    query = queries.finding_query(with_opportunity=True).where(Opportunity.id == opportunity_id)
    finding = next(queries.stored_findings(connection, query), None)
    row = _row(connection, opportunity_id) if finding is not None else None
    if finding is None or row is None:
        return None
    revisions = _revisions(connection, opportunity_id, finding)
    address = revisions[0].draft.to_address if revisions else None
    looks = _looks(connection, row.page_id)
    return Dossier(
        opportunity_id=opportunity_id,
        finding=finding,
        standing=workflow.standing(connection, opportunity_id),
        page=_page(row),
        parts=tuple(Part(**part) for part in row.parts),
        mentions=_mentions(connection, row),
        links=_links(connection, row),
        looks=looks,
        looks_made=connection.execute(
            select(func.count()).select_from(Check).where(Check.page_id == row.page_id)
        ).scalar_one(),
        copies=told_elsewhere.copies(connection, row.page_id, row.story_id, row.target_id),
        publisher=_publisher(connection, row, opportunity_id),
        at_publisher=_emails(connection, opportunity_id, _asked_at(row.publisher_id)),
        to_person=_emails(connection, opportunity_id, earlier.drafts_to(address)) if address else (),
        revisions=revisions,
        history=tuple(workflow.history(connection, opportunity_id)),
    )


def page_digests(connection: Connection, opportunity_id: int) -> list[tuple[str, datetime]]:
    """The digests of an opportunity's page."""
    query = (
        select(Check.content_hash, func.min(Check.looked_at).label("first_at"))
        .join(Finding, Finding.page_id == Check.page_id)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .where(Opportunity.id == opportunity_id, Check.content_hash.is_not(None))
        .group_by(Check.content_hash)
        .order_by(func.max(Check.looked_at).desc())
    )
    return [(row.content_hash, row.first_at) for row in connection.execute(query)]


def _row(connection: Connection, opportunity_id: int) -> AnyRow | None:
    """Page, article and what of the finding its record leaves out."""
    query = (
        select(
            Page.__table__,
            Page.id.label("page_id"),
            Finding.id.label("finding_id"),
            Finding.target_id,
            Finding.parts,
            Finding.canonical,
            Finding.last_checked_at,
            Article.links_out,
            Article.links_followed,
            Article.credit,
            Article.story_id,
            Publisher.domain,
            Publisher.name,
            Publisher.caveat,
        )
        .join(Finding, Finding.page_id == Page.id)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Article, Article.page_id == Page.id, isouter=True)
        .where(Opportunity.id == opportunity_id)
    )
    return connection.execute(query).one_or_none()


def _page(row: AnyRow) -> PageFacts:
    return PageFacts(
        url=queries.page_url(row.url, row.key),
        final_url=row.final_url,
        title=row.title or row.announced_title,
        author=row.author,
        published_at=row.published_at,
        announced_at=row.announced_at,
        language=row.language,
        site_name=row.site_name,
        canonical=row.canonical,
        credit=row.credit,
        state=row.state,
        reason=row.reason,
        http_status=row.http_status,
        body_bytes=row.body_bytes,
        found_at=row.found_at,
        source_url=row.source_url,
        source_kind=row.source_kind,
        source_query=row.source_query,
        last_looked_at=row.last_looked_at,
        last_good_at=row.last_good_at,
        last_error=row.last_error,
        links_out=row.links_out,
        links_followed=row.links_followed,
        text=row.text,
    )


def _mentions(connection: Connection, page: AnyRow) -> tuple[SeenMention, ...]:
    query = select(Mention.__table__).where(Mention.finding_id == page.finding_id)
    found = [
        SeenMention(
            alias=row.alias,
            matched=row.matched,
            start=row.start,
            end=row.end,
            zone=row.zone,
            sentence=row.sentence,
            similarity=row.similarity,
            method=row.method,
            sense=row.sense,
            sense_score=row.sense_score,
            sense_reasons=tuple(row.sense_reasons),
            distance=row.distance,
            there=row.last_seen_at == page.last_checked_at,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
            person_sense=row.person_sense,
            person_sense_by=row.person_sense_by,
        )
        for row in connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda mention: (not mention.there, mention.start, mention.end)))


def _links(connection: Connection, page: AnyRow) -> tuple[SeenLink, ...]:
    query = select(Link.__table__).where(Link.finding_id == page.finding_id).order_by(Link.place, Link.id)
    found = [
        SeenLink(
            url=row.url,
            effective_url=row.effective_url,
            rel=tuple(row.rel),
            zone=row.zone,
            anchor=row.anchor,
            ours=row.ours,
            hidden=row.hidden,
            there=row.last_seen_at == page.last_checked_at,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
        )
        for row in connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda link: not link.there))


def _looks(connection: Connection, page_id: int) -> tuple[PastLook, ...]:
    query = (
        select(Check.looked_at, Check.state, Check.http_status, Check.reason, Check.content_hash)
        .where(Check.page_id == page_id)
        .order_by(Check.looked_at.desc())
        .limit(MOST_LOOKS + 1)
    )
    looks: list[PastLook] = []
    before: str | None = None
    for row in reversed(connection.execute(query).all()):
        changed = row.content_hash != before if row.content_hash and before else None
        before = row.content_hash or before
        looks.append(PastLook(row.looked_at, row.state, row.http_status, row.reason, row.content_hash, changed))
    return tuple(reversed(looks))[:MOST_LOOKS]


def _publisher(connection: Connection, page: AnyRow, opportunity_id: int) -> PublisherFacts:
    habit = connection.execute(
        select(
            func.count().label("read"),
            func.count().filter(Article.links_out > 0).label("linking"),
            func.count().filter(Article.links_followed > 0).label("followed"),
        ).where(Article.publisher_id == page.publisher_id)
    ).one()
    linking_us = connection.execute(
        select(func.count(Finding.page_id.distinct()))
        .join(Page, Page.id == Finding.page_id)
        .where(
            Page.publisher_id == page.publisher_id, Finding.verdict == Verdict.LINKED, Finding.missing_since.is_(None)
        )
    ).scalar_one()
    there = (QueueRow.publisher_id == page.publisher_id, QueueRow.id != opportunity_id)
    states = connection.execute(
        select(QueueRow.state, func.count().label("all")).where(*there).group_by(QueueRow.state)
    ).all()
    sent = (
        select(func.count())
        .select_from(QueueRow)
        .join(Opportunity, Opportunity.id == QueueRow.id)
        .where(*there, QueueRow.state.in_(_ASKED), Opportunity.sent_at.is_not(None))
    )
    disavowed = select(DisavowedDomain.id).where(DisavowedDomain.domain == page.domain)
    return PublisherFacts(
        domain=page.domain,
        name=page.name,
        caveat=page.caveat,
        pages_read=habit.read,
        pages_linking=habit.linking,
        pages_followed=habit.followed,
        pages_linking_us=linking_us,
        states={row.state: row.all for row in states},
        sent=connection.execute(sent).scalar_one(),
        disavowed=connection.execute(disavowed).first() is not None,
    )


def _asked_at(publisher_id: int) -> ColumnElement[bool]:
    """Is the draft about an article of this publisher that somebody there was, or is to be, written to about?"""
    lately = (
        select(QueueRow.id)
        .where(QueueRow.publisher_id == publisher_id, QueueRow.state.in_(_ASKED))
        .order_by(QueueRow.state_at.desc())
        .limit(2 * MOST_EMAILS)  # some of them were closed without an email
    )
    return Draft.opportunity_id.in_(lately)


def _emails(connection: Connection, opportunity_id: int, which: ColumnElement[bool]) -> tuple[EarlierEmail, ...]:
    """The newest texts about other opportunities that were written to somebody, first those that are under way.

    Those dropped unsent are left out.
    """
    later = Draft.__table__.alias("later")
    superseded = select(later.c.id).where(
        later.c.opportunity_id == Draft.opportunity_id, later.c.revision > Draft.revision
    )
    dropped = [OpportunityState.IGNORED, OpportunityState.SUPPRESSED, OpportunityState.NEW]
    query = (
        select(
            Draft.opportunity_id,
            Draft.subject,
            Draft.to_address,
            Draft.rendered_at,
            Opportunity.state,
            Opportunity.sent_at,
            Finding.verdict,
            Target.name.label("target"),
            func.coalesce(Page.title, Page.announced_title).label("title"),
            Page.url,
            Page.key,
        )
        .join(Opportunity, Opportunity.id == Draft.opportunity_id)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Page, Page.id == Finding.page_id)
        .where(
            which,
            Draft.opportunity_id != opportunity_id,
            or_(Opportunity.state.not_in(dropped), Opportunity.sent_at.is_not(None)),
            ~superseded.exists(),
        )
        .order_by(Opportunity.state.in_(earlier.UNDER_WAY).desc(), Draft.rendered_at.desc(), Draft.id.desc())
        .limit(MOST_EMAILS)
    )
    return tuple(
        EarlierEmail(
            opportunity_id=row.opportunity_id,
            subject=row.subject,
            state=row.state,
            verdict=row.verdict,
            target=row.target,
            page_title=row.title,
            page_url=queries.page_url(row.url, row.key),
            to_address=row.to_address,
            sent_at=row.sent_at,
            rendered_at=row.rendered_at,
        )
        for row in connection.execute(query)
    )


def _revisions(connection: Connection, opportunity_id: int, finding: StoredFinding) -> tuple[StoredDraft, ...]:
    query = (
        select(Draft.__table__)
        .where(Draft.opportunity_id == opportunity_id)
        .order_by(Draft.revision.desc())
        .limit(MOST_REVISIONS)
    )
    rows: Sequence[AnyRow] = connection.execute(query).all()
    return tuple(drafts.stored(row, finding) for row in rows)
