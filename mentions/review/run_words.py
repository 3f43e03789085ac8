"""Runs in words: how one ended, what it did, and with which publishers something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mentions.phases import WORDS as PHASES
from mentions.phases import Phase, PhaseState
from mentions.store.records import RunState, RunSummary
from mentions.summary import PublisherLine, publisher_lines, skipped_in_words

# A word, a shape, and which of the desk's tones it has: never the colour alone.
_STATES: Final = {
    RunState.RUNNING: ("under way", "▷", "info"),
    RunState.FINISHED: ("finished", "✓", "good"),
    RunState.PARTIAL: ("some publishers failed", "!", "warn"),
    RunState.UNREACHABLE: ("nothing reached", "✕", "bad"),
    RunState.LIMITED: ("ended by a limit", "◗", "warn"),
    RunState.STOPPED: ("stopped", "■", "warn"),
    RunState.DIED: ("died", "✕", "bad"),
}
_PHASE_STATES: Final = {
    PhaseState.RUNNING: ("under way", "▷", "info"),
    PhaseState.DONE: ("done", "✓", "good"),
    PhaseState.LIMITED: ("ended by a limit", "◗", "warn"),
    PhaseState.FAILED: ("failed", "✕", "bad"),
    PhaseState.STOPPED: ("stopped", "■", "warn"),
    PhaseState.SKIPPED: ("skipped", "–", "quiet"),
}
_TROUBLE: Final = frozenset({"failed", "unusual"})


@dataclass(frozen=True, slots=True)
class Tone:
    """A state as it is shown."""

    word: str
    shape: str
    tone: str  # good, warn, bad, info or quiet


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list."""

    run: RunSummary
    state: Tone
    took: str
    pages: int  # read
    new: int  # opportunities
    drafts: int
    failed: int  # publishers
    unusual: int


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase of a run."""

    words: str
    state: Tone
    took: str
    says: str


def line_of(run: RunSummary, *, now: datetime) -> RunLine:
    """A run for a list; one that is under way has taken until `now`."""
    counts = run.counts
    return RunLine(
        run=run,
        state=Tone(*_STATES[run.state]),
        took=_took(((run.ended_at or now) - run.started_at).total_seconds()) if _has_time(run) else "not known",
        pages=counts.get("pages/fetched", 0),
        new=counts.get("opportunities/new", 0),
        drafts=counts.get("drafts/written", 0),
        failed=counts.get("publishers/failed", 0),
        unusual=counts.get("publishers/unusual", 0),
    )


def phases_of(run: RunSummary) -> list[PhaseLine]:
    """The phases of a run, in order."""
    return [_phase(phase) for phase in run.phases]


def troubled(run: RunSummary, names: Mapping[str, str]) -> list[PublisherLine]:
    """The publishers of which a run read nothing, or far more or less than is usual."""
    return [line for line in publisher_lines(run, names) if line.remark in _TROUBLE]


def publishers_of(run: RunSummary, names: Mapping[str, str]) -> tuple[PublisherLine, ...]:
    """Every publisher of a run, those to look at first."""
    return publisher_lines(run, names)


def skipped(run: RunSummary) -> tuple[tuple[str, int], ...]:
    """Why pages were not read, commonest first."""
    return skipped_in_words(run.counts)


def _phase(phase: Phase) -> PhaseLine:
    took = "" if phase.seconds is None else _took(phase.seconds)
    return PhaseLine(PHASES.get(phase.name, phase.name), Tone(*_PHASE_STATES[phase.state]), took, phase.says or "")


def _has_time(run: RunSummary) -> bool:
    """A run that died left no word of when."""
    return run.ended_at is not None or run.state is RunState.RUNNING


def _took(seconds: float) -> str:
    minutes, rest = divmod(round(max(seconds, 0.0)), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
