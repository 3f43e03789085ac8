"""How far a run is, in numbers and in one plain line. Pure."""

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

    def line(self) -> str:
        """For logs and for the line under a spinner."""
        minutes, seconds = divmod(int(self.elapsed_s), 60)
        failed = f", {self.failed:,} not fetched" if self.failed else ""
        return (
            f"{minutes:02}:{seconds:02}  {self.sources:,} sources, {self.pages:,} pages read "
            f"({self.unnamed:,} without our names{failed}), {self.unlinked:,} unlinked"
        )


def progress_of(counts: Mapping[str, int], elapsed_s: float) -> Progress:
    """From the counts of a run, as in RunSummary.counts."""
    return Progress(
        elapsed_s=elapsed_s,
        sources=counts.get("sources/read", 0) + counts.get("sources/unchanged", 0),
        pages=counts.get("pages/fetched", 0),
        unnamed=counts.get("pages/early", 0) + counts.get("pages/unnamed", 0),
        failed=counts.get("pages/failed", 0),
        unlinked=counts.get("verdicts/unlinked", 0),
    )
