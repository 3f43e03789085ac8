"""Where a run ends although there is more to fetch."""

import pytest

from mentions.limits import RunLimits


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (RunLimits(minutes=10), "after 10 minutes"),
        (RunLimits(pages=300), "after 300 pages"),
        (RunLimits(memory_mb=400), "400 MB"),
    ],
)
def test_each_limit_is_named_with_its_key(limits: RunLimits, words: str) -> None:
    reason = limits.reached(elapsed_s=600, pages=300, memory_mb=400)
    assert reason is not None
    assert words in reason
    assert "(limits." in reason
    assert limits.reached(elapsed_s=599, pages=299, memory_mb=399) is None


def test_by_default_only_memory_is_limited() -> None:
    assert RunLimits().reached(elapsed_s=1e9, pages=10**9, memory_mb=300) is None
    assert RunLimits().reached(elapsed_s=0, pages=0, memory_mb=5_000)
