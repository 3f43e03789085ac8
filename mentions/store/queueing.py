"""The store's methods about the review desk's queue and the views that people keep of it."""

from datetime import datetime

from mentions.queueing import Cursor, QueueFilters
from mentions.store import queue, queue_tally, views
from mentions.store.connecting import Connecting
from mentions.store.queue import PAGE_ROWS, QueueCounts, QueuePage
from mentions.store.views import View


class Queueing(Connecting):
    """Part of mentions.store.Store. `viewer` is the name of whoever looks: some filters are about them."""

    def queue_page(
        self,
        filters: QueueFilters,
        *,
        viewer: str,
        now: datetime,
        after: Cursor | None = None,
        before: Cursor | None = None,
        rows: int = PAGE_ROWS,
        fits: int | None = None,
    ) -> QueuePage:
        """The first page of the queue, the page behind `after`, or the one before `before`; see queue.page."""
        with self._read() as connection:
            return queue.page(
                connection, filters, viewer=viewer, now=now, after=after, before=before, rows=rows, fits=fits
            )

    def queue_counts(self, filters: QueueFilters, *, viewer: str, now: datetime) -> QueueCounts:
        """How many finds fit, by state and by verdict."""
        with self._read() as connection:
            return queue.counts(connection, filters, viewer=viewer, now=now)

    def fold_counts(self) -> None:
        """Adds up what the counts of the queue are made of, so that they stay fast. They stay what they are."""
        with self._write() as connection:
            queue_tally.fold(connection)

    def next_in_queue(
        self, filters: QueueFilters, *, viewer: str, now: datetime, after: Cursor | None
    ) -> tuple[int, Cursor] | None:
        """The first find behind a place and its own place; None: the queue is at its end there. See queue."""
        with self._read() as connection:
            return queue.next_in_queue(connection, filters, viewer=viewer, now=now, after=after)

    def queue_choices(self) -> tuple[list[str], list[str], list[str]]:
        """What filters can be set to: targets, languages, and people who have taken over finds; each sorted."""
        with self._read() as connection:
            return queue.target_names(connection), queue.languages(connection), queue.assignees(connection)

    def saved_views(self, viewer: str) -> list[View]:
        """Everybody's saved views and the viewer's own, each by name."""
        with self._read() as connection:
            return views.of(connection, viewer)

    def save_view(self, name: str, query: str, *, by: str, shared: bool, now: datetime) -> None:
        """Keeps a view under a name, instead of one of that name and owner. Raises ValueError in plain words."""
        with self._write() as connection:
            views.save(connection, name, query, by=by, shared=shared, now=now)

    def remove_view(self, view_id: int, *, by: str, any_owner: bool = False) -> bool:
        """Forgets a view; False: there is none of that number that `by` may forget."""
        with self._write() as connection:
            return views.remove(connection, view_id, by=by, any_owner=any_owner)
