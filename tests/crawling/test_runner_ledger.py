"""The ledger: counts and batches; what cannot be written ends the run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from mentions.crawling.ledger import BATCH, LONGEST_WAIT_S, Ledger
from mentions.exceptions import StoreError
from mentions.findings import Finding, Verdict
from mentions.opportunities import Assessment, Level
from mentions.pages import PageState
from mentions.store.records import PageOutcome, Saved

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@dataclass
class FakeStore:
    """Keeps batches; fails when told to."""

    batches: list[list[PageOutcome]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    full: bool = False

    def save_outcomes(self, run_id: int, outcomes: Sequence[PageOutcome]) -> Saved:
        if self.full:
            raise StoreError("the disk is full")
        self.batches.append(list(outcomes))
        return Saved(len(outcomes), 0)

    def save_counts(self, run_id: int, counts: dict[str, int], publishers: Any) -> None:
        self.counts = dict(counts)


@dataclass
class FakeClock:
    """A clock that goes on when told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def ledger_of(store: FakeStore, clock: FakeClock | None = None) -> Ledger:
    """A ledger that writes to `store`."""
    return Ledger(cast("Any", store), 1, clock or FakeClock())


def outcome(key: str, *verdicts: Verdict) -> PageOutcome:
    """A page with a finding for each verdict."""
    findings = tuple((Finding(key, "Acme", verdict), Assessment(Level.SKIP, None)) for verdict in verdicts)
    return PageOutcome(key, key, "a.example", PageState.LIVE, NOW, findings=findings)


def test_outcomes_are_written_in_batches_and_the_rest_when_asked() -> None:
    store = FakeStore()
    ledger = ledger_of(store)
    for number in range(BATCH + 1):
        ledger.record(outcome(f"https://a.example/{number}"))
    assert [len(batch) for batch in store.batches] == [BATCH]
    ledger.flush()
    assert [len(batch) for batch in store.batches] == [BATCH, 1]


def test_what_waited_long_enough_is_written() -> None:
    store, clock = FakeStore(), FakeClock()
    ledger = ledger_of(store, clock)
    ledger.record(outcome("https://a.example/1"))
    ledger.flush_if_due()
    assert store.batches == []
    clock.now += timedelta(seconds=LONGEST_WAIT_S)
    ledger.flush_if_due()
    assert len(store.batches) == 1


def test_g04_a_page_is_written_once_a_batch_with_its_last_look() -> None:
    store = FakeStore()
    ledger = ledger_of(store)
    ledger.record(outcome("https://a.example/1"), outcome("https://a.example/1", Verdict.UNLINKED))
    ledger.flush()
    ((only,),) = store.batches
    assert only.findings


def test_counts_are_kept_in_all_by_publisher_and_by_verdict_and_saved_with_the_batch() -> None:
    store = FakeStore()
    ledger = ledger_of(store)
    ledger.count("pages/fetched", "a.example", times=2)
    ledger.count("pages/fetched", "b.example")
    ledger.record(outcome("https://a.example/1", Verdict.UNLINKED, Verdict.LINKED))
    ledger.flush()
    assert store.counts["pages/fetched"] == 3
    assert ledger.publishers["a.example"]["pages/fetched"] == 2
    assert store.counts["verdicts/unlinked"] == 1
    assert store.counts["mentions/new"] == 1


def test_a_store_that_cannot_be_written_is_remembered() -> None:
    store = FakeStore(full=True)
    ledger = ledger_of(store)
    ledger.record(outcome("https://a.example/1"))
    with pytest.raises(StoreError, match="disk is full"):
        ledger.flush()
    assert ledger.broken is not None


def test_a_warning_is_said_once() -> None:
    ledger = ledger_of(FakeStore())
    ledger.warn("x")
    ledger.warn("x")
    assert ledger.warnings == ("x",)
