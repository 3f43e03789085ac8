"""What reports are made of: the database counts, groups and joins; mentions.reporting adds up and compares."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.expression import SQLColumnExpression

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.own_pages.overview import OwnPage, own_pages
from mentions.rechecking import Truth
from mentions.reporting.facts import (
    By,
    DomainLinks,
    Facts,
    Happening,
    LinkEnd,
    NamedCount,
    OpportunityCount,
    Outcome,
    OwnPageLinks,
    Subject,
)
from mentions.reporting.kinds import COUNTED, LOOKS, UNDONE
from mentions.reporting.periods import Period
from mentions.store import destinations, moving, own_site
from mentions.store.connecting import Connecting
from mentions.store.models import Contact, Draft, Event, Finding, Link, Opportunity, Page, Publisher, Recheck, Target
from mentions.store.queries import page_url
from mentions.store.records import OpportunityState
from mentions.store.statements import AnyRow, AnySelect, chunks
from mentions.store.types import StorableJson
from mentions.urls import canonical_url

MONTHS_BACK: Final = timedelta(days=397)  # what happened is shown for so many months at most (report.MONTHS_SHOWN)
_SUBJECT: Final = "opportunity/"
_WORTH: Final = [Level.ASK_NOW, Level.ASK_AFTER_FIX]
_ARTICLE_ZONES: Final = [zone for zone in Zone if zone.is_article]


class Reporting(Connecting):
    """Part of mentions.store.Store."""

    def report_facts(self, period: Period, by: By) -> Facts:
        """What a report of this period is made of, its counts grouped."""
        with self._read() as connection:
            # Stories that ended before all that the report shows are left aside: half of them, after some years.
            since = None if period.is_all else min(period.start, period.end - MONTHS_BACK)
            return Facts(
                named=_named(connection, period, by),
                opportunities=_opportunities(connection, period, by),
                subjects=_subjects(connection, by, since),
                happenings=_happenings(connection, since),
                domains=_domains(connection, period.end),
                own_pages=_own_pages(connection, period),
                link_ends=_link_ends(connection),
            )

    def report_stories(self, since: datetime) -> tuple[Mapping[int, Subject], tuple[Happening, ...]]:
        """What happened, in order, to opportunities where something did since then; see reporting/stories.py."""
        with self._read() as connection:
            return _subjects(connection, By.TARGET, since), _happenings(connection, since)

    def outcomes(self, start: datetime, end: datetime) -> list[Outcome]:
        """What looks brought to light from `start` up to and with `end`, in order."""
        with self._read() as connection:
            return _outcomes(connection, start, end)

    def counts_by_state(self) -> dict[OpportunityState, int]:
        """How many opportunities are in each state; every state has its number."""
        with self._read() as connection:
            query = select(Opportunity.state, func.count()).group_by(Opportunity.state)
            counts: dict[OpportunityState, int] = {row[0]: row[1] for row in connection.execute(query)}
            return {state: counts.get(state, 0) for state in OpportunityState}

    def last_event(self) -> int:
        """A number that grows with every event; 0: there is none. What was added up before it still holds."""
        with self._read() as connection:
            return connection.execute(select(func.max(Event.id))).scalar_one() or 0

    def worth_asking_since(self, since: datetime) -> int:
        """How many opportunities were found since then and are worth asking about by their level now."""
        with self._read() as connection:
            query = (
                select(func.count())
                .select_from(Finding)
                .join(Opportunity, Opportunity.finding_id == Finding.id)
                .where(Finding.first_seen_at >= since, Finding.level.in_(_WORTH))
            )
            return connection.execute(query).scalar_one()


def _named(connection: Connection, period: Period, by: By) -> tuple[NamedCount, ...]:
    key: SQLColumnExpression[Any] = {
        By.TARGET: Target.name,
        By.PUBLISHER: Publisher.domain,
        By.MONTH: month(connection, Finding.first_seen_at),
    }.get(by, literal(""))
    has_opportunity = Opportunity.id.is_not(None)
    # A page that cannot be judged any more keeps its last verdict; what looks found is kept beside it.
    lapsed = case((or_(Recheck.gone_at.is_not(None), Recheck.truth == Truth.NOT_NAMED), true()), else_=false())
    query = (
        select(key, Finding.verdict, has_opportunity, func.count(), lapsed)
        .select_from(Finding)
        .join(Opportunity, Opportunity.finding_id == Finding.id, isouter=True)
        .join(Recheck, Recheck.opportunity_id == Opportunity.id, isouter=True)
        .where(
            *_within(Finding.first_seen_at, period),
            Finding.verdict != Verdict.OWN_PAGE,
            Finding.id.not_in(moving.left_behind()),
        )
        .group_by(key, Finding.verdict, has_opportunity, lapsed)
    )
    if by is By.TARGET:
        query = query.join(Target, Target.id == Finding.target_id)
    if by is By.PUBLISHER:
        query = query.join(Page, Page.id == Finding.page_id).join(Publisher, Publisher.id == Page.publisher_id)
    return tuple(NamedCount(*row) for row in connection.execute(query))


def _opportunities(connection: Connection, period: Period, by: By) -> tuple[OpportunityCount, ...]:
    # About what was asked once was worth asking, whatever became of it and of its level since.
    worth = or_(Finding.level.in_(_WORTH), Opportunity.sent_at.is_not(None))
    first = aliased(Draft)
    drafted = first.id.is_not(None)
    key = month(connection, Finding.first_seen_at) if by is By.MONTH else _key(by)
    query = (
        select(key, Opportunity.state, worth, drafted, func.count())
        .select_from(Finding)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Target, Target.id == Finding.target_id)
        .join(first, and_(first.opportunity_id == Opportunity.id, first.revision == 1), isouter=True)
        .join(Contact, Contact.id == Opportunity.contact_id, isouter=True)
        .where(*_within(Finding.first_seen_at, period))
        .group_by(key, Opportunity.state, worth, drafted)
    )
    return tuple(OpportunityCount(*row) for row in connection.execute(query))


def _happenings(connection: Connection, since: datetime | None) -> tuple[Happening, ...]:
    """Of opportunities to which something happened since then, whole: a second email is told by what went before it.

    In the order in which they were written, so that the table is read from its beginning to its end; sorting by time
    is left to the reader, for the database would look up each row by its time. Details are read where they say more
    than the kind: taking a hundred thousand of them apart is half of the work.
    """
    telling = case((Event.kind.in_((UNDONE, *LOOKS)), Event.detail), else_=null())
    query = (
        select(_number(), Event.kind, Event.at, type_coerce(telling, StorableJson()))
        .where(*_counted(since))
        .order_by(Event.id)
    )
    found = [Happening(number, kind, at, detail or {}) for number, kind, at, detail in connection.execute(query)]
    found.sort(key=attrgetter("at"))
    return tuple(found)


def _outcomes(connection: Connection, start: datetime, end: datetime) -> list[Outcome]:
    events = connection.execute(
        select(_number(), Event.kind, Event.at, Event.detail)
        .where(Event.kind.in_(LOOKS), Event.at >= start, Event.at <= end, Event.subject.startswith(_SUBJECT))
        .order_by(Event.at, Event.id)
    ).all()
    query = (
        select(
            Opportunity.id,
            Target.name.label("target"),
            Publisher.domain,
            Publisher.name.label("publisher_name"),
            func.coalesce(Page.title, Page.announced_title).label("page_title"),
            Page.url,
            Page.key,
        )
        .select_from(Opportunity)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .join(Target, Target.id == Finding.target_id)
    )
    about: dict[int, AnyRow] = {
        row.id: row
        for part in chunks(sorted({event[0] for event in events}))
        for row in connection.execute(query.where(Opportunity.id.in_(part)))
    }
    return [
        Outcome(
            opportunity_id=number,
            kind=kind,
            at=at,
            detail=detail,
            target=row.target,
            publisher=row.domain,
            publisher_name=row.publisher_name,
            page_title=row.page_title,
            page_url=page_url(row.url, row.key),
        )
        for number, kind, at, detail in events
        if (row := about.get(number)) is not None
    ]


def _number() -> SQLColumnExpression[int]:
    """The opportunity that an event is about."""
    return cast(func.substr(Event.subject, len(_SUBJECT) + 1), Integer)


def _counted(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The events that reports count; of opportunities to which one happened since then (None: ever), all of them."""
    counted = (Event.kind.in_(COUNTED), Event.subject.startswith(_SUBJECT))
    if since is None:
        return counted
    return (*counted, Event.subject.in_(select(Event.subject).where(*counted, Event.at >= since)))


def _subjects(connection: Connection, by: By, since: datetime | None) -> dict[int, Subject]:
    """Every opportunity to which something happened. Of its template and contact only what the groups need is read."""
    told = select(_number()).where(*_counted(since))
    key: SQLColumnExpression[Any] = _key(by) if by in {By.TEMPLATE, By.CONTACT_ROLE} else null()
    query: AnySelect = (
        select(Opportunity.id, Finding.target_id, Page.publisher_id, key, Opportunity.sent_at)
        .select_from(Opportunity)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .where(Opportunity.id.in_(told))
    )
    if by is By.CONTACT_ROLE:
        query = query.join(Contact, Contact.id == Opportunity.contact_id, isouter=True)
    # Names stand in two short tables: they are put in here, not copied a hundred thousand times by the database.
    targets: dict[int, str] = {row[0]: row[1] for row in connection.execute(select(Target.id, Target.name))}
    domains: dict[int, str] = {row[0]: row[1] for row in connection.execute(select(Publisher.id, Publisher.domain))}
    return {
        number: Subject(number, targets[target], domains[publisher], group, sent_at)
        for number, target, publisher, group, sent_at in connection.execute(query)
    }


def _key(by: By) -> SQLColumnExpression[Any]:
    """What an opportunity is grouped by, in a query that holds Opportunity, Page, Publisher, Target and Contact."""
    if by is By.TEMPLATE:
        return _of_first_email(Draft.template)
    if by is By.CONTACT_ROLE:
        return func.coalesce(Contact.role, _role_of_addressee())
    return type_coerce(Target.name if by is By.TARGET else Publisher.domain, Text)


def _of_first_email(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A column of the newest revision of the first email; NULL where there is no draft."""
    return (
        select(column)
        .where(Draft.opportunity_id == Opportunity.id, Draft.follow_up == 0)
        .order_by(Draft.revision.desc())
        .limit(1)
        .scalar_subquery()
    )


def _role_of_addressee() -> ColumnElement[Any]:
    """The role of the contact at the publisher who has the draft's address."""
    held = aliased(Contact)
    return (
        select(held.role)
        .where(held.publisher_id == Page.publisher_id, held.email == _of_first_email(Draft.to_address))
        .scalar_subquery()
    )


def _domains(connection: Connection, end: datetime) -> tuple[DomainLinks, ...]:
    stands = case((Link.last_seen_at == Finding.last_checked_at, 1), else_=0)
    query = (
        select(Publisher.domain, func.min(Link.first_seen_at), func.max(Link.last_seen_at), func.max(stands))
        .select_from(Link)
        .join(Finding, Finding.id == Link.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
        .where(*_our_links(), Link.first_seen_at < end)
        .group_by(Publisher.domain)
        .order_by(Publisher.domain)
    )
    return tuple(DomainLinks(row[0], row[1], row[2], bool(row[3])) for row in connection.execute(query))


def _own_pages(connection: Connection, period: Period) -> tuple[OwnPageLinks, ...]:
    """Each address as it was written; mentions.reporting puts those together that lead to one page."""
    pairs = (
        select(
            Link.effective_url.label("url"),
            func.min(Link.first_seen_at).label("first"),
            func.max(Link.last_seen_at).label("last"),
            func.max(case((Link.last_seen_at == Finding.last_checked_at, 1), else_=0)).label("stands"),
        )
        .select_from(Link)
        .join(Finding, Finding.id == Link.finding_id)
        .where(*_our_links(), Link.first_seen_at < period.end, Link.effective_url.is_not(None))
        .group_by(Link.effective_url, Finding.page_id)
        .subquery()
    )
    gone = and_(pairs.c.stands == 0, pairs.c.last >= period.start)
    query = select(
        pairs.c.url,
        func.sum(pairs.c.stands),
        func.sum(case((pairs.c.first >= period.start, 1), else_=0)),
        func.sum(case((gone, 1), else_=0)),
    ).group_by(pairs.c.url)
    return tuple(OwnPageLinks(row[0], *map(int, row[1:])) for row in connection.execute(query))


def _link_ends(connection: Connection) -> tuple[LinkEnd, ...]:
    reclaimed = own_site.reclaimed_by_page(connection)
    looked = destinations.find(connection, map(canonical_url, reclaimed)) if reclaimed else {}
    pages = own_pages(looked.values(), {}, own_site.own_site(connection), reclaimed)
    return tuple(
        LinkEnd(page.url, page.reclaimed, page.standing, len(page.looked.hops) if page.looked else 0, _why(page))
        for page in pages
        if page.reclaimed
    )


def _why(page: OwnPage) -> tuple[str, ...]:
    leads = f"it leads to {page.leads_to}" if page.leads_to else None
    return tuple(said for said in (page.problem, leads, *page.remarks) if said)


def _our_links() -> tuple[ColumnElement[bool], ...]:
    """Links of articles of others that lead to us and can be seen."""
    return (
        Link.ours.is_(True),
        Link.hidden.is_(False),
        Link.zone.in_(_ARTICLE_ZONES),
        Finding.verdict != Verdict.OWN_PAGE,
    )


def _within(column: InstrumentedAttribute[datetime], period: Period) -> tuple[ColumnElement[bool], ...]:
    return (column >= period.start, column < period.end)


def month(connection: Connection, column: InstrumentedAttribute[datetime]) -> SQLColumnExpression[Any]:
    """ "2026-11" of a moment, in UTC."""
    if connection.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM")
    return func.substr(type_coerce(column, Text), 1, 7)  # SQLite keeps moments as ISO 8601 text
