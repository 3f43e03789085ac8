"""A night in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). Pure.

Names after https://prometheus.io/docs/practices/naming/: base units, one unit a name. All are gauges: each night's
figures replace those of the night before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mentions.findings import Verdict
from mentions.monitoring.outcomes import ended_well
from mentions.store.records import OpportunityState, RunSummary

_PAGES: Final[Mapping[str, str]] = {  # label → key of RunSummary.counts
    "new": "pages/new",
    "fetched": "pages/fetched",
    "judged": "pages/judged",
    "failed": "pages/failed",
    "beyond_budget": "pages/beyond_budget",
}
_PUBLISHERS: Final = ("well", "unusual", "failed")

Sample = tuple[Mapping[str, str], float]  # labels, value


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with its samples."""

    name: str
    help: str
    samples: tuple[Sample, ...]

    def text(self) -> str:
        """Its lines; nothing where it has no sample."""
        if not self.samples:
            return ""
        lines = [f"# HELP {self.name} {self.help}", f"# TYPE {self.name} gauge"]
        lines += [f"{self.name}{_labels(labels)} {_number(value)}" for labels, value in self.samples]
        return "\n".join(lines) + "\n"


def exposition(
    *,
    version: str,
    code: int,
    ended_at: datetime,
    run: RunSummary | None = None,
    well_at: datetime | None = None,
    opportunities: Mapping[OpportunityState, int] | None = None,
) -> str:
    """The whole file. `run` None: it broke off before it had a record, so only exit code and time are known.

    `well_at`: when the last run before this one ended that did its work. `opportunities`: how many stand where.
    """
    well_at = ended_at if ended_well(code) else well_at
    metrics = [
        _one("mentions_build_info", "The version of the program.", 1, version=version),
        _one("mentions_run_last_end_timestamp_seconds", "When the last night ended.", ended_at.timestamp()),
        _one(
            "mentions_run_last_exit_code", "What it ended with; docs/reference/exit-codes.md says what it means.", code
        ),
    ]
    if well_at is not None:
        metrics.append(
            _one("mentions_run_last_success_timestamp_seconds", "When a night last did its work.", well_at.timestamp())
        )
    if run is not None:
        metrics += _of_run(run)
    if opportunities is not None:
        states = [({"state": state.value}, opportunities.get(state, 0)) for state in OpportunityState]
        metrics.append(Metric("mentions_opportunities", "Opportunities by state.", tuple(states)))
    return "".join(metric.text() for metric in metrics)


def _of_run(run: RunSummary) -> Iterable[Metric]:
    counts = run.counts
    if run.ended_at is not None:
        seconds = max(0.0, (run.ended_at - run.started_at).total_seconds())
        yield _one("mentions_run_last_duration_seconds", "How long the last night took.", seconds)
    phases = [({"phase": phase.name}, phase.seconds) for phase in run.phases if phase.seconds is not None]
    yield Metric("mentions_run_last_phase_duration_seconds", "How long each part of it took.", tuple(phases))
    yield Metric(
        "mentions_run_last_pages",
        "Pages of the last night by what became of them.",
        tuple(({"outcome": label}, counts.get(key, 0)) for label, key in _PAGES.items()),
    )
    yield Metric(
        "mentions_run_last_findings",
        "Findings of the last night by verdict.",
        tuple(({"verdict": verdict.value}, counts.get(f"verdicts/{verdict.value}", 0)) for verdict in Verdict),
    )
    yield Metric(
        "mentions_run_last_publishers",
        "Publishers of the last night by how it went with them.",
        tuple(({"outcome": word}, counts.get(f"publishers/{word}", 0)) for word in _PUBLISHERS),
    )
    yield _one(
        "mentions_run_last_new_opportunities", "Opportunities found last night.", counts.get("opportunities/new", 0)
    )
    yield _one("mentions_run_last_drafts_written", "Drafts written last night.", counts.get("drafts/written", 0))
    yield _one("mentions_run_last_warnings", "Warnings of the last night.", len(run.warnings))


def _one(name: str, says: str, value: float, **labels: str) -> Metric:
    return Metric(name, says, ((labels, value),))


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}" if labels else ""


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
