"""G-02, small: a crawl and two people write at once. `python -m benchmarks.writers` does it for a minute."""

from pathlib import Path

from benchmarks.writers import PACE, measure


def test_g02_a_crawl_and_two_people_write_and_nobody_is_told_that_the_database_is_locked(tmp_path: Path) -> None:
    waited = measure(tmp_path, seconds=3.0, people=2, pace=PACE)
    assert waited.locked == []
    assert len(waited.milliseconds) >= 4, "both people decided"
    assert waited.crawled > 0, "the crawl wrote meanwhile"
