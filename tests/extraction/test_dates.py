"""Dates as pages write them."""

from datetime import UTC, datetime

import pytest

from mentions.extraction.dates import date_in_path, read_date


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-14", datetime(2026, 3, 14, tzinfo=UTC)),
        ("2026-03-14T07:30:00Z", datetime(2026, 3, 14, 7, 30, tzinfo=UTC)),
        ("2026-03-14T07:30:00.123+01:00", datetime(2026, 3, 14, 6, 30, tzinfo=UTC)),
        ("2026-03-14 07:30:00 -0500", datetime(2026, 3, 14, 12, 30, tzinfo=UTC)),
        ("2026-03-14T07:30", datetime(2026, 3, 14, 7, 30, tzinfo=UTC)),
        ("20260314T073000", datetime(2026, 3, 14, 7, 30, tzinfo=UTC)),
        ("Sat, 14 Mar 2026 07:30:00 +0100", datetime(2026, 3, 14, tzinfo=UTC)),
        ("March 14, 2026", datetime(2026, 3, 14, tzinfo=UTC)),
        ("Sept. 3rd, 2025", datetime(2025, 9, 3, tzinfo=UTC)),
        ("14. März 2026, 7.30 Uhr", datetime(2026, 3, 14, tzinfo=UTC)),
        ("le 14 février 2026", datetime(2026, 2, 14, tzinfo=UTC)),
        ("14 de marzo de 2026", datetime(2026, 3, 14, tzinfo=UTC)),
        ("14.03.2026 | 07:30", datetime(2026, 3, 14, tzinfo=UTC)),
        ("2026年3月14日 7時30分", datetime(2026, 3, 14, tzinfo=UTC)),
        ("2026/3/14", datetime(2026, 3, 14, tzinfo=UTC)),
    ],
)
def test_dates_are_read(written: str, moment: datetime) -> None:
    assert read_date(written) == moment


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "0000-00-00", "2026-13-45", "1970-01-01", "-0001-11-30T00:00:00+00:00", "99999", "5 min read"],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) is None


def test_a_day_in_the_path_is_found() -> None:
    assert date_in_path("https://courier.example/2026/03/14/robots") == datetime(2026, 3, 14, tzinfo=UTC)
    assert date_in_path("https://courier.example/news/2026-3-4-robots") == datetime(2026, 3, 4, tzinfo=UTC)
    assert date_in_path("https://courier.example/2026/99/14/robots") is None
    assert date_in_path("https://courier.example/robots-2026") is None
