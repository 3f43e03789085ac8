"""Hosts that say "not now"."""

from datetime import UTC, datetime

import pytest

from mentions.crawling.backoff import Backoff, Pause, retry_after_s

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 12:01:30 -0000", 90.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
        ("9" * 40, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, now=NOW) == seconds


def test_pauses_double_and_then_the_host_is_left_alone() -> None:
    backoff = Backoff(first_s=10, longest_s=1_000, patience=3)
    assert backoff.refused("site.example", None) == Pause(10)
    assert backoff.refused("site.example", None) == Pause(20)
    assert backoff.reason_to_stay_away("site.example") is None
    assert backoff.refused("site.example", None) == Pause(None)
    assert backoff.reason_to_stay_away("site.example") == "site.example turned us away 3 times in a row"
    assert backoff.reason_to_stay_away("other.example") is None


def test_an_answer_in_between_starts_over() -> None:
    backoff = Backoff(first_s=10, patience=3)
    for _ in range(5):
        assert backoff.refused("site.example", None) == Pause(10)
        backoff.answered("site.example")


def test_retry_after_is_obeyed_to_the_second_and_a_long_one_ends_the_run_for_that_host() -> None:
    backoff = Backoff(longest_s=120)
    assert backoff.refused("site.example", 7) == Pause(7)
    assert backoff.refused("site.example", 3_600) == Pause(None)
    assert backoff.reason_to_stay_away("site.example") == "site.example asked us to come back in 60 minutes"
