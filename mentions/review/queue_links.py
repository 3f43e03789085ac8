"""Ways through the queue: from the list to a find, from a find to the next one, and back to the list.

A find that is opened from the queue keeps the queue's filters in its address, with its own place (`at`) among them: a
decision may take the find out of the filter, or move it, and "save and next" must still know what came behind it.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from mentions.queueing import Cursor, FilterError, QueueFilters, read_filters
from mentions.review.desk import Desk
from mentions.review.responses import is_local
from mentions.review.visitors import Visitor

QUEUE = "/opportunities"


def queue_url(filters: QueueFilters, **more: str | None) -> str:
    """The address of the list with these filters; `more`: names and values behind them, None is left out."""
    query = filters.as_query(**more)
    return f"{QUEUE}?{query}" if query else QUEUE


def find_url(number: int, filters: QueueFilters, place: Cursor | None = None) -> str:
    """The address of a find that is opened from the queue."""
    query = filters.as_query(at=str(place) if place else None)
    return f"{QUEUE}/{number}?{query}" if query else f"{QUEUE}/{number}"


def find_again(number: int, query: str, place: str = "") -> str:
    """The address of a find after something was done there; `query`: of its address before, `place`: "#draft".

    A query that cannot stand in an address of this desk, as nobody's browser sends it, is left out.
    """
    url = f"{QUEUE}/{number}?{query}{place}"
    return url if query and is_local(url) else f"{QUEUE}/{number}{place}"


def back_to_queue(query: str) -> str:
    """The list from which a find was opened, beginning with that find; `query`: of the find's address."""
    filters, place = _read(query)
    return queue_url(filters, after=str(place.just_before(filters.sort)) if place else None)


def next_after(desk: Desk, visitor: Visitor, query: str, number: int) -> str | None:
    """The address of the find behind opportunity `number`, with the same filters; None: it was the last.

    `query` is that of the find's own address, as it was before anything was decided.
    """
    filters, place = _read(query)
    for _ in range(2):  # without a place the queue is begun anew, with whatever is first and not this one
        found = desk.store.next_in_queue(filters, viewer=visitor.name, now=desk.now, after=place)
        if found is None or found[0] != number:
            return find_url(found[0], filters, found[1]) if found else None
        place = found[1]
    return None


def last_before(desk: Desk, visitor: Visitor, query: str, number: int) -> str | None:
    """The address of the find in front of opportunity `number`; None: it was the first, or nobody knows its place."""
    filters, place = _read(query)
    if place is None:
        return None
    found = desk.store.queue_page(filters, viewer=visitor.name, now=desk.now, before=place, rows=1).entries
    entry = next((entry for entry in reversed(found) if entry.id != number), None)
    return find_url(entry.id, filters, entry.cursor) if entry else None


def _read(query: str) -> tuple[QueueFilters, Cursor | None]:
    """The filters and the place of a find's address; a query that somebody changed by hand is the usual queue."""
    try:
        values: Mapping[str, str] = dict(parse_qsl(query, keep_blank_values=False, max_num_fields=50))
        filters = read_filters(values)
        return filters, Cursor.parse(values["at"], filters.sort) if values.get("at") else None
    except (FilterError, ValueError):  # ValueError: more fields than any queue has
        return QueueFilters(), None
