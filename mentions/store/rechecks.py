"""The store's methods about looking again: what is due, who asked for a look, and what looks have shown so far."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, case, func, insert, or_, select, update

from mentions.exceptions import NothingThere, StoreError
from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.rechecking.looks import SeenLink
from mentions.rechecking.schedule import LATEST
from mentions.rechecking.truth import Watched
from mentions.rechecking.words import Happening, Sight, Truth
from mentions.store import following
from mentions.store.connecting import Connecting
from mentions.store.models import Event, Finding, Look, Opportunity, Page, Publisher, Recheck, Target
from mentions.store.records import OpportunityState, WaitingPage
from mentions.store.statements import AnyRow, AnySelect, chunks
from mentions.workflow import Standing

_ROWS_AT_ONCE: Final = 500  # planned in one transaction, which must not keep a person at the review desk waiting
_STANDING: Final = ("state", "state_at", "sent_at", "handed_off_at")


@dataclass(frozen=True, slots=True)
class StoredLook:
    """One look at the article of an opportunity, as the log has it."""

    opportunity_id: int
    at: datetime
    sight: Sight
    page_state: PageState
    http_status: int | None  # None: no answer
    reason: str | None  # why it could not be read
    verdict: Verdict | None
    truth: Truth | None  # None: the look could tell nothing
    link: SeenLink | None  # the best link of ours that stood in the article


@dataclass(frozen=True, slots=True)
class DueLook:
    """A look that is due, as lists show it."""

    opportunity_id: int
    target: str
    publisher: str  # domain
    page_url: str
    state: OpportunityState
    truth: Truth | None
    last_look_at: datetime | None
    due_at: datetime
    asked_by: str | None  # a person waits for it


@dataclass(frozen=True, slots=True)
class WhatHappened:
    """One event that a look brought to light, as lists show it; see mentions.rechecking."""

    at: datetime
    kind: str  # a word of Happening
    opportunity_id: int
    target: str
    publisher: str  # domain
    page_url: str
    detail: Mapping[str, Any]


class Rechecking(Connecting):
    """A part of the store."""

    def ask_for_look(self, opportunity_id: int, *, by: str, now: datetime) -> None:
        """The next recheck looks at this article first. Asking again changes nothing. Raises StoreError."""
        with self._write() as connection:
            ask_for_look(connection, opportunity_id, by=by, now=now)

    def asked_looks(self) -> list[int]:
        """The opportunities for which somebody waits for a look, the longest waiting first."""
        query = select(Recheck.opportunity_id).where(Recheck.asked_at.is_not(None), _wanted())
        with self._read() as connection:
            return list(connection.execute(query.order_by(Recheck.asked_at, Recheck.opportunity_id)).scalars())

    def looks(self, opportunity_id: int, *, limit: int = 100) -> list[StoredLook]:
        """The looks at an opportunity's article, the newest first."""
        query = select(Look.__table__).where(Look.opportunity_id == opportunity_id)
        with self._read() as connection:
            rows = connection.execute(query.order_by(Look.looked_at.desc()).limit(limit)).all()
        return [_look(row) for row in rows]

    def watched(self, opportunity_id: int) -> Watched:
        """What is known of an opportunity's article by every look so far."""
        query = select(Recheck.__table__).where(Recheck.opportunity_id == opportunity_id)
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        return following.watched_of(row) if row is not None else Watched()

    def plan_looks(self, *, now: datetime) -> int:
        """Plans the next look at every opportunity whose state changed since it was planned; returns how many.

        To be called before looks are taken: people decide in between, and no decision waits for a plan.
        """
        planned, behind = 0, 0
        while True:
            with self._write() as connection:
                done = plan(connection, now, behind=behind)
            planned += len(done)
            if len(done) < _ROWS_AT_ONCE:
                return planned
            behind = done[-1]

    def publishers_due(self, *, now: datetime, asked_only: bool = False, of: Sequence[int] = ()) -> list[str]:
        """The domains of the publishers at which looks are due, those at which somebody waits for one first.

        `asked_only`: looks that a person asked for; `of`: at these opportunities only.
        """
        waits = func.count(Recheck.asked_at)
        query = (
            select(Publisher.domain)
            .join(Recheck, Recheck.publisher_id == Publisher.id)
            .where(_due(now, asked_only=asked_only, of=of), _wanted())
            .group_by(Publisher.domain)
            .order_by(case((waits > 0, 0), else_=1), func.min(Recheck.next_look_at), Publisher.domain)
        )
        with self._read() as connection:
            return list(connection.execute(query).scalars())

    def pages_due(
        self, publisher: str, limit: int, *, now: datetime, asked_only: bool = False, of: Sequence[int] = ()
    ) -> list[WaitingPage]:
        """At most `limit` pages of a publisher to look at again: asked for first, then the longest due."""
        with self._read() as connection:
            return pages_due(connection, publisher, limit, _due(now, asked_only=asked_only, of=of))

    def looks_due(self, *, now: datetime, limit: int, asked_only: bool = False) -> list[DueLook]:
        """What is due, as lists show it: asked for first, then the longest due."""
        query = (
            select(
                Recheck.opportunity_id,
                Target.name.label("target"),
                Publisher.domain.label("publisher"),
                Page.url.label("page_url"),
                Opportunity.state,
                Recheck.truth,
                Recheck.last_look_at,
                func.coalesce(Recheck.next_look_at, Recheck.asked_at).label("due_at"),
                Recheck.asked_by,
            )
            .join(Opportunity, Opportunity.id == Recheck.opportunity_id)
            .join(Finding, Finding.id == Opportunity.finding_id)
            .join(Target, Target.id == Finding.target_id)
            .join(Page, Page.id == Recheck.page_id)
            .join(Publisher, Publisher.id == Recheck.publisher_id)
            .where(_due(now, asked_only=asked_only), _wanted())
            .order_by(Recheck.asked_at.is_(None), Recheck.next_look_at, Recheck.opportunity_id)
            .limit(limit)
        )
        with self._read() as connection:
            return [DueLook(*row) for row in connection.execute(query)]

    def count_looks_due(self, *, now: datetime, asked_only: bool = False) -> int:
        """How many looks are due, or asked for."""
        query = select(func.count()).select_from(Recheck).where(_due(now, asked_only=asked_only), _wanted())
        with self._read() as connection:
            return connection.execute(query).scalar_one()

    def what_happened(self, *, since: datetime, limit: int) -> list[WhatHappened]:
        """What looks brought to light since then, the newest first; without looks that were asked for."""
        kinds = [kind.value for kind in Happening if kind is not Happening.LOOK_ASKED]
        events = (
            select(Event.id, Event.at, Event.kind, Event.subject, Event.detail)
            .where(Event.at >= since, Event.kind.in_(kinds))
            .order_by(Event.at.desc(), Event.id.desc())
            .limit(limit)
        )
        with self._read() as connection:
            found = connection.execute(events).all()
            numbers = {row.id: int(row.subject.rpartition("/")[2]) for row in found}
            about = _about(connection, sorted(set(numbers.values())))
        return [
            WhatHappened(row.at, row.kind, number, *about[number], row.detail)
            for row in found
            if (number := numbers[row.id]) in about
        ]

    def links_watched(self) -> list[str]:
        """Where the links of ours lead that stand in watched articles, none twice."""
        standing = [truth for truth in Truth if truth.has_link]
        query = select(Recheck.link_url).where(Recheck.truth.in_(standing), Recheck.link_url.is_not(None)).distinct()
        with self._read() as connection:
            return sorted(url for url in connection.execute(query).scalars() if url)


def ask_for_look(connection: Connection, opportunity_id: int, *, by: str, now: datetime) -> None:
    """See Rechecking.ask_for_look."""
    row = connection.execute(
        select(
            Opportunity.id,
            Finding.page_id,
            Page.publisher_id,
            Target.name.label("target"),
            Target.retired_at,
            Recheck.asked_at,
            Recheck.id.label("recheck_id"),
        )
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Recheck, Recheck.opportunity_id == Opportunity.id, isouter=True)
        .where(Opportunity.id == opportunity_id)
    ).one_or_none()
    if row is None:
        raise NothingThere(f"there is no opportunity {opportunity_id}")
    if row.retired_at is not None:
        raise StoreError(f"opportunity {opportunity_id}: {row.target} was taken out of mentions.toml, so nobody looks")
    if row.asked_at is not None:
        return
    if row.recheck_id is None:
        values = {"opportunity_id": row.id, "page_id": row.page_id, "publisher_id": row.publisher_id}
        connection.execute(insert(Recheck), [{**values, "failures": 0, "absent": 0, "rewritten": False}])
    connection.execute(
        update(Recheck).where(Recheck.opportunity_id == opportunity_id).values(asked_at=now, asked_by=by)
    )
    event = {"at": now, "kind": Happening.LOOK_ASKED.value, "subject": f"opportunity/{opportunity_id}", "actor": by}
    connection.execute(insert(Event), [{**event, "detail": {}}])


def plan(connection: Connection, now: datetime, *, behind: int = 0) -> list[int]:
    """Plans at most _ROWS_AT_ONCE opportunities that stand differently than when they were planned.

    Returns the rows of table recheck that it planned, in order; all of them lie behind the row `behind`, so that a
    second call need not pass by what the first one did.

    Told by inequality, not by later times: clocks are put back, and people undo. What lies further ahead than
    anything is ever planned was planned by a clock that went wrong.
    """
    unplanned = or_(
        Recheck.planned_for.is_(None),
        Recheck.planned_for != Opportunity.state,
        Recheck.planned_for_at.is_distinct_from(Opportunity.state_at),
        Recheck.next_look_at > now + LATEST,
    )
    rows = connection.execute(
        select(Recheck.__table__, *(getattr(Opportunity, name) for name in _STANDING))
        .join(Opportunity, Opportunity.id == Recheck.opportunity_id)
        .where(unplanned, Recheck.id > behind)
        .order_by(Recheck.id)
        .limit(_ROWS_AT_ONCE)
    ).all()
    if not rows:
        return []
    values = []
    for row in rows:
        standing = Standing(**{name: getattr(row, name) for name in _STANDING})
        planned = following.plan(following.watched_of(row), standing, now=now)
        values.append({"of": row.id, **{f"new_{name}": value for name, value in planned.items()}})
    names = [name.removeprefix("new_") for name in values[0] if name != "of"]
    statement = update(Recheck).where(Recheck.id == bindparam("of"))
    connection.execute(statement.values({name: bindparam(f"new_{name}") for name in names}), values)
    return [row.id for row in rows]


def pages_due(connection: Connection, publisher: str, limit: int, due: Any) -> list[WaitingPage]:
    """See Rechecking.pages_due. A page with several opportunities is one page."""
    publisher_id = connection.execute(select(Publisher.id).where(Publisher.domain == publisher)).scalar()
    if publisher_id is None:
        return []
    chosen: AnySelect = (
        select(Recheck.page_id)
        .where(Recheck.publisher_id == publisher_id, due, _wanted())
        .order_by(Recheck.asked_at.is_(None), Recheck.next_look_at, Recheck.opportunity_id)
        .limit(limit)
    )
    ids = list(dict.fromkeys(connection.execute(chosen).scalars()))
    rows = {row.id: row for part in chunks(ids) for row in _pages(connection, part)}
    expected = _targets_on(connection, ids)
    return [_waiting(rows[page_id], publisher, expected[page_id]) for page_id in ids]


def _due(now: datetime, *, asked_only: bool = False, of: Sequence[int] = ()) -> Any:
    asked = Recheck.asked_at.is_not(None)
    due = asked if asked_only else or_(asked, Recheck.next_look_at <= now)
    return and_(due, Recheck.opportunity_id.in_(of)) if of else due


def _wanted() -> Any:
    """Nobody looks for a target that was taken out of the configuration."""
    return ~(
        select(Finding.id)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .join(Target, Target.id == Finding.target_id)
        .where(Opportunity.id == Recheck.opportunity_id, Target.retired_at.is_not(None))
        .exists()
    )


def _pages(connection: Connection, ids: Sequence[int]) -> Sequence[AnyRow]:
    # Only what a good look read may answer "unchanged": after "blocked" or an error page the same bytes are news.
    live = Page.state == PageState.LIVE
    return connection.execute(
        select(
            Page.id,
            Page.key,
            Page.url,
            Page.depth,
            Page.attempts,
            case((live, Page.etag)).label("etag"),
            case((live, Page.last_modified)).label("last_modified"),
            case((live, Page.content_hash)).label("content_hash"),
        ).where(Page.id.in_(ids))
    ).all()


def _targets_on(connection: Connection, page_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The names of the targets about which opportunities on these pages are."""
    query = (
        select(Finding.page_id, Target.name)
        .join(Opportunity, Opportunity.finding_id == Finding.id)
        .join(Target, Target.id == Finding.target_id)
        .where(Target.retired_at.is_(None))
        .order_by(Finding.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for part in chunks(page_ids):
        for row in connection.execute(query.where(Finding.page_id.in_(part))):
            found[row.page_id].append(row.name)
    return found


def _about(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """By opportunity: its target, its publisher's domain, and the address of its article."""
    query = (
        select(Opportunity.id, Target.name, Publisher.domain, Page.url)
        .join(Finding, Finding.id == Opportunity.finding_id)
        .join(Target, Target.id == Finding.target_id)
        .join(Page, Page.id == Finding.page_id)
        .join(Publisher, Publisher.id == Page.publisher_id)
    )
    return {
        row.id: (row.name, row.domain, row.url)
        for part in chunks(numbers)
        for row in connection.execute(query.where(Opportunity.id.in_(part)))
    }


def _waiting(row: AnyRow, publisher: str, expected: Sequence[str]) -> WaitingPage:
    return WaitingPage(
        row.key,
        row.url,
        publisher,
        row.depth,
        row.attempts,
        row.etag,
        row.last_modified,
        content_hash=row.content_hash,
        expected=tuple(expected),
    )


def _look(row: AnyRow) -> StoredLook:
    return StoredLook(
        row.opportunity_id,
        row.looked_at,
        row.sight,
        row.page_state,
        row.http_status,
        row.reason,
        row.verdict,
        row.truth,
        following.link_of(row),
    )
