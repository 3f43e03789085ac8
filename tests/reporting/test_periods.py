"""Periods as people name them."""

from datetime import UTC, datetime, timedelta

import pytest

from mentions.reporting.periods import Period, period

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "start", "end"),
    [
        ("30d", NOW - timedelta(days=30), NOW),
        ("2w", NOW - timedelta(days=14), NOW),
        ("2026-11-01", day(2026, 11, 1), NOW),
        ("month", day(2026, 11, 1), NOW),
        ("last-month", day(2026, 10, 1), day(2026, 11, 1)),
        ("quarter", day(2026, 10, 1), NOW),
        (" Year ", day(2026, 1, 1), NOW),
        (None, NOW - timedelta(days=30), NOW),
    ],
)
def test_a_period_begins_and_ends_where_its_name_says(since: str | None, start: datetime, end: datetime) -> None:
    assert period(since, None, now=NOW) == Period(start, end)


def test_the_last_day_is_counted() -> None:
    october = period("2026-10-01", "2026-10-31", now=NOW)
    assert october.holds(day(2026, 10, 31) + timedelta(hours=23))
    assert not october.holds(day(2026, 11, 1))
    assert october.words == "1 to 31 October 2026"


def test_the_last_day_of_all_has_no_next_one() -> None:
    assert period("2026-10-01", "9999-12-31", now=NOW).holds(day(9999, 12, 30))


def test_everything_is_everything() -> None:
    everything = period("all", None, now=NOW)
    assert everything.is_all
    assert everything.words == "everything up to 21 November 2026"
    assert period("9999w", None, now=NOW).start == everything.start


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("yesterday", None, "30d, 12w, month"),
        ("2026-13-01", None, "is no period"),
        ("0d", None, "no time at all"),
        ("2026-11-10", "2026-11-08", "before it begins"),
        (None, "soon", "is no period"),
    ],
)
def test_what_is_no_period_is_refused_with_what_would_be_one(since: str, until: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        period(since, until, now=NOW)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (day(2026, 11, 3), day(2026, 11, 4), "3 November 2026"),
        (day(2026, 10, 3), day(2026, 11, 4), "3 October to 3 November 2026"),
        (day(2025, 12, 3), day(2026, 1, 4), "3 December 2025 to 3 January 2026"),
    ],
)
def test_a_period_in_words(start: datetime, end: datetime, words: str) -> None:
    assert Period(start, end).words == words
