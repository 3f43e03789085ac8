"""How the queue's rows and its search keep in step with the tables they are copied from: by triggers.

Many parts of this program write findings, pages, opportunities and contacts; a list of 200,000 opportunities can be
filtered, sorted and counted in milliseconds only where everything it asks for stands in one narrow table
(docs/decisions/0015-a-table-for-the-queue.md). The database copies what changes, so that no writer can forget it.

The triggers are no part of a migration: SQLite changes a table by making it anew, which a trigger on it, or one that
names it, does not survive. mentions.store.upgrading takes them away before its steps and puts them back afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, inspect, text

from mentions.store import queue_tally
from mentions.store.folding import MARKS

_TABLES: Final = """FROM opportunity o JOIN finding f ON f.id = o.finding_id JOIN page p ON p.id = f.page_id
    JOIN publisher b ON b.id = p.publisher_id"""

# Column of queue_row → what it is copied from. The words are those of the enumerations, as columns hold them.
_ROW: Final = {
    "id": "o.id",
    "target_id": "f.target_id",
    "publisher_id": "p.publisher_id",
    "publisher": "b.domain",
    "verdict": "f.verdict",
    "level": "f.level",
    "priority": "COALESCE(f.priority, -1)",
    "language": "p.language",
    "state": "o.state",
    "state_at": "o.state_at",
    "found_at": "o.created_at",
    "assigned_to": "o.assigned_to",
    "has_contact": """CASE WHEN o.contact_id IS NULL THEN f.contact_address IS NOT NULL ELSE EXISTS (
        SELECT 1 FROM contact c WHERE c.id = o.contact_id AND c.email IS NOT NULL) END""",
    "waits": """CASE WHEN o.state IN ('new', 'drafted') THEN f.level <> 'skip' AND f.missing_since IS NULL
        ELSE o.state = 'sent' AND EXISTS (SELECT 1 FROM draft d
            WHERE d.opportunity_id = o.id AND d.follow_up > 0 AND d.rendered_at > o.sent_at) END""",
    "snoozed_until": "o.snoozed_until",
}
_WORDS: Final = "COALESCE(p.title, p.announced_title, '') || ' ' || COALESCE(f.sentence, '') || ' ' || b.name"


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of a table that changes rows of the queue: of which opportunities, and whether their words too."""

    table: str
    columns: tuple[str, ...]  # a change of other columns means nothing; empty: a new row of the table
    of: str  # the ids of the opportunities
    row: bool = True
    words: bool = False

    @property
    def name(self) -> str:
        what = "_words" if self.words and not self.row else ""
        return f"queue_{self.table}{what}"


_CHANGES: Final = (
    _Change("opportunity", ("finding_id",), "SELECT NEW.id", row=False, words=True),  # its article moved
    _Change(
        "opportunity",
        ("finding_id", "state", "state_at", "sent_at", "created_at", "assigned_to", "contact_id", "snoozed_until"),
        "SELECT NEW.id",
    ),
    _Change(
        "finding",
        ("verdict", "level", "priority", "contact_address", "missing_since", "target_id"),
        "SELECT o.id FROM opportunity o WHERE o.finding_id = NEW.id",
    ),
    _Change(
        "finding", ("sentence",), "SELECT o.id FROM opportunity o WHERE o.finding_id = NEW.id", row=False, words=True
    ),
    _Change(
        "page",
        ("publisher_id", "language"),
        "SELECT o.id FROM opportunity o JOIN finding f ON f.id = o.finding_id WHERE f.page_id = NEW.id",
    ),
    _Change(
        "page",
        ("title", "announced_title"),
        "SELECT o.id FROM opportunity o JOIN finding f ON f.id = o.finding_id WHERE f.page_id = NEW.id",
        row=False,
        words=True,
    ),
    _Change(
        "publisher",
        ("name", "domain"),
        "SELECT q.id FROM queue_row q WHERE q.publisher_id = NEW.id",
        words=True,
    ),
    _Change("contact", ("email",), "SELECT o.id FROM opportunity o WHERE o.contact_id = NEW.id"),
    _Change("draft", (), "SELECT NEW.opportunity_id"),
)


def remove(connection: Connection) -> None:
    """Takes the triggers away, if they are there."""
    write = _writer(connection)
    for name, table in write.triggers():
        if inspect(connection).has_table(table):
            connection.execute(text(write.without(name, table)))


def install(connection: Connection) -> None:
    """Makes the triggers and the search where the tables are there, and puts right what an upgrade has changed."""
    if not inspect(connection).has_table("queue_row"):
        return  # an upgrade to an older schema than this program's
    write = _writer(connection)
    counts = inspect(connection).has_table(queue_tally.TABLE)
    for statement in (*write.search(), *write.all_triggers(), *(write.tally_triggers() if counts else ())):
        connection.execute(text(statement))
    repair(connection)


def repair(connection: Connection) -> None:
    """Makes missing rows, takes away what is too many, and copies anew what differs; nothing else is written."""
    write = _writer(connection)
    tally = queue_tally.made_anew() if inspect(connection).has_table(queue_tally.TABLE) else ()
    for statement in (*_repair_rows(), *tally, *write.repair_words()):
        connection.execute(text(statement))


def drop_deleted_words(connection: Connection) -> None:
    """Makes the search forget words that no row holds any more; SQLite's keeps them in its index for a while."""
    for statement in _writer(connection).drop_deleted_words():
        connection.execute(text(statement))


def _repair_rows() -> Iterator[str]:
    names, values = ", ".join(_ROW), ", ".join(_ROW.values())
    yield "DELETE FROM queue_row WHERE id NOT IN (SELECT id FROM opportunity)"
    differing = f"SELECT id FROM (SELECT {values} {_TABLES} EXCEPT SELECT {names} FROM queue_row) AS differing"
    yield f"DELETE FROM queue_row WHERE id IN ({differing})"
    yield _insert_rows("WHERE o.id NOT IN (SELECT id FROM queue_row)")


def _insert_rows(where: str) -> str:
    return f"INSERT INTO queue_row ({', '.join(_ROW)}) SELECT {', '.join(_ROW.values())} {_TABLES} {where}"


def _refresh_rows(of: str) -> str:
    names, values = [list(part) for part in zip(*list(_ROW.items())[1:], strict=True)]
    return (
        f"UPDATE queue_row SET ({', '.join(names)}) = "
        f"(SELECT {', '.join(values)} {_TABLES} WHERE o.id = queue_row.id) WHERE id IN ({of})"
    )


class _Sqlite:
    """The search is an FTS5 table, which folds words to lower case without accents."""

    def search(self) -> Iterator[str]:
        yield (
            "CREATE VIRTUAL TABLE IF NOT EXISTS queue_search USING "
            "fts5(words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )

    def repair_words(self) -> Iterator[str]:
        yield "DELETE FROM queue_search WHERE rowid NOT IN (SELECT id FROM opportunity)"
        made = f"SELECT o.id AS id, {_WORDS} {_TABLES} EXCEPT SELECT rowid, words FROM queue_search"
        yield f"DELETE FROM queue_search WHERE rowid IN (SELECT id FROM ({made}))"
        yield self.insert_words("WHERE o.id NOT IN (SELECT rowid FROM queue_search)")

    def drop_deleted_words(self) -> Iterator[str]:
        yield "INSERT INTO queue_search (queue_search) VALUES ('rebuild')"

    def insert_words(self, where: str) -> str:
        return f"INSERT INTO queue_search (rowid, words) SELECT o.id, {_WORDS} {_TABLES} {where}"

    def triggers(self) -> Iterator[tuple[str, str]]:
        yield "queue_opportunity_new", "opportunity"
        yield "queue_opportunity_gone", "opportunity"
        yield from ((change.name, change.table) for change in _CHANGES)
        yield from ((following.name, "queue_row") for following in queue_tally.followings("IS NOT"))

    def without(self, name: str, _table: str) -> str:
        return f"DROP TRIGGER IF EXISTS {name}"

    def all_triggers(self) -> Iterator[str]:
        this = "WHERE o.id = NEW.id"
        yield _sqlite_trigger(
            "queue_opportunity_new", "INSERT ON opportunity", (_insert_rows(this), self.insert_words(this))
        )
        yield _sqlite_trigger(
            "queue_opportunity_gone",
            "DELETE ON opportunity",
            ("DELETE FROM queue_row WHERE id = OLD.id", "DELETE FROM queue_search WHERE rowid = OLD.id"),
        )
        for change in _CHANGES:
            event = f"UPDATE OF {', '.join(change.columns)} ON {change.table}" if change.columns else "INSERT ON draft"
            when = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in change.columns)
            yield _sqlite_trigger(change.name, event, self._statements(change), when)

    def tally_triggers(self) -> Iterator[str]:
        for each in queue_tally.followings("IS NOT"):
            yield _sqlite_trigger(each.name, each.event, each.statements, each.when)

    def _statements(self, change: _Change) -> Iterator[str]:
        if change.row:
            yield _refresh_rows(change.of)
        if change.words:
            yield (
                f"UPDATE queue_search SET words = (SELECT {_WORDS} {_TABLES} WHERE o.id = queue_search.rowid) "
                f"WHERE rowid IN ({change.of})"
            )


def _sqlite_trigger(name: str, event: str, statements: Iterator[str] | tuple[str, ...], when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event}{condition} BEGIN {'; '.join(statements)}; END"


class _Postgres:
    """The search is a tsvector with the configuration `simple`: no language's endings are cut, names stay names.

    Accents are taken off (mentions.store.folding does the same to what is searched for), which SQLite's does by itself.
    """

    _words = f"to_tsvector('simple', regexp_replace(normalize({_WORDS}, NFD), '[{MARKS}]', '', 'g'))"

    def search(self) -> Iterator[str]:
        yield "CREATE TABLE IF NOT EXISTS queue_search (id integer PRIMARY KEY, words tsvector NOT NULL)"
        yield "CREATE INDEX IF NOT EXISTS ix_queue_search_words ON queue_search USING gin (words)"

    def repair_words(self) -> Iterator[str]:
        yield "DELETE FROM queue_search WHERE id NOT IN (SELECT id FROM opportunity)"
        yield self.insert_words("")

    def drop_deleted_words(self) -> Iterator[str]:
        yield from ()  # its vectors hold what is there, and dead rows are its own vacuum's business

    def insert_words(self, where: str) -> str:
        return (
            f"INSERT INTO queue_search (id, words) SELECT o.id, {self._words} {_TABLES} {where} "
            "ON CONFLICT (id) DO UPDATE SET words = excluded.words"
        )

    def triggers(self) -> Iterator[tuple[str, str]]:
        yield from _Sqlite().triggers()

    def without(self, name: str, table: str) -> str:
        return f"DROP TRIGGER IF EXISTS {name} ON {table}"

    def all_triggers(self) -> Iterator[str]:
        this = "WHERE o.id = NEW.id"
        made = (_insert_rows(this), self.insert_words(this))
        yield from _postgres_trigger("queue_opportunity_new", "INSERT ON opportunity", made)
        gone = ("DELETE FROM queue_row WHERE id = OLD.id", "DELETE FROM queue_search WHERE id = OLD.id")
        yield from _postgres_trigger("queue_opportunity_gone", "DELETE ON opportunity", gone)
        for change in _CHANGES:
            event = f"UPDATE OF {', '.join(change.columns)} ON {change.table}" if change.columns else "INSERT ON draft"
            when = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in change.columns)
            yield from _postgres_trigger(change.name, event, self._statements(change), when)

    def tally_triggers(self) -> Iterator[str]:
        for each in queue_tally.followings("IS DISTINCT FROM"):
            yield from _postgres_trigger(each.name, each.event, each.statements, each.when)

    def _statements(self, change: _Change) -> tuple[str, ...]:
        words = self.insert_words(f"WHERE o.id IN ({change.of})")
        return (*((_refresh_rows(change.of),) if change.row else ()), *((words,) if change.words else ()))


def _postgres_trigger(name: str, event: str, statements: tuple[str, ...], when: str = "") -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {'; '.join(statements)}; RETURN NULL; END $$"
    )
    condition = f" WHEN ({when})" if when else ""
    yield f"DROP TRIGGER IF EXISTS {name} ON {event.rpartition(' ON ')[2]}"
    yield f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW{condition} EXECUTE FUNCTION {name}()"


def _writer(connection: Connection) -> _Sqlite | _Postgres:
    return _Postgres() if connection.dialect.name == "postgresql" else _Sqlite()
