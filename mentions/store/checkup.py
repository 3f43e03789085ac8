"""Whether a database is sound: its file, its schema, its references, its words, and what belongs together."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from sqlalchemy import URL, Connection, Enum, Text, cast, exists, func, inspect, literal, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import FromClause, Select

from mentions.exceptions import StoreError
from mentions.findings import Verdict
from mentions.store.engine import make_engine, parse_url, plain_errors, reading, sqlite_path
from mentions.store.migrations import HEAD
from mentions.store.models import Base, Check, Draft, Finding, Mention, Opportunity, Page, Run
from mentions.store.records import OpportunityState, RunState
from mentions.store.upgrading import check as revision_of

_SHOWN: Final = 3  # problems of one kind that are named one by one

_WITHOUT_MENTION: Final = (Verdict.NOT_MENTIONED, Verdict.UNKNOWN, Verdict.OWN_PAGE)
_WITH_DRAFT: Final = (OpportunityState.DRAFTED, OpportunityState.APPROVED, OpportunityState.HANDED_OFF)


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at. `says` is what was found, in plain words; `advice` what to do where it is wrong."""

    subject: str
    says: str
    sound: bool = True
    advice: str | None = None


_RESTORE: Final = "stop what uses it and restore a backup (mentions db restore); keep the damaged file"
_REPORT: Final = "please report it with this line; what is named is left as it is"


def check_up(url: str) -> Iterator[Checked]:
    """Looks at everything, one check after the other; changes nothing, and runs beside whoever works.

    Where the schema is not this program's, only the file is looked at. Raises StoreError where there is no database.
    """
    parsed = parse_url(url)
    path = sqlite_path(parsed)
    if path is not None and not path.exists():
        raise StoreError(f"there is no database {path}; `mentions nightly` makes it")
    if path is not None:
        sound = _file_is_sound(str(path))
        yield sound
        if not sound.sound:
            return
    else:
        yield Checked("file", "PostgreSQL keeps its own; its pg_amcheck looks at every page")
    revision = revision_of(url)
    if revision is None:
        yield Checked("schema", "there is none yet", sound=False, advice="mentions db upgrade")
        return
    current = revision == HEAD
    yield Checked(
        "schema", revision if current else f"{revision}, not {HEAD}", sound=current, advice="mentions db upgrade"
    )
    if current:
        yield from _look(parsed)


def rows_by_table(url: str) -> dict[str, int]:
    """How many rows each table of ours holds; only tables that are there."""
    parsed = parse_url(url)
    engine = make_engine(parsed, pooled=False)
    with plain_errors(parsed), reading(engine).connect() as connection:
        there = set(inspect(connection).get_table_names())
        counted = (name for name in Base.metadata.tables if name in there)
        return {
            name: _count(connection, select(literal(1)).select_from(Base.metadata.tables[name])) for name in counted
        }


def _file_is_sound(path: str) -> Checked:
    try:
        with closing(sqlite3.connect(path, timeout=10.0)) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        said = [str(error)]
    if said == ["ok"]:
        return Checked("file", "every page and index of it is sound")
    return Checked("file", _listed(said), sound=False, advice=_RESTORE)


def _look(url: URL) -> Iterator[Checked]:
    engine = make_engine(url, pooled=False)
    with plain_errors(url), reading(engine).connect() as connection:
        for subject, look, fine, advice in _LOOKS:
            problems = list(look(connection))
            yield Checked(subject, _listed(problems) if problems else fine, sound=not problems, advice=advice)


def _lost_references(connection: Connection) -> Iterator[str]:
    """Rows that point to rows that are not there; a server sees to it by itself, unless somebody told it not to."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            here, there = key.parent, key.column
            other: FromClause = there.table.alias("other")
            found = ~exists(select(1).select_from(other).where(other.c[there.name] == here))
            if lost := _count(connection, select(literal(1)).select_from(table).where(here.is_not(None), found)):
                yield f"{lost:,} rows of {table.name} point to a {there.table.name} that is not there"


def _unknown_words(connection: Connection) -> Iterator[str]:
    """Words in columns of known words that this program does not know."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                words = connection.execute(select(cast(column, Text)).distinct().where(column.is_not(None))).scalars()
                if unknown := sorted(set(words) - set(column.type.enums)):
                    yield f"{table.name}.{column.name} says {', '.join(map(repr, unknown[:_SHOWN]))}"


def _pages_without_look(connection: Connection) -> Iterator[str]:
    looked_at = exists(select(Check.id).where(Check.page_id == Page.id))
    if count := _count(connection, select(Page.id).where(Page.state.is_not(None), ~looked_at)):
        yield f"{count:,} fetched pages without a look at them"


def _findings_without_mention(connection: Connection) -> Iterator[str]:
    named = exists(select(Mention.id).where(Mention.finding_id == Finding.id))
    if count := _count(connection, select(Finding.id).where(Finding.verdict.not_in(_WITHOUT_MENTION), ~named)):
        yield f"{count:,} findings say that an article names us, and have no mention"


def _states_without_draft(connection: Connection) -> Iterator[str]:
    drafted = exists(select(Draft.id).where(Draft.opportunity_id == Opportunity.id))
    if count := _count(connection, select(Opportunity.id).where(Opportunity.state.in_(_WITH_DRAFT), ~drafted)):
        yield f"{count:,} opportunities are drafted, approved or handed off, and have no draft"


def _runs_without_end(connection: Connection) -> Iterator[str]:
    """The last run may be under way; one before it cannot."""
    last = select(func.max(aliased(Run).id)).scalar_subquery()
    if count := _count(connection, select(Run.id).where(Run.state == RunState.RUNNING, Run.id != last)):
        yield f"{count:,} runs before the last one never ended"


_LOOKS: Final[tuple[tuple[str, Callable[[Connection], Iterator[str]], str, str], ...]] = (
    ("references", _lost_references, "every row that a row points to is there", _RESTORE),
    ("words", _unknown_words, "every state and verdict is one this program knows", _REPORT),
    ("looks", _pages_without_look, "every fetched page has its look", _REPORT),
    ("mentions", _findings_without_mention, "every finding that names us has its mention", _REPORT),
    ("drafts", _states_without_draft, "every opportunity that needs a draft has one", _REPORT),
    ("runs", _runs_without_end, "every run before the last one has its end", _REPORT),
)


def _count(connection: Connection, rows: Select[int]) -> int:
    return connection.execute(select(func.count()).select_from(rows.subquery())).scalar_one()


def _listed(problems: list[str]) -> str:
    more = f"; and {len(problems) - _SHOWN:,} more" if len(problems) > _SHOWN else ""
    return "; ".join(problems[:_SHOWN]) + more
