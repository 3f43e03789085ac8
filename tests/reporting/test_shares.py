"""Numbers with what they are a part of, and no more exact than they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.reporting.shares import days_of, percent, share


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (12, 48, "12 of 48 (25 %)"),
        (3, 8, "3 of 8"),
        (0, 0, "–"),
        (0, 10, "0 of 10 (0 %)"),
        (10, 10, "10 of 10 (100 %)"),
        (1, 3000, "1 of 3,000 (< 1 %)"),
        (2999, 3000, "2,999 of 3,000 (> 99 %)"),
    ],
)
def test_a_share_stands_with_its_denominator(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


@given(st.integers(0, 9), st.integers(0, 9))
def test_of_fewer_than_ten_there_is_no_percentage(part: int, whole: int) -> None:
    assert percent(part, whole) == ""
    assert "%" not in share(part, whole)


def test_many_have_quartiles_and_few_have_extremes() -> None:
    many = days_of([float(number) for number in range(1, 14)])
    assert many is not None
    assert (many.lower, many.median, many.upper) == (4, 7, 10)
    assert many.words == "7 days in the middle; half of 13 took 4 to 10 days"
    few = days_of([9.0, 1.0, 4.0])
    assert few is not None
    assert few.words == "4 days in the middle; 3 took 1 to 9 days"
    one = days_of([1.2])
    assert one is not None
    assert one.words == "1 day (1 link)"
    assert days_of([]) is None


def test_days_that_are_mostly_the_same_are_told_once() -> None:
    found = days_of([3.75] * 12 + [60.0])
    assert found is not None
    assert found.words == "4 days, for at least half of 13"
