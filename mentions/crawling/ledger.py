"""What a run did: counts, and the outcomes of pages on their way into the store, written in batches."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from mentions.exceptions import StoreError
from mentions.findings import Verdict
from mentions.redaction import without_addresses
from mentions.store import Store
from mentions.store.records import PageOutcome

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]  # aware UTC

MAX_WARNINGS = 500  # kept; a site must not fill the memory with them
BATCH = 100  # pages a transaction; at most so many are fetched again after a kill -9
LONGEST_WAIT_S = 5.0  # between the look at a page and its row in the store


class Ledger:
    """Counts and buffered outcomes of one run. Not thread-safe; one for all spiders of a process."""

    def __init__(self, store: Store, run_id: int, clock: Clock) -> None:
        self._store, self._run_id, self._clock = store, run_id, clock
        self._buffer: list[PageOutcome] = []
        self._written_at = clock()
        self._counts: Counter[str] = Counter()
        self._publishers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._warnings: list[str] = []
        self.broken: StoreError | None = None  # the store cannot be written any more: the run must end

    @property
    def counts(self) -> Mapping[str, int]:
        """Over all publishers; keys as in RunSummary.counts."""
        return dict(self._counts)

    @property
    def publishers(self) -> Mapping[str, Mapping[str, int]]:
        """The same by publisher."""
        return {domain: dict(counts) for domain, counts in self._publishers.items()}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know, in order, none twice."""
        return tuple(dict.fromkeys(self._warnings))

    def count(self, key: str, publisher: str | None = None, *, times: int = 1) -> None:
        """One more of `key`, in all and at its publisher."""
        if times:
            self._counts[key] += times
            if publisher:
                self._publishers[publisher][key] += times

    def warn(self, text: str) -> None:
        """Something that a person should know at the end of the run. Addresses in it are struck out: runs are kept."""
        if len(self._warnings) < MAX_WARNINGS:
            self._warnings.append(without_addresses(text))

    def record(self, *outcomes: PageOutcome) -> None:
        """Keeps outcomes until the batch is full or old. Raises StoreError when it cannot be written."""
        self._buffer.extend(outcomes)
        for outcome in outcomes:
            for finding, _ in outcome.findings:
                self.count(f"verdicts/{finding.verdict.value}", outcome.publisher)
        if len(self._buffer) >= BATCH:
            self.flush()

    def flush_if_due(self) -> None:
        """Writes what has waited long enough; to be called every second or so. Raises StoreError."""
        waited_s = (self._clock() - self._written_at).total_seconds()
        if waited_s >= LONGEST_WAIT_S or waited_s < 0:  # less than nothing: the clock was put back
            self.flush()

    def flush(self) -> None:
        """Writes every outcome and the counts so far. Raises StoreError when the store cannot be written."""
        batch, self._buffer = self._buffer, []
        self._written_at = self._clock()
        if not batch and not self._counts:
            return
        try:
            self._write(batch)
            self._store.save_counts(self._run_id, self.counts, self.publishers)
        except StoreError as error:
            self.broken = error
            logger.error("the database cannot be written: %s", error)
            raise

    def _write(self, batch: list[PageOutcome]) -> None:
        if not batch:
            return
        # A page that two addresses lead to may stand in one batch twice; the last look counts.
        latest = {outcome.key: outcome for outcome in batch}
        saved = self._store.save_outcomes(self._run_id, list(latest.values()))
        self.count("mentions/new", times=saved.new_mentions)
        self.count("opportunities/new", times=saved.new_opportunities)
        for what, times in saved.looks.items():
            self.count(f"rechecks/{what.replace(' ', '_')}", times=times)

    def verdicts(self) -> dict[Verdict, int]:
        """How many findings of each verdict this run made."""
        return {verdict: self._counts[f"verdicts/{verdict.value}"] for verdict in Verdict}
