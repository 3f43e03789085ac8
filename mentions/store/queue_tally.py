"""How many finds of the queue are alike: counted as they come and go, so that counting them reads a small table.

A row of `queue_tally` says that so many finds were added (or, below nought, taken away) that are alike in everything
lists are counted by. Triggers add rows and never change one: two transactions that changed the same row of counts would
wait for each other, and one that waits for another's find as well would wait for ever. Now and then `fold` adds up what
belongs together. Finds by publisher, by age or by words are counted from the queue's own indexes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

TABLE: Final = "queue_tally"
# What finds are alike in; columns of queue_row of the same names.
KEYS: Final = (
    "state",
    "verdict",
    "level",
    "target_id",
    "language",
    "assigned_to",
    "has_contact",
    "waits",
    "snoozed_until",
)
_NAMES: Final = ", ".join(KEYS)
_SUMS: Final = f"SELECT {_NAMES}, SUM(finds) FROM {{}} GROUP BY {_NAMES} HAVING SUM(finds) <> 0"


@dataclass(frozen=True, slots=True)
class Following:
    """A trigger that keeps the tally: after which event on queue_row, by which statements, and only when."""

    name: str
    event: str
    statements: tuple[str, ...]
    when: str = ""


def followings(differs: str) -> Iterator[Following]:
    """The triggers; `differs`: the database's word for "is not the same, NULL being like NULL"."""
    yield Following("queue_tally_more", "INSERT ON queue_row", (_counted("NEW", 1),))
    yield Following("queue_tally_less", "DELETE ON queue_row", (_counted("OLD", -1),))
    changed = " OR ".join(f"OLD.{key} {differs} NEW.{key}" for key in KEYS)
    event = f"UPDATE OF {_NAMES} ON queue_row"
    yield Following("queue_tally_other", event, (_counted("OLD", -1), _counted("NEW", 1)), changed)


def made_anew() -> tuple[str, str]:
    """The statements that count every find again."""
    counted = f"SELECT {_NAMES}, COUNT(*) FROM queue_row GROUP BY {_NAMES}"
    return f"DELETE FROM {TABLE}", f"INSERT INTO {TABLE} ({_NAMES}, finds) {counted}"


def fold(connection: Connection) -> None:
    """Adds up what belongs together. What others are adding meanwhile stays as it is."""
    into = f"INSERT INTO {TABLE} ({_NAMES}, finds)"
    if connection.dialect.name == "postgresql":  # in one statement, which sees one state of the table
        gone = f"WITH gone AS (DELETE FROM {TABLE} RETURNING {_NAMES}, finds)"
        connection.execute(text(f"{gone} {into} {_SUMS.format('gone')}"))
        return
    last = connection.execute(text(f"SELECT MAX(id) FROM {TABLE}")).scalar()
    if last is not None:
        connection.execute(text(f"{into} {_SUMS.format(TABLE)}"))
        connection.execute(text(f"DELETE FROM {TABLE} WHERE id <= :last"), {"last": last})


def _counted(row: str, finds: int) -> str:
    values = ", ".join(f"{row}.{key}" for key in KEYS)
    return f"INSERT INTO {TABLE} ({_NAMES}, finds) VALUES ({values}, {finds})"
