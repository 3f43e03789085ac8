"""How far a run is, in numbers and in plain lines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run. All numbers count from its start."""

    elapsed_s: float
    sources: int  # read, or unchanged since the last run
    pages: int  # fetched
    unnamed: int  # of these, pages that do not name us
    failed: int  # pages that could not be fetched
    unlinked: int  # findings with this verdict
    worth_asking: int = 0  # opportunities that are new in this run
    publishers: int = 0  # that this run visits
    done: int = 0  # of these, all read that is known of so far
    failing: int = 0  # of these, nothing of them could be read so far

    @property
    def pages_per_s(self) -> float:
        """Over the whole run so far."""
        return self.pages / self.elapsed_s if self.elapsed_s > 0 else 0.0

    def clock(self) -> str:
        """The time since the start, as on a clock: 04:07, and 1:04:07 after an hour."""
        minutes, seconds = divmod(int(self.elapsed_s), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"

    def figures(self) -> str:
        """Everything but the time and the publishers, short enough for a line of 80 columns."""
        parts = [f"{self.pages:,} pages ({self.pages_per_s:,.0f}/s)", f"{self.unlinked:,} unlinked"]
        parts.append(f"{self.worth_asking:,} to ask")
        if self.failed:
            parts.append(f"{self.failed:,} not read")
        if self.failing:
            parts.append(f"{self.failing:,} failing")
        return " · ".join(parts)

    def line(self) -> str:
        """For logs."""
        return f"{self.clock()}  {self.done:,} of {self.publishers:,} publishers · {self.figures()}"


def progress_of(
    counts: Mapping[str, int], elapsed_s: float, *, publishers: int = 0, done: int = 0, failing: int = 0
) -> Progress:
    """From the counts of a run, as in RunSummary.counts, and how its publishers are doing."""
    return Progress(
        elapsed_s=max(0.0, elapsed_s),  # a clock may be put back while we run
        sources=counts.get("sources/read", 0) + counts.get("sources/unchanged", 0),
        pages=counts.get("pages/fetched", 0),
        unnamed=counts.get("pages/early", 0) + counts.get("pages/unnamed", 0),
        failed=counts.get("pages/failed", 0),
        unlinked=counts.get("verdicts/unlinked", 0),
        worth_asking=counts.get("opportunities/new", 0),
        publishers=publishers,
        done=done,
        failing=failing,
    )
