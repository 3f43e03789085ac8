"""What a night tells Prometheus, read by Prometheus' own parser."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mentions.findings import Verdict
from mentions.monitoring.metrics import exposition
from mentions.phases import Phase, PhaseState
from mentions.store.records import OpportunityState, RunState, RunSummary

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
END = NIGHT + timedelta(minutes=42)
RUN = RunSummary(
    id=7,
    started_at=NIGHT,
    ended_at=END,
    state=RunState.PARTIAL,
    counts={
        "pages/fetched": 1200,
        "pages/failed": 3,
        "verdicts/unlinked": 12,
        "verdicts/linked": 4,
        "publishers/well": 40,
        "publishers/failed": 2,
        "opportunities/new": 9,
        "drafts/written": 8,
    },
    warnings=("one", "two"),
    phases=(
        Phase("crawl", PhaseState.DONE, NIGHT, NIGHT + timedelta(minutes=40)),
        Phase("recheck", PhaseState.SKIPPED, says="no time"),
    ),
)


def samples(text: str) -> dict[tuple[str, str], float]:
    """(name, value of its label or "") → value."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            [label] = sample.labels.values() or [""]
            found[sample.name, label] = sample.value
    return found


def test_figures_of_a_night() -> None:
    text = exposition(version="1.2", code=3, ended_at=END, run=RUN, opportunities={OpportunityState.DRAFTED: 26})
    found = samples(text)
    assert found["mentions_build_info", "1.2"] == 1
    assert found["mentions_run_last_exit_code", ""] == 3
    assert found["mentions_run_last_end_timestamp_seconds", ""] == END.timestamp()
    assert found["mentions_run_last_duration_seconds", ""] == 42 * 60
    assert found["mentions_run_last_phase_duration_seconds", "crawl"] == 40 * 60
    assert ("mentions_run_last_phase_duration_seconds", "recheck") not in found, "it took no time: it was not done"
    assert found["mentions_run_last_pages", "fetched"] == 1200
    assert found["mentions_run_last_findings", "unlinked"] == 12
    assert found["mentions_run_last_publishers", "failed"] == 2
    assert found["mentions_run_last_new_opportunities", ""] == 9
    assert found["mentions_run_last_drafts_written", ""] == 8
    assert found["mentions_run_last_warnings", ""] == 2
    assert found["mentions_opportunities", "drafted"] == 26


def test_series_do_not_come_and_go_with_their_figures() -> None:
    """An alert on a series that is missing says nothing."""
    found = samples(exposition(version="1.2", code=0, ended_at=END, run=RUN, opportunities={}))
    assert {label for name, label in found if name == "mentions_run_last_findings"} == set(Verdict)
    assert {label for name, label in found if name == "mentions_opportunities"} == set(OpportunityState)


@pytest.mark.parametrize(
    ("code", "earlier", "success"),
    [
        (0, None, END),
        (3, None, END),  # some publishers failed: the night's work is done
        (4, None, END),
        (1, NIGHT, NIGHT),
        (5, NIGHT, NIGHT),
        (143, NIGHT, NIGHT),
        (1, None, None),
    ],
)
def test_the_last_night_that_did_its_work(code: int, earlier: datetime | None, success: datetime | None) -> None:
    found = samples(exposition(version="1.2", code=code, ended_at=END, run=RUN, well_at=earlier))
    expected = success.timestamp() if success else None
    assert found.get(("mentions_run_last_success_timestamp_seconds", "")) == expected


def test_a_night_that_broke_off_before_it_had_a_record() -> None:
    found = samples(exposition(version="1.2", code=1, ended_at=END))
    assert found == {
        ("mentions_build_info", "1.2"): 1,
        ("mentions_run_last_end_timestamp_seconds", ""): END.timestamp(),
        ("mentions_run_last_exit_code", ""): 1,
    }


def test_a_clock_put_back_gives_no_negative_duration() -> None:
    """G-13."""
    back = RunSummary(id=1, started_at=END, ended_at=NIGHT, state=RunState.FINISHED)
    found = samples(exposition(version="1.2", code=0, ended_at=NIGHT, run=back))
    assert found["mentions_run_last_duration_seconds", ""] == 0


def test_names_follow_the_conventions() -> None:
    """https://prometheus.io/docs/practices/naming/: our prefix, base units, no _total on a gauge."""
    for name, _ in samples(exposition(version="1.2", code=0, ended_at=END, run=RUN, opportunities={})):
        assert re.fullmatch(r"mentions(_[a-z]+)+", name)
        assert not name.endswith(("_total", "_count", "_ms", "_minutes", "_gauge"))


def test_labels_are_escaped() -> None:
    found = samples(exposition(version='1"\\\n2', code=0, ended_at=END))
    assert ("mentions_build_info", '1"\\\n2') in found
