"""How a run ended, from its counts (G-08)."""

import pytest

from mentions.crawling.conclusion import conclude, has_failed
from mentions.crawling.expectations import Past
from mentions.crawling.runner import exit_code
from mentions.publishers import Publisher
from mentions.store.records import RunState, RunSummary
from tests.crawling.test_runner_ledger import NOW


def publisher(domain: str, **more: object) -> Publisher:
    """A publisher with a feed."""
    return Publisher.model_validate(
        {"name": domain.title(), "domain": domain, "feeds": [f"https://{domain}/rss"], **more}
    )


VISITED = Past(visited={"a.example"})
GOOD = {"sources/read": 1, "pages/fetched": 5, "requests/answered": 6}
DEAD = {"sources/failed": 1, "requests/failed": 1}


def test_every_publisher_read_is_finished() -> None:
    state, warnings = conclude(GOOD, {"a.example": GOOD}, [publisher("a.example")], stopped=False, past=VISITED)
    assert (state, warnings) == (RunState.FINISHED, ())


def test_g08_one_publisher_of_three_failing_is_partial_and_is_named() -> None:
    by_publisher = {"a.example": GOOD, "b.example": DEAD, "c.example": GOOD}
    visited = [publisher(domain) for domain in by_publisher]
    state, warnings = conclude(
        {"requests/answered": 12, "requests/failed": 1}, by_publisher, visited, stopped=False, past=VISITED
    )
    assert state is RunState.PARTIAL
    assert warnings == ("B.Example (b.example): nothing of it could be read",)


def test_g08_nothing_answered_is_unreachable() -> None:
    state, warnings = conclude(DEAD, {"a.example": DEAD}, [publisher("a.example")], stopped=False, past=VISITED)
    assert state is RunState.UNREACHABLE
    assert "nothing could be reached" in warnings[0]


def test_a_stopped_run_is_stopped_whatever_failed() -> None:
    state, _ = conclude(DEAD, {"a.example": DEAD}, [publisher("a.example")], stopped=True, past=VISITED)
    assert state is RunState.STOPPED


def test_robots_that_keep_us_out_are_an_answer_and_no_failure() -> None:
    denied = {"sources/denied": 1, "requests/answered": 1}
    state, _ = conclude(denied, {"a.example": denied}, [publisher("a.example")], stopped=False, past=VISITED)
    assert state is RunState.FINISHED


@pytest.mark.parametrize(
    ("counts", "failed"),
    [
        ({"sources/failed": 1, "sources/unchanged": 1}, False),  # one of two feeds is broken: a warning, no failure
        ({"sources/read": 1, "pages/failed": 4}, True),  # the feed is read, and every page is refused
        ({"sources/read": 1, "pages/failed": 4, "pages/fetched": 1}, False),
        ({"sources/unchanged": 1, "pages/failed": 4, "pages/failed_again": 4}, False),  # the same 404s as yesterday
        ({"sources/read": 1, "pages/failed": 2}, False),
        ({}, False),
    ],
)
def test_a_publisher_fails_when_nothing_of_it_could_be_read(counts: dict[str, int], *, failed: bool) -> None:
    assert has_failed(counts) is failed


@pytest.mark.parametrize(("new", "warns"), [(19, True), (20, False), (400, False), (401, True)])
def test_new_pages_outside_the_declared_range_warn(new: int, *, warns: bool) -> None:
    counts = {**GOOD, "pages/new": new}
    _, warnings = conclude(
        counts, {"a.example": counts}, [publisher("a.example", pages_per_night=(20, 400))], stopped=False, past=VISITED
    )
    assert bool(warnings) is warns
    assert not warns or f"{new} new pages, not 20 to 400" in warnings[0]


def test_pages_beyond_the_budget_are_said() -> None:
    counts = {**GOOD, "pages/beyond_budget": 1_200}
    _, (warning,) = conclude(counts, {"a.example": counts}, [publisher("a.example")], stopped=False, past=VISITED)
    assert "1,200 pages wait for another night; its politeness allows max_pages 400" in warning


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (RunState.FINISHED, 0),
        (RunState.PARTIAL, 3),
        (RunState.LIMITED, 4),
        (RunState.UNREACHABLE, 5),
        (RunState.STOPPED, 143),
    ],
)
def test_g08_exit_codes(state: RunState, code: int) -> None:
    assert exit_code(RunSummary(1, NOW, NOW, state)) == code


def test_a_run_stopped_from_the_keyboard_is_130() -> None:
    assert exit_code(RunSummary(1, NOW, NOW, RunState.STOPPED, {"stopped/keyboard": 1})) == 130
