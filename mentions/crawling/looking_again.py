"""Known pages to look at again in a run, publisher by publisher, in the order in which they are due."""

from collections import deque
from datetime import datetime

from mentions.crawling.frontier import Frontier
from mentions.crawling.ledger import Ledger
from mentions.rechecking.wanted import Wanted
from mentions.store import Store
from mentions.store.records import WaitingPage


class DueLooks:
    """What the recheck spider of a run has to do. What the run has looked at already is not asked for again."""

    def __init__(self, store: Store, frontier: Frontier, ledger: Ledger, wanted: Wanted) -> None:
        self._store, self._frontier, self._ledger, self._wanted = store, frontier, ledger, wanted
        self._queues: dict[str, deque[WaitingPage] | None] = {}  # by domain; None: not read from the store yet

    def plan(self, *, now: datetime) -> list[str]:
        """The domains of the publishers where looks are due by now; what people asked for comes first.

        To be called again when all is done: somebody may have asked for a look meanwhile. Raises StoreError.
        """
        self._ledger.flush()  # a look that was made a moment ago is not due any more
        self._store.plan_looks(now=now)
        wanted = self._wanted
        due = self._store.publishers_due(now=now, asked_only=wanted.asked_only, of=wanted.opportunities)
        self._queues = dict.fromkeys(due)
        return due

    def take(self, publisher: str, *, now: datetime) -> list[WaitingPage]:
        """The pages to ask for now; none as long as enough are under way, and none beyond the night's budget."""
        if publisher not in self._queues:
            return []
        queue = self._queues[publisher]
        if queue is None:
            queue = self._queues[publisher] = self._read(publisher, now)
        return self._frontier.take_again(publisher, queue, now=now)

    def _read(self, publisher: str, now: datetime) -> deque[WaitingPage]:
        wanted, limit = self._wanted, self._frontier.budget(publisher)
        return deque(
            self._store.pages_due(publisher, limit, now=now, asked_only=wanted.asked_only, of=wanted.opportunities)
        )
