"""Runs and events."""

import json

from mentions.phases import Phase, PhaseState
from mentions.store import Store
from mentions.store.records import RunState
from tests.store.building import DAY, NIGHT
from tests.store.conftest import Rows


def test_a_run_from_start_to_end(store: Store) -> None:
    assert store.last_run() is None
    run_id = store.start_run("nightly", NIGHT)
    running = store.run(run_id)
    assert running is not None
    assert (running.state, running.ended_at, running.kind) == (RunState.RUNNING, None, "nightly")
    store.save_counts(run_id, {"pages/fetched": 3}, {"courier.example": {"pages/fetched": 3}})
    assert store.run(run_id).counts == {"pages/fetched": 3}  # type: ignore[union-attr]  # it is there
    end = NIGHT + DAY / 24
    store.finish_run(run_id, RunState.PARTIAL, end, {"pages/fetched": 4}, {"courier.example": {}}, ["one failed"])
    ended = store.last_run()
    assert ended is not None
    assert (ended.state, ended.ended_at, ended.counts) == (RunState.PARTIAL, end, {"pages/fetched": 4})
    assert (ended.publishers, ended.warnings) == ({"courier.example": {}}, ("one failed",))


def test_a_run_that_never_ended_has_died_when_the_next_one_starts(store: Store) -> None:
    first = store.start_run("nightly", NIGHT)
    second = store.start_run("crawl", NIGHT + DAY)
    states = [run.state for run_id in (first, second) if (run := store.run(run_id))]
    assert states == [RunState.DIED, RunState.RUNNING]
    assert store.run(99) is None


def test_events_are_appended(store: Store, rows: Rows) -> None:
    store.record_event("exported", "export/reclaim.csv", {"rows": 3, "note": "日本"}, NIGHT)
    store.record_event("ignored", "opportunity/1", {}, NIGHT, actor="kim")
    ((kind, actor, detail), (_, other, _)) = rows("SELECT kind, actor, detail FROM event ORDER BY id")
    read = json.loads(detail) if isinstance(detail, str) else detail  # SQLite keeps JSON as text
    assert (kind, actor, read, other) == ("exported", None, {"rows": 3, "note": "日本"}, "kim")


def test_the_phases_of_a_run_are_kept_while_it_goes_on_and_afterwards(store: Store) -> None:
    run_id = store.start_run("nightly", NIGHT)
    assert store.run(run_id).phases == ()  # type: ignore[union-attr]  # it is there
    phases = (
        Phase("crawl", PhaseState.DONE, NIGHT, NIGHT + DAY / 24),
        Phase("recheck", PhaseState.SKIPPED, says="the run ended after 60 minutes"),
        Phase("draft", PhaseState.RUNNING, NIGHT + DAY / 24),
    )
    store.save_phases(run_id, phases)
    store.finish_run(run_id, RunState.LIMITED, NIGHT + DAY, {}, {}, ())
    kept = store.last_run()
    assert kept is not None
    assert kept.phases == phases
    assert [phase.seconds for phase in kept.phases] == [3600.0, None, None]


def test_runs_that_only_look_again_are_not_the_last_search(store: Store) -> None:
    assert store.last_search() is None
    night = store.start_run("nightly", NIGHT)
    again = store.start_run("recheck", NIGHT)
    store.start_run("pages", NIGHT)
    assert again != night
    last = store.last_search()
    assert last is not None
    assert last.id == night
