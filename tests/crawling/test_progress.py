"""The lines that say how far a run is."""

import pytest

from mentions.crawling.progress import progress_of

COUNTS = {"pages/fetched": 1_234, "verdicts/unlinked": 12, "opportunities/new": 9, "pages/failed": 3, "sources/read": 4}


def test_a_line_says_publishers_pace_finds_and_failures() -> None:
    progress = progress_of(COUNTS, 61.5, publishers=40, done=12, failing=2)
    assert progress.line() == (
        "01:01  12 of 40 publishers · 1,234 pages (20/s) · 12 unlinked · 9 to ask · 3 not read · 2 failing"
    )


def test_it_fits_80_columns_in_a_terminal() -> None:
    counts = {**COUNTS, "pages/fetched": 98_765, "verdicts/unlinked": 1_000, "pages/failed": 2_345}
    assert len(progress_of(counts, 7_200, publishers=400, done=399, failing=88).figures()) <= 80


@pytest.mark.parametrize(("seconds", "shown"), [(0, "00:00"), (59.9, "00:59"), (3_661, "1:01:01"), (-3_600, "00:00")])
def test_the_time_since_the_start_also_when_the_clock_was_put_back(seconds: float, shown: str) -> None:
    """G-13."""
    progress = progress_of({}, seconds)
    assert progress.clock() == shown
    assert progress.pages_per_s == 0.0
