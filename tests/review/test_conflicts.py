"""Two people at one find: who was slower learns who did what, and can repeat what they wanted (C-17)."""

import re

import pytest

from mentions.config import Config
from mentions.review.desk import Desk
from mentions.review.offers import Word
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser
from tests.review.finds import drafted
from tests.review.harmless import ALL, harmful
from tests.review.staff import logged_in, staffed


@pytest.fixture
def number(store: Store, config: Config) -> int:
    (made,) = drafted(store, config)
    return made


def press(browser: Browser, number: int, word: Word, **fields: str) -> str:
    """Presses a button on a page that is out of date by now."""
    answer = browser.submit(f"/opportunities/{number}/{word.value}", {"rev": "0", **fields}, on="/help")
    assert answer.status_code == 409
    return answer.text


def test_both_versions_are_shown_and_what_was_typed_is_kept_c_17(browser: Browser, store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    shown = press(browser, number, Word.SKIP, reason="a friend's site", note="Ask again in spring")
    assert "While you were at it, lee changed this find (assigned: to lee)." in shown
    assert "<dt>Whose</dt><dd>lee</dd>" in shown
    assert "<strong>Skip</strong>" in shown
    kept = {"reason": "a friend's site", "note": "Ask again in spring"}
    assert 'value="a friend&#39;s site"' in shown
    assert f"{kept['note']}</textarea>" in shown
    found = re.search(r'name="rev" value="(\d+)"', shown)
    assert found
    again = browser.submit(f"/opportunities/{number}/skip", {"rev": found[1], **kept}, on="/help")
    assert again.status_code == 303
    standing = store.standing(number)
    assert (standing.state, standing.reason, standing.note) == (State.IGNORED, kept["reason"], kept["note"])


def test_days_and_whose_are_kept_too(browser: Browser, store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    assert '<input type="hidden" name="days" value="30">' in press(browser, number, Word.SNOOZE, other_days="30")
    assert '<input type="hidden" name="to" value="kim">' in press(browser, number, Word.ASSIGN, to="kim")


@pytest.mark.parametrize("word", [Word.APPROVE, Word.NO_CONTACT])
def test_what_is_about_the_email_is_not_repeated_unseen(
    browser: Browser, store: Store, number: int, word: Word
) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    shown = press(browser, number, word, reason="she asked")
    assert "all the same" not in shown
    assert "Look at the find first" in shown


def test_what_cannot_be_done_any_more_is_not_offered(browser: Browser, store: Store, number: int) -> None:
    store.decide(number, Decision(Move.IGNORE, reason="too old"), by="lee", now=NOW)
    shown = press(browser, number, Word.SNOOZE, note="after the fair")
    assert "(skipped: too old)" in shown
    assert "all the same" not in shown
    assert "after the fair" in shown


def test_hostile_texts_do_nothing_there(browser: Browser, store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee", note=ALL), by="lee", now=NOW)
    assert harmful(press(browser, number, Word.SKIP, reason=ALL[:400], note=ALL)) == []


def test_a_choice_that_came_too_late_says_by_whom(browser: Browser, store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="kim"), by="lee", now=NOW)
    answer = browser.submit(f"/opportunities/{number}/link", {"rev": "0"}, on="/help")
    assert answer.status_code == 409
    assert "lee changed this find (assigned: to kim)" in answer.text


def test_a_second_email_to_somebody_is_warned_of_before_it_is_approved(
    desk: Desk, store: Store, config: Config
) -> None:
    first, second, third = drafted(store, config, 3)
    noor = logged_in(staffed(desk), "noor")
    warning = "The same person gets another email already"
    assert warning not in noor.get(f"/opportunities/{second}").text
    store.decide(first, Decision(Move.APPROVE), by="mara", now=NOW)
    shown = noor.get(f"/opportunities/{second}").text
    assert f"{warning}: about “Robots, part 1” (approved); better put this one off." in shown
    assert warning not in noor.get(f"/opportunities/{first}").text, "it is approved itself"
    store.decide(second, Decision(Move.APPROVE), by="mara", now=NOW)
    assert "(approved), and 1 more; better put this one off." in noor.get(f"/opportunities/{third}").text
