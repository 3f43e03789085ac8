"""The review desk's queue: one page of it, counts of it, and who comes next. See mentions.queueing.

Pages are found by the place where the last one ended, never by how many rows came before it: a page in the middle costs
what the first one costs, and no find is shown twice or passed over when others come in meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    SQLColumnExpression,
    and_,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    text,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from mentions.findings import Verdict
from mentions.queueing import Cursor, QueueFilters, Shown, Snoozed, Sort, Whose, words_of
from mentions.store import queries
from mentions.store.folding import without_accents
from mentions.store.models import Opportunity, Publisher, QueueRow, QueueTally, Target
from mentions.store.records import OpportunityState, StoredFinding
from mentions.store.statements import AnyRow, AnySelect

PAGE_ROWS: Final = 50
_MANY: Final = 2_000  # finds; the first page of them is near in any order, and of fewer all are sorted in no time
MOST_SEARCHED: Final = 20_000  # the newest finds that hold the words; more are not worth a person's waiting

_Counted = type[QueueRow] | type[QueueTally]  # both have the columns that are counted by
_ORDERS: Final[dict[Sort, InstrumentedAttribute[Any]]] = {
    Sort.PRIORITY: QueueRow.priority,
    Sort.NEWEST: QueueRow.found_at,
    Sort.WAITING: QueueRow.state_at,
    Sort.PUBLISHER: QueueRow.publisher,
}


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One row of the queue. Its finding comes without links."""

    id: int  # of the opportunity
    finding: StoredFinding
    cursor: Cursor
    rev: int
    state: OpportunityState
    state_at: datetime
    found_at: datetime
    assigned_to: str | None
    has_contact: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue, and whether there are more before and behind it."""

    entries: tuple[QueueEntry, ...]
    before: Cursor | None  # where the page before this one ends; None: this is the first
    after: Cursor | None  # where the next page begins; None: this is the last


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many finds fit. By state: with every filter but that of the state; by verdict: with every other but that."""

    total: int
    waiting: int  # of those by state, the ones that wait for whoever asks
    by_state: dict[OpportunityState, int]
    by_verdict: dict[Verdict, int]
    beyond_search: bool = False  # more than MOST_SEARCHED finds hold the words; only the newest were counted


def page(
    connection: Connection,
    filters: QueueFilters,
    *,
    viewer: str,
    now: datetime,
    after: Cursor | None = None,
    before: Cursor | None = None,
    rows: int = PAGE_ROWS,
    fits: int | None = None,
) -> QueuePage:
    """The first page, the page behind `after`, or the one that ends before `before`.

    `fits`: how many finds fit, by `counts`, where that is known; it says in which way they are found the fastest.
    """
    if fits == 0:
        return QueuePage((), None, None)
    backwards = before is not None
    many = fits is not None and fits >= _MANY
    found = _keys(connection, filters, viewer, now, before or after, rows + 1, backwards=backwards, many=many)
    if backwards and len(found) <= rows:  # the beginning of the queue: its first page, whole
        return page(connection, filters, viewer=viewer, now=now, rows=rows)
    more = len(found) > rows
    found = found[:rows][::-1] if backwards else found[:rows]
    entries = _entries(connection, found)
    if not entries:  # a place behind the end of a queue that has shrunk: its first page
        return (
            QueuePage((), None, None) if after is None else page(connection, filters, viewer=viewer, now=now, rows=rows)
        )
    is_first, is_last = (not more, False) if backwards else (after is None, not more)
    return QueuePage(entries, None if is_first else entries[0].cursor, None if is_last else entries[-1].cursor)


def counts(connection: Connection, filters: QueueFilters, *, viewer: str, now: datetime) -> QueueCounts:
    """How many finds fit, by state and by verdict: from the tally, or by one walk along one index."""
    of = QueueRow if _beside_the_tally(filters) else QueueTally
    finds: ColumnElement[int] = func.count() if of is QueueRow else func.sum(QueueTally.finds)
    theirs = _belongs_to(of, filters.assigned or Whose.FREE, viewer)
    waiting = of.waits if theirs is None else and_(of.waits, theirs)
    # SQLite would walk the whole index that is in the order of the groups, rather than the few finds of these days.
    of_days = filters.found_between(now)[0] is not None
    state, verdict = [_by_value(connection, each) if of_days else each for each in (of.state, of.verdict)]
    query = select(
        state.label("state"),
        verdict.label("verdict"),
        finds.label("finds"),
        func.coalesce(finds.filter(waiting), 0).label("waiting"),
    ).group_by(state, verdict)
    shared = _conditions(connection, of, filters, viewer, now, leave_out=("state", "verdict"))
    by_state: dict[OpportunityState, int] = {}
    by_verdict: dict[Verdict, int] = {}
    waits = total = 0
    for row in connection.execute(query.where(*shared).having(finds > 0)):
        shown = row.waiting if filters.state is Shown.WAITING else row.finds
        if filters.verdict in {None, row.verdict}:
            by_state[row.state] = by_state.get(row.state, 0) + row.finds
            waits += row.waiting
        if filters.state in {Shown.WAITING, Shown.ANY, row.state} and shown:
            by_verdict[row.verdict] = by_verdict.get(row.verdict, 0) + shown
            total += shown if filters.verdict in {None, row.verdict} else 0
    return QueueCounts(total, waits, by_state, by_verdict, _beyond_search(connection, filters))


def next_in_queue(
    connection: Connection, filters: QueueFilters, *, viewer: str, now: datetime, after: Cursor | None
) -> tuple[int, Cursor] | None:
    """The first find behind a place, with its own place; None: the queue is at its end there.

    `after` must be where the last find stood before anything was decided about it: a decision may move it.
    """
    found = _keys(connection, filters, viewer, now, after, 1, backwards=False)
    return (found[0].id, Cursor(found[0].value, found[0].id)) if found else None


def languages(connection: Connection) -> list[str]:
    """The languages of the pages that were found, sorted."""
    return _values(connection, QueueTally.language)


def assignees(connection: Connection) -> list[str]:
    """Everybody who has taken over a find, or was given one, sorted."""
    return _values(connection, QueueTally.assigned_to)


def target_names(connection: Connection) -> list[str]:
    """Every target that was ever watched, sorted."""
    return sorted(connection.execute(select(Target.name)).scalars())


def waiting_by_target(connection: Connection) -> dict[int, int]:
    """How many finds wait for somebody, by the number of their target."""
    finds = func.sum(QueueTally.finds)
    query = select(QueueTally.target_id, finds.label("finds")).where(QueueTally.waits.is_(True))
    return {row.target_id: row.finds for row in connection.execute(query.group_by(QueueTally.target_id)) if row.finds}


def _values(connection: Connection, column: InstrumentedAttribute[str | None]) -> list[str]:
    """What stands in a column for one find at least, sorted."""
    query = select(column).where(column.is_not(None)).group_by(column).having(func.sum(QueueTally.finds) > 0)
    return sorted(found for found in connection.execute(query).scalars() if found is not None)


def _keys(
    connection: Connection,
    filters: QueueFilters,
    viewer: str,
    now: datetime,
    place: Cursor | None,
    limit: int,
    *,
    backwards: bool,
    many: bool = False,
) -> Sequence[AnyRow]:
    """The next rows behind a place (before it, the nearest first), by value and number.

    Where many fit, the first of them stand near, and the index that is in their order is walked. SQLite would rather
    read all of a state and sort them, which takes 80 ms for 35,000.
    """
    value = _ORDERS[filters.sort]
    falling = filters.sort.falls != backwards
    state = _by_value(connection, QueueRow.state) if many else None
    conditions = _conditions(connection, QueueRow, filters, viewer, now, state=state)
    query: AnySelect = select(QueueRow.id, value.label("value")).where(*conditions)
    if place is not None:
        here, there = tuple_(value, QueueRow.id), tuple_(literal(place.value, value.type), literal(place.id, Integer))
        query = query.where(here < there if falling else here > there)
    order = (value.desc(), QueueRow.id.desc()) if falling else (value, QueueRow.id)
    return connection.execute(query.order_by(*order).limit(limit)).all()


def _entries(connection: Connection, found: Sequence[AnyRow]) -> tuple[QueueEntry, ...]:
    ids = [row.id for row in found]
    query = queries.finding_query(with_opportunity=True).where(Opportunity.id.in_(ids))
    findings = {finding.opportunity_id: finding for finding in queries.stored_findings(connection, query)}
    about = select(*QueueRow.__table__.columns, Opportunity.rev).join(Opportunity, Opportunity.id == QueueRow.id)
    rows = {row.id: row for row in connection.execute(about.where(QueueRow.id.in_(ids)))}
    return tuple(
        QueueEntry(
            id=key.id,
            finding=findings[key.id],
            cursor=Cursor(key.value, key.id),
            rev=rows[key.id].rev,
            state=rows[key.id].state,
            state_at=rows[key.id].state_at,
            found_at=rows[key.id].found_at,
            assigned_to=rows[key.id].assigned_to,
            has_contact=rows[key.id].has_contact,
            waits=rows[key.id].waits,
        )
        for key in found
        if key.id in findings
    )


def _beside_the_tally(filters: QueueFilters) -> bool:
    """Is something asked for that the tally does not know?"""
    return bool(filters.publisher or filters.age or filters.text)


def _conditions(
    connection: Connection,
    of: _Counted,
    filters: QueueFilters,
    viewer: str,
    now: datetime,
    leave_out: tuple[str, ...] = (),
    state: SQLColumnExpression[OpportunityState] | None = None,
) -> list[ColumnElement[bool]]:
    """`state`: what is compared with the state that is asked for; None: the column."""
    made = [
        *_own_columns(of, filters, leave_out, of.state if state is None else state),
        *_not_snoozed(of, filters, now),
    ]
    if filters.target:  # by name: one that there is not fits nothing
        made.append(of.target_id == select(Target.id).where(Target.name == filters.target).scalar_subquery())
    if not (filters.assigned is None and "state" in leave_out):
        theirs = _belongs_to(of, filters.whose, viewer)
        made += [theirs] if theirs is not None else []
    return [*made, *_in_the_queue(connection, filters, now)]


def _by_value(connection: Connection, column: InstrumentedAttribute[Any]) -> SQLColumnExpression[Any]:
    """The column as a value that SQLite finds no index for; PostgreSQL chooses better, by what it knows of the rows."""
    return column if connection.dialect.name == "postgresql" else func.coalesce(column, column)


def _own_columns(
    of: _Counted, filters: QueueFilters, leave_out: tuple[str, ...], state: SQLColumnExpression[OpportunityState]
) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    if "state" not in leave_out:
        if filters.state is Shown.WAITING:
            made.append(of.waits.is_(True))
        elif filters.state is not Shown.ANY:
            made.append(state == filters.state)
    if filters.verdict and "verdict" not in leave_out:
        made.append(of.verdict == filters.verdict)
    if filters.level:
        made.append(of.level == filters.level)
    if filters.language:
        made.append(of.language == filters.language)
    if filters.contact is not None:
        made.append(of.has_contact.is_(filters.contact))
    return made


def _not_snoozed(of: _Counted, filters: QueueFilters, now: datetime) -> list[ColumnElement[bool]]:
    if filters.snoozed is Snoozed.HIDDEN:
        return [or_(of.snoozed_until.is_(None), of.snoozed_until <= now)]
    return [of.snoozed_until > now] if filters.snoozed is Snoozed.ONLY else []


def _in_the_queue(connection: Connection, filters: QueueFilters, now: datetime) -> list[ColumnElement[bool]]:
    """What only the queue itself knows: see _beside_the_tally."""
    made: list[ColumnElement[bool]] = []
    if filters.publisher:
        named = select(Publisher.id).where(Publisher.domain == filters.publisher).scalar_subquery()
        made.append(QueueRow.publisher_id == named)
    since, until = filters.found_between(now)
    if since is not None:
        made.append(QueueRow.found_at >= since)
    if until is not None:
        made.append(QueueRow.found_at < until)
    if filters.text:
        made.append(QueueRow.id.in_(_searched(connection, filters.text)))
    return made


def _belongs_to(of: _Counted, whose: str, viewer: str) -> ColumnElement[bool] | None:
    mine = of.assigned_to == viewer
    match whose:
        case Whose.ANYONE:
            return None
        case Whose.MINE:
            return mine
        case Whose.NOBODY:
            return of.assigned_to.is_(None)
        case Whose.FREE:
            return or_(of.assigned_to.is_(None), mine)
        case _:
            return of.assigned_to == whose


# The search, which no model describes: see store/queue_upkeep.py.
_SQLITE_SEARCH: Final = table("queue_search", column("rowid", Integer))
_POSTGRES_SEARCH: Final = table("queue_search", column("id", Integer))


def _searched(connection: Connection, words: str, limit: int = MOST_SEARCHED) -> AnySelect:
    """The numbers of the newest finds that hold all the words, each of them perhaps unfinished."""
    asked = words_of(words)
    if connection.dialect.name == "postgresql":
        asked = [without_accents(word) for word in asked]
        number, condition = _POSTGRES_SEARCH.c.id, text("words @@ to_tsquery('simple', :words)")
        lexemes = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in asked]
        condition = condition.bindparams(words=" & ".join(lexemes))
        query: AnySelect = select(number).select_from(_POSTGRES_SEARCH)
    else:
        number, condition = _SQLITE_SEARCH.c.rowid, text("queue_search MATCH :words")
        condition = condition.bindparams(words=" ".join('"' + word.replace('"', '""') + '"*' for word in asked))
        query = select(number).select_from(_SQLITE_SEARCH)
    return query.where(condition if asked else false()).order_by(number.desc()).limit(limit)


def _beyond_search(connection: Connection, filters: QueueFilters) -> bool:
    if not filters.text:
        return False
    found = _searched(connection, filters.text, MOST_SEARCHED + 1).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one() > MOST_SEARCHED
