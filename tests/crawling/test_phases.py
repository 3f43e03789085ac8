"""The phases of a run: written down as they go, none stopping those after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from mentions.crawling.phases import PhaseLog
from mentions.exceptions import StoreError, TemplateError
from mentions.phases import WORDS, Phase, PhaseState, as_json, from_json

NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@dataclass
class Night:
    """A run whose clock goes on by a minute at every look at it."""

    written: list[tuple[Phase, ...]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stopped: bool = False
    at: datetime = NIGHT

    def clock(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def save_phases(self, run_id: int, phases: Sequence[Phase]) -> None:
        assert run_id == 7
        self.written.append(tuple(phases))

    def log(self) -> PhaseLog:
        return PhaseLog(
            self,  # type: ignore[arg-type]  # all of the store that it uses
            7,
            self.clock,
            stopped=lambda: self.stopped,
            warn=self.warnings.append,
        )


def states(log: PhaseLog) -> list[tuple[str, str]]:
    return [(phase.name, phase.state.value) for phase in log.phases]


def test_each_beginning_and_end_is_written_down() -> None:
    night = Night()
    log = night.log()
    log.begin("crawl")
    assert log.current == "crawl"
    log.end()
    log.do("weigh", lambda: None)
    assert [[phase.state.value for phase in phases] for phases in night.written] == [
        ["running"],
        ["done"],
        ["done", "running"],
        ["done", "done"],
    ]
    assert [phase.seconds for phase in log.phases] == [60.0, 60.0]
    assert not log.failed
    assert log.current is None
    assert night.warnings == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TemplateError("unlinked/en, line 3: no such variable"), "unlinked/en, line 3: no such variable"),
        (ZeroDivisionError("oops"), "a mistake of ours (ZeroDivisionError: oops); please report it"),
    ],
)
def test_one_that_fails_is_a_warning_and_the_next_ones_are_done(error: Exception, said: str) -> None:
    night = Night()
    log = night.log()

    def fail() -> None:
        raise error

    log.do("draft", fail)
    log.do("tidy", lambda: None)
    assert states(log) == [("draft", "failed"), ("tidy", "done")]
    assert log.failed
    assert log.phases[0].says == said
    assert night.warnings == [f"to write drafts and follow-ups did not work: {said}"]


def test_without_a_database_there_is_no_next_one() -> None:
    def broken() -> None:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        Night().log().do("weigh", broken)


def test_a_stop_lets_the_phase_under_way_finish_and_skips_the_rest() -> None:
    night = Night()
    log = night.log()
    done = []

    def stopped_meanwhile() -> None:
        night.stopped = True
        done.append("to its end")

    log.do("weigh", stopped_meanwhile)
    log.do("draft", lambda: done.append("never"))
    assert done == ["to its end"]
    assert states(log) == [("weigh", "stopped"), ("draft", "skipped")]
    assert log.phases[1].says == "the run was stopped"
    assert not log.failed


def test_a_clock_put_back_gives_no_negative_duration() -> None:
    """G-13."""
    phase = Phase("crawl", PhaseState.DONE, NIGHT, NIGHT - timedelta(hours=1))
    assert phase.seconds == 0.0


def test_phases_are_kept_and_read_again_as_they_were() -> None:
    phases = (
        Phase("crawl", PhaseState.LIMITED, NIGHT, NIGHT + timedelta(hours=1), "after 60 minutes"),
        Phase("recheck", PhaseState.SKIPPED, says="after 60 minutes"),
    )
    assert from_json(as_json(phases)) == phases
    assert from_json(None) == ()
    assert list(WORDS) == ["crawl", "recheck", "own_site", "weigh", "draft", "tidy", "digest"]
