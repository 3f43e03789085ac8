"""A publisher or a source that falls silent is noticed, against its declaration or its own past."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mentions.crawling.expectations import Past, silent, unusual_news, usual_pages
from mentions.publishers import Publisher, SourceKind
from mentions.store import open_store
from mentions.store.records import FoundPage, RunState, RunSummary, SourceLook, SourceNews

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
FEED = "https://a.example/rss"


def run(day: int, new: int, state: RunState = RunState.FINISHED, *, read: int = 1) -> RunSummary:
    """A run of so many days ago that brought so many pages."""
    at = NOW - timedelta(days=day)
    return RunSummary(100 - day, at, at, state, {}, {"a.example": {"sources/read": read, "pages/new": new}})


def publisher(**more: object) -> Publisher:
    """A publisher with a feed."""
    return Publisher.model_validate({"name": "Courier", "domain": "a.example", "feeds": [FEED], **more})


def test_the_usual_is_the_median_of_the_past_without_the_first_visit() -> None:
    past = [run(day, new) for day, new in enumerate([40, 0, 44, 42, 41, 2_000], start=1)]
    assert usual_pages(past) == {"a.example": 41.0}
    assert usual_pages(reversed(past)) == {"a.example": 41.0}


@pytest.mark.parametrize(
    "past",
    [
        [],
        [run(day, 40) for day in range(1, 5)],  # the first of them does not count
        [run(day, 40, RunState.STOPPED) for day in range(1, 9)],  # cut short: they say nothing
        [run(day, 0, read=0) for day in range(1, 9)],  # the publisher could not be read
    ],
)
def test_too_little_is_known_to_say_what_is_usual(past: list[RunSummary]) -> None:
    assert usual_pages(past) == {}


@pytest.mark.parametrize(
    ("new", "usual", "warns"),
    [(10, 41.0, True), (11, 41.0, False), (0, 7.0, False), (0, None, False), (0, 8.0, True), (900, 41.0, False)],
)
def test_far_fewer_pages_than_usual_warn(new: int, usual: float | None, *, warns: bool) -> None:
    past = Past(usual={} if usual is None else {"a.example": usual}, visited={"a.example"})
    said = unusual_news(publisher(), {"pages/new": new}, past)
    assert (said is not None) is warns
    assert (
        not warns
        or str(said) == f"Courier (a.example): {new} new pages; in the runs before it was {usual:.0f} in the middle"
    )


def test_what_is_declared_goes_before_what_is_usual() -> None:
    declared = publisher(pages_per_night=[1, 400])
    past = Past(usual={"a.example": 41.0}, visited={"a.example"})
    assert unusual_news(declared, {"pages/new": 2}, past) is None
    assert "not 1 to 400 new pages a night" in str(unusual_news(declared, {"pages/new": 0}, past))


@pytest.mark.parametrize(
    ("hours_ago", "new", "warns"),
    [
        ([], 900, False),  # the first visit brings weeks of news
        ([], 0, True),  # but some it should bring
        ([24], 900, True),
        ([24], 0, True),
        ([24, 3], 0, False),  # a second run in the same night
        ([24, 3], 900, True),
    ],
)
def test_a_first_visit_may_bring_more_and_a_second_one_in_a_night_less(
    hours_ago: list[int], new: int, *, warns: bool
) -> None:
    runs = [replace(run(1, 40), started_at=NOW - timedelta(hours=hours)) for hours in hours_ago]
    said = unusual_news(publisher(pages_per_night=[1, 400]), {"pages/new": new}, Past.of(runs, now=NOW))
    assert (said is not None) is warns


def test_a_run_that_could_not_read_a_publisher_was_no_visit() -> None:
    assert Past.of([run(0, 0, read=0)], now=NOW) == Past()


@pytest.mark.parametrize(
    ("days_with_news", "days", "quiet_days", "warns"),
    [
        (24, 26, 5, True),
        (24, 26, 3, False),  # a long weekend
        (6, 30, 14, False),  # once in five days is its habit
        (6, 18, 12, True),
        (3, 4, 20, False),  # three days are no habit
    ],
)
def test_a_source_that_has_gone_silent(days_with_news: int, days: int, quiet_days: int, *, warns: bool) -> None:
    source = SourceNews(FEED, days_with_news, days, NOW - timedelta(days=quiet_days))
    said = silent([source], now=NOW)
    assert bool(said) is warns
    if (days_with_news, warns) == (24, True):
        assert said == [f"{FEED}: no new page since 16 November; before that it had some on 24 days of 26"]


def test_the_store_knows_on_which_days_a_source_brought_news(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    store.register((), [publisher()], NOW)
    store.save_source(SourceLook(FEED, "a.example", SourceKind.FEED, NOW, found=1))
    pages = [(40, "old"), (9, "a"), (9, "b"), (7, "c"), (6, "d")]
    for days, name in pages:
        url = f"https://a.example/{name}"
        store.add_found([FoundPage(url, url, "a.example", FEED, SourceKind.FEED, NOW - timedelta(days=days))])
    other = FoundPage("https://a.example/x", "https://a.example/x", "a.example", "elsewhere", SourceKind.CRAWL, NOW)
    store.add_found([other])
    assert store.source_news(NOW - timedelta(days=30)) == [SourceNews(FEED, 3, 4, NOW - timedelta(days=6))]
    first, second, third = (store.start_run("nightly", NOW) for _ in range(3))
    assert [past.id for past in store.runs_before(third, 5)] == [second, first]
    assert [past.id for past in store.runs_before(third, 1)] == [second]
    store.close()
