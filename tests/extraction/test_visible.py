"""Dates and bylines that only readers see."""

from datetime import UTC, datetime

import pytest

from tests.extraction.pages_for_tests import read

PAGE = "<html><body><h1>Robots in the harbour</h1><div>{line}</div><p>{text}</p></body></html>"
TEXT = (
    "The harbour has put forty new machines to work, and the people who lashed containers by hand learn to guide them."
)


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("By Jane Doe | March 14, 2026", "Jane Doe", datetime(2026, 3, 14, tzinfo=UTC)),
        ("Von Jörg Müller · 14. März 2026", "Jörg Müller", datetime(2026, 3, 14, tzinfo=UTC)),
        ("Par Élodie Martin • 14 février 2026", "Élodie Martin", datetime(2026, 2, 14, tzinfo=UTC)),
        ("作者：毛小明", "毛小明", None),
        ("Published on 2026-03-14", None, datetime(2026, 3, 14, tzinfo=UTC)),
        ("By the sea, by the road", None, None),
    ],
)
def test_lines_beside_the_headline_are_read(line: str, author: str | None, day: datetime | None) -> None:
    metadata = read(PAGE.format(line=line, text=TEXT), "https://courier.example/robots").metadata
    assert metadata.authors == ((author,) if author else ())
    assert metadata.published == day


def test_the_day_of_publication_goes_before_that_of_an_update() -> None:
    line = "Updated 20 March 2026</div><div>Published 14 March 2026"
    metadata = read(PAGE.format(line=line, text=TEXT), "https://courier.example/robots").metadata
    assert metadata.published == datetime(2026, 3, 14, tzinfo=UTC)
