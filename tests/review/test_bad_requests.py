"""Addresses and forms that no page of ours makes: a plain refusal, never an error of the desk."""

import pytest

from mentions.config import Config
from mentions.review.desk import Desk
from mentions.store import Store
from tests.review.conftest import Browser, Clock
from tests.review.finds import drafted

PAST_SQLITE = "9" * 20
ENDLESS = "9" * 5000


@pytest.mark.parametrize("number", ["2147483648", PAST_SQLITE, ENDLESS])
@pytest.mark.parametrize(
    "page", ["/opportunities/{}", "/opportunities/{}/copy/page", "/contacts/{}/erase", "/hand-off/{}.eml"]
)
def test_numbers_past_every_row_lead_to_no_page(browser: Browser, page: str, number: str) -> None:
    assert browser.get(page.format(number)).status_code == 404


@pytest.mark.parametrize("number", ["2147483648", PAST_SQLITE, ENDLESS])
def test_decisions_about_numbers_past_every_row_are_refused(browser: Browser, number: str) -> None:
    assert browser.submit(f"/opportunities/{number}/skip", {"reason": "x"}, on="/help").status_code == 404
    assert browser.submit(f"/decisions/1,{number}/undo", on="/help").status_code == 404
    bulk = {"move": "skip", "number": number, "reason": "x"}
    assert browser.submit("/opportunities/decide", bulk, on="/help").status_code == 400


def test_the_history_goes_on_behind_any_number(browser: Browser) -> None:
    for number in (PAST_SQLITE, "0", "-1"):
        assert browser.get(f"/audit?before=2026-11-21T00:00:00.000000_{number}").status_code == 200


@pytest.mark.parametrize("page", ["/opportunities", "/opportunities/1", "/audit", "/publishers", "/publishers/a%00b"])
def test_a_nul_is_no_text(browser: Browser, store: Store, config: Config, page: str) -> None:
    drafted(store, config)
    assert browser.get(f"{page}?text=a%00b&subject=%00").status_code == 400
    answer = browser.submit("/opportunities/1/skip", {"reason": "a\0b"}, on="/help")
    assert answer.status_code == 400
    assert "reason: holds a character that is no text" in answer.text


def test_a_find_with_too_many_filters_in_its_address_is_shown(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    many = "&".join(f"a{place}=1" for place in range(200))
    assert browser.get(f"/opportunities/{number}?{many}").status_code == 200
    answer = browser.submit(f"/opportunities/{number}/skip", {"rev": "0", "reason": "x", "queue": many}, on="/help")
    assert answer.status_code == 303


def test_a_view_with_too_many_filters_is_refused(browser: Browser, desk: Desk, clock: Clock) -> None:
    query = "&".join(f"a{place}=1" for place in range(200))
    assert browser.submit("/views", {"query": query, "name": "all"}, on="/help").status_code == 400


def test_numbers_that_name_nothing_are_said_to_name_nothing(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    chosen = browser.submit(f"/opportunities/{number}/contact", {"contact": "777", "rev": "0"}, on="/help")
    assert chosen.status_code == 404
    assert "There is no contact 777" in chosen.text
    assert browser.submit("/opportunities/777/skip", {"reason": "x", "rev": "0"}, on="/help").status_code == 404
