"""Runs of the crawler, with their counts and phases, and the history of everything else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mentions.phases import Phase
from mentions.store import runs
from mentions.store.connecting import Connecting
from mentions.store.records import RunState, RunSummary


class Running(Connecting):
    """Part of mentions.store.Store."""

    def start_run(self, kind: str, now: datetime) -> int:
        """Begins a run; an older one that still says it is running is marked as died."""
        with self._write() as connection:
            return runs.start(connection, kind, now)

    def save_counts(self, run_id: int, counts: Mapping[str, int], publishers: Mapping[str, Mapping[str, int]]) -> None:
        """The counts so far."""
        with self._write() as connection:
            runs.save_counts(connection, run_id, counts, publishers)

    def save_phases(self, run_id: int, phases: Iterable[Phase]) -> None:
        """The phases of a run so far, written down."""
        with self._write() as connection:
            runs.save_phases(connection, run_id, phases)

    def finish_run(
        self,
        run_id: int,
        state: RunState,
        now: datetime,
        counts: Mapping[str, int],
        publishers: Mapping[str, Mapping[str, int]],
        warnings: Sequence[str],
    ) -> None:
        """Ends a run."""
        with self._write() as connection:
            runs.finish(connection, run_id, state, now, counts, publishers, warnings)

    def run(self, run_id: int) -> RunSummary | None:
        """The run of that id; None where there is none."""
        with self._read() as connection:
            return runs.find(connection, run_id)

    def runs_before(self, run_id: int, limit: int) -> list[RunSummary]:
        """The runs before that one, newest first."""
        with self._read() as connection:
            return runs.recent(connection, run_id, limit)

    def last_run(self) -> RunSummary | None:
        """The run that started last; None where there was none."""
        with self._read() as connection:
            return runs.find(connection, None)

    def last_search(self) -> RunSummary | None:
        """The last run that looked for new pages; None where there was none. Runs that only look again are none."""
        with self._read() as connection:
            return runs.last_search(connection)

    def record_event(
        self, kind: str, subject: str, detail: Mapping[str, Any], now: datetime, *, actor: str | None = None
    ) -> None:
        """Appends to the history. `actor` None: this program, not a person."""
        with self._write() as connection:
            runs.record_event(connection, kind, subject, detail, now, actor)
