"""Views of the queue that people keep under a name, for themselves or for everybody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from mentions.store.models import SavedView
from mentions.store.statements import upsert

LONGEST_NAME = 60  # characters; it is the text of a link
MOST = 50  # of one person, or of everybody: more is no list to choose from


@dataclass(frozen=True, slots=True)
class View:
    """One saved view. `owner` None: everybody's."""

    id: int
    owner: str | None
    name: str
    query: str  # as mentions.queueing.QueueFilters.as_query writes it
    saved_by: str


def of(connection: Connection, viewer: str) -> list[View]:
    """Everybody's views and the viewer's own, each by name."""
    query = select(SavedView.__table__).where(SavedView.owner.in_(["", viewer]))
    return [
        View(row.id, row.owner or None, row.name, row.query, row.saved_by)
        for row in connection.execute(query.order_by(SavedView.owner, SavedView.name))
    ]


def save(connection: Connection, name: str, query: str, *, by: str, shared: bool, now: datetime) -> None:
    """Keeps a view under a name; one of that name and owner is replaced.

    Raises ValueError, in plain words, for a name that is empty or too long, and for one view too many.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise ValueError(f"a view needs a name of 1 to {LONGEST_NAME} characters")
    owner = "" if shared else by
    names = set(connection.execute(select(SavedView.name).where(SavedView.owner == owner)).scalars())
    if plain not in names and len(names) >= MOST:
        raise ValueError(f"there are {MOST} saved views already: remove one first")
    row = {"owner": owner, "name": plain, "query": query, "saved_by": by, "saved_at": now}
    connection.execute(upsert(connection, SavedView, ["owner", "name"], ["query", "saved_by", "saved_at"]), [row])


def remove(connection: Connection, view_id: int, *, by: str, any_owner: bool = False) -> bool:
    """Forgets a view: one's own, or one that `by` made for everybody, or with `any_owner` any of everybody's."""
    of_all = SavedView.owner == ""
    theirs = of_all if any_owner else (of_all & (SavedView.saved_by == by))
    wanted = (SavedView.id == view_id) & ((SavedView.owner == by) | theirs)
    return connection.execute(delete(SavedView).where(wanted)).rowcount > 0
