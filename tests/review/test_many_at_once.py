"""Decisions about many finds at once: one that cannot be stops no other, and one undo takes all back (C-17)."""

import re
from datetime import timedelta

import pytest

from mentions.config import Config
from mentions.review.offers import IN_BULK, Word
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser, Clock, undo_address
from tests.review.finds import drafted

Sent = dict[str, str | list[str]]
SEEN = NOW.isoformat()  # when the list was shown


def test_many_at_once_and_one_undo_for_all(browser: Browser, store: Store, config: Config) -> None:
    numbers = [str(number) for number in drafted(store, config, 4)]
    sent: Sent = {"move": "skip", "reason": "too old", "number": numbers, "next": "/help", "seen": SEEN}
    assert browser.submit("/opportunities/decide", sent, on="/help").headers["location"] == "/help"
    assert {store.standing(int(number)).state for number in numbers} == {State.IGNORED}
    browser.submit(undo_address(browser), on="/help")
    assert {store.standing(int(number)).state for number in numbers} == {State.DRAFTED}


def test_one_that_cannot_be_stops_no_other(browser: Browser, store: Store, config: Config) -> None:
    first, second, third = drafted(store, config, 3)
    store.decide(second, Decision(Move.DECLINED), by="lee", now=NOW)
    sent: Sent = {"move": "snooze", "days": "7", "number": [str(first), str(second), str(third), "999"], "seen": SEEN}
    answer = browser.submit("/opportunities/decide", sent, on="/help")
    assert answer.status_code == 200
    assert "2 finds left as they were" in answer.text
    assert "it is declined; there is nothing to put off" in answer.text
    assert "there is no opportunity 999" in answer.text
    assert store.standing(third).snoozed_until == NOW + timedelta(days=7)


def test_what_changed_since_it_was_ticked_is_left_c_17(browser: Browser, store: Store, config: Config) -> None:
    first, second = drafted(store, config, 2)
    store.decide(second, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    before = (NOW - timedelta(minutes=1)).isoformat()
    sent: Sent = {"move": "assign", "to": "kim", "number": [str(first), str(second)], "seen": before}
    assert "1 find left" in browser.submit("/opportunities/decide", sent, on="/help").text
    assert (store.standing(first).assigned_to, store.standing(second).assigned_to) == ("kim", "lee")


def test_the_list_itself_says_when_it_was_shown_c_17(
    browser: Browser, store: Store, config: Config, clock: Clock
) -> None:
    first, second = drafted(store, config, 2)
    shown = re.search(r'name="seen" value="([^"]+)"', browser.get("/opportunities?state=drafted").text)
    assert shown
    clock.now += timedelta(minutes=2)
    store.decide(second, Decision(Move.ASSIGN, to="lee"), by="lee", now=clock.now)
    clock.now += timedelta(minutes=2)
    sent: Sent = {"move": "skip", "reason": "too old", "number": [str(first), str(second)], "seen": shown[1]}
    assert "lee changed it since you saw the list (assigned)" in browser.submit("/opportunities/decide", sent).text
    assert [store.standing(number).state for number in (first, second)] == [State.IGNORED, State.DRAFTED]
    assert browser.submit("/opportunities/decide", {**sent, "seen": "soon"}).status_code == 400
    unsaid = browser.submit("/opportunities/decide", {**sent, "seen": ""})
    assert unsaid.status_code == 409
    assert "does not say which version of the find" in unsaid.text


@pytest.mark.parametrize("word", sorted(set(Word) - IN_BULK))
def test_nothing_is_approved_in_bulk(browser: Browser, store: Store, config: Config, word: Word) -> None:
    (number,) = drafted(store, config)
    sent: Sent = {"move": word.value, "number": [str(number)]}
    assert browser.submit("/opportunities/decide", sent, on="/help").status_code == 400
    assert store.standing(number).rev == 0


def test_nothing_ticked_is_said(browser: Browser) -> None:
    browser.submit("/opportunities/decide", {"move": "skip", "next": "https://evil.example/"}, on="/help")
    assert "Nothing is ticked" in browser.get("/help").text
