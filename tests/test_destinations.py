"""When a page of ours counts as gone, and when it is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from mentions.budgets import Looks
from mentions.destinations import Destination, after, dead_pages, problem_of_status, resolved

NIGHT = datetime(2026, 3, 2, 4, tzinfo=UTC)
PAGE = "https://acme.example/report"


def look(night: int, status: int | None = None, problem: str | None = None) -> Destination:
    """A look at our page, so many nights later."""
    problem = problem or (problem_of_status(status) if status else None)
    return Destination(PAGE, True, NIGHT + timedelta(days=night), PAGE, status, problem)


def history(*looks: Destination) -> Destination:
    found: Destination | None = None
    for one in looks:
        found = after(found, one)
    assert found is not None
    return found


@pytest.mark.parametrize("status", [404, 410])
def test_not_found_is_gone_at_once(status: int) -> None:
    assert history(look(0, status)).is_dead


@pytest.mark.parametrize("status", [200, 204, 301, 401, 403, 429, 451])
def test_answers_that_say_nothing_against_the_page(status: int) -> None:
    assert not history(*(look(night, status) for night in range(9))).is_dead


@pytest.mark.parametrize(("status", "problem"), [(500, None), (503, None), (None, "no answer in time"), (400, None)])
def test_everything_else_takes_three_looks_over_two_days(status: int | None, problem: str | None) -> None:
    looks = [look(night, status, problem) for night in range(4)]
    assert [history(*looks[: n + 1]).is_dead for n in range(4)] == [False, False, True, True]
    assert not history(looks[0], look(0, status, problem), look(0, status, problem)).is_dead, "three in one night"
    assert not history(*looks[:2], look(2, 200), look(3, status, problem)).is_dead, "a good look in between"


def test_what_we_did_not_ask_is_no_failure() -> None:
    refused = Destination(PAGE, True, NIGHT, problem="robots.txt asks us not to fetch this page")
    found: Destination | None = None
    for _ in range(9):
        found = after(found, refused, asked=False)
    assert found is not None
    assert (found.failures, found.failing_since, found.is_dead) == (0, None, False)


def test_a_good_look_forgets_the_bad_ones() -> None:
    found = history(look(0, 404), look(1, 200))
    assert (found.failures, found.failing_since, found.problem, found.is_dead) == (0, None, None, False)


def test_own_pages_are_due_after_days_or_the_next_night_when_something_was_wrong() -> None:
    looks = Looks(own_pages_every_days=7)
    fine, bad = history(look(0, 200)), history(look(0, 404))
    assert [night for night in range(9) if fine.is_due(NIGHT + timedelta(days=night), looks)] == [7, 8]
    assert bad.is_due(NIGHT + timedelta(days=1), looks)
    assert not bad.is_due(NIGHT + timedelta(hours=3), looks)


def test_a_shortener_keeps_what_it_was_seen_to_lead_to() -> None:
    short = Destination("https://bit.ly/x", False, NIGHT, final_url=PAGE)
    failed = after(short, Destination(short.url, False, NIGHT + timedelta(days=100), problem="no answer in time"))
    assert resolved([failed]) == {short.url: PAGE}
    assert not failed.is_dead
    assert not short.is_due(NIGHT + timedelta(days=89), Looks())
    assert short.is_due(NIGHT + timedelta(days=90), Looks())


def test_dead_pages_are_named_as_verdicts_name_them() -> None:
    gone = Destination("https://ACME.example/old/?utm_source=x", True, NIGHT, http_status=404, problem="not found")
    short = Destination("https://bit.ly/x", False, NIGHT, http_status=404, problem="it leads nowhere")
    assert dead_pages([gone, short]) == {"https://acme.example/old"}
