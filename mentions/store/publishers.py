"""What is known of publishers: the list of them, and everything about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from mentions.asking import LinkHabit
from mentions.findings import Verdict
from mentions.publishers import SourceKind
from mentions.store import known
from mentions.store.connecting import Connecting
from mentions.store.models import Draft, Finding, Opportunity, Page, Publisher, QueueRow, Source
from mentions.store.records import OpportunityState
from mentions.store.statements import bytewise, holds

PAGE_ROWS: Final = 50
_ASKS_SHOWN: Final = 50
_SOURCES_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """How many opportunities, snoozed ones and those of others too."""

    finds: int = 0
    waiting: int = 0
    asked: int = 0  # an email went out, or lies in the mail program
    reclaimed: int = 0


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """One publisher in the list."""

    id: int
    domain: str
    name: str
    first_seen_at: datetime
    tally: Tally


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source, and how it was read last."""

    url: str
    kind: SourceKind
    last_looked_at: datetime
    last_good_at: datetime | None  # None: it was never read without a problem
    found: int  # pages it announced at the last good look
    problem: str | None  # None: the last look was good


@dataclass(frozen=True, slots=True)
class Ask:
    """One time somebody at the publisher was asked."""

    opportunity_id: int
    title: str
    at: datetime
    state: OpportunityState
    subject: str | None  # None: the email was not written by this program


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """Everything about one publisher, but for its contacts (Store.contacts_of) and whether it is blocked."""

    line: PublisherLine
    language: str | None
    caveat: str | None
    habit: LinkHabit | None  # None: no article of it was read
    pages_linking: int  # that link to us, followed
    verdicts: dict[Verdict, int]
    asks: tuple[Ask, ...]  # the newest first, _ASKS_SHOWN at most
    sources: tuple[SourceLine, ...]


class Publishing(Connecting):
    """Part of mentions.store.Store."""

    def publishers(
        self, *, text: str = "", after: str | None = None, before: str | None = None, rows: int = PAGE_ROWS
    ) -> tuple[list[PublisherLine], bool]:
        """A page of the publishers by domain, behind or before one, and whether there are more in that direction.

        `text`: only those in whose name or domain it stands.
        """
        with self._read() as connection:
            return lines(connection, text=text, after=after, before=before, rows=rows)

    def publisher(self, domain: str) -> PublisherFacts | None:
        """Everything about one publisher; None: there is none of that domain."""
        with self._read() as connection:
            return facts(connection, domain)


def lines(
    connection: Connection, *, text: str, after: str | None, before: str | None, rows: int
) -> tuple[list[PublisherLine], bool]:
    """See Publishing.publishers."""
    domain = bytewise(connection, Publisher.domain)
    query = select(Publisher.id, Publisher.domain, Publisher.name, Publisher.first_seen_at)
    if text:
        query = query.where(_holds(text))
    if after is not None:
        query = query.where(domain > after)
    if before is not None:
        query = query.where(domain < before)
    found = connection.execute(query.order_by(domain.desc() if before is not None else domain).limit(rows + 1)).all()
    shown = found[:rows][::-1] if before is not None else found[:rows]
    counts = _counts(connection, [row.id for row in shown])
    return [PublisherLine(*row, counts.get(row.id, Tally())) for row in shown], len(found) > rows


def facts(connection: Connection, domain: str) -> PublisherFacts | None:
    """See Publishing.publisher."""
    row = connection.execute(select(Publisher.__table__).where(Publisher.domain == domain)).one_or_none()
    if row is None:
        return None
    tally = _counts(connection, [row.id]).get(row.id, Tally())
    return PublisherFacts(
        line=PublisherLine(row.id, row.domain, row.name, row.first_seen_at, tally),
        language=row.language,
        caveat=row.caveat,
        habit=known.link_habits(connection, [row.id]).get(row.id),
        pages_linking=known.pages_linking(connection, [row.id]).get(row.id, 0),
        verdicts=_verdicts(connection, row.id),
        asks=tuple(_asks(connection, row.id)),
        sources=tuple(_sources(connection, row.id)),
    )


def _holds(text: str) -> ColumnElement[bool]:
    return or_(holds(Publisher.name, text.strip()), holds(Publisher.domain, text.strip()))


_ASKED: Final = (
    OpportunityState.HANDED_OFF,
    OpportunityState.SENT,
    OpportunityState.REPLIED,
    OpportunityState.RECLAIMED,
    OpportunityState.DECLINED,
    OpportunityState.NO_REPLY,
)


def _counts(connection: Connection, publishers: Sequence[int]) -> dict[int, Tally]:
    query = (
        select(
            QueueRow.publisher_id,
            func.count(),
            func.count().filter(QueueRow.waits),
            func.count().filter(QueueRow.state.in_(_ASKED)),
            func.count().filter(QueueRow.state == OpportunityState.RECLAIMED),
        )
        .where(QueueRow.publisher_id.in_(publishers))
        .group_by(QueueRow.publisher_id)
    )
    return {row[0]: Tally(*row[1:]) for row in connection.execute(query)}


def _verdicts(connection: Connection, publisher_id: int) -> dict[Verdict, int]:
    query = (
        select(Finding.verdict, func.count().label("findings"))
        .join(Page, Page.id == Finding.page_id)
        .where(Page.publisher_id == publisher_id)
        .group_by(Finding.verdict)
    )
    counts = {row.verdict: row.findings for row in connection.execute(query)}
    return {verdict: counts[verdict] for verdict in Verdict if verdict in counts}


def _asks(connection: Connection, publisher_id: int) -> list[Ask]:
    at: ColumnElement[Any] = func.coalesce(
        Opportunity.sent_at, Opportunity.handed_off_at, type_=Opportunity.sent_at.type
    )
    newest = select(func.max(Draft.revision)).where(Draft.opportunity_id == Opportunity.id).correlate(Opportunity)
    query = (
        select(
            Opportunity.id,
            func.coalesce(Page.title, Page.announced_title, Page.url).label("title"),
            at.label("at"),
            Opportunity.state,
            Draft.subject,
        )
        .select_from(QueueRow)
        .join(Opportunity, Opportunity.id == QueueRow.id)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .outerjoin(Draft, (Draft.opportunity_id == Opportunity.id) & (Draft.revision == newest.scalar_subquery()))
        .where(QueueRow.publisher_id == publisher_id, at.is_not(None))
        .order_by(at.desc(), Opportunity.id.desc())
        .limit(_ASKS_SHOWN)
    )
    return [Ask(*row) for row in connection.execute(query)]


def _sources(connection: Connection, publisher_id: int) -> list[SourceLine]:
    query = (
        select(Source.url, Source.kind, Source.last_looked_at, Source.last_good_at, Source.found, Source.problem)
        .where(Source.publisher_id == publisher_id)
        .order_by(Source.problem.is_(None), Source.url)
        .limit(_SOURCES_SHOWN)
    )
    return [SourceLine(*row) for row in connection.execute(query)]
