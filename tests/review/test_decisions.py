"""Decisions at the desk: each by its button and back by its undo, by whoever may, on what they saw (C-16, C-17)."""

import re
from datetime import timedelta

import pytest
from httpx2 import Response

from mentions.config import Config
from mentions.outreach.contacts import PageContacts
from mentions.review.desk import Desk
from mentions.review.offers import Word, decisions_for, role_for
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.store import Store
from mentions.store.records import OpportunityState as State
from mentions.workflow import Decision, Move
from tests.review.conftest import NOW, Browser, Clock, undo_address
from tests.review.finds import SENTENCE, drafted, look, newsroom
from tests.review.staff import browser_at, log_in, staffed

FIELDS: dict[Word, dict[str, str]] = {
    Word.SKIP: {"reason": "a friend's site"},
    Word.SNOOZE: {"days": "3"},
    Word.ASSIGN: {"to": "lee"},
    Word.BLOCK: {"reason": "they asked"},
    Word.NO_CONTACT: {"reason": "she asked"},
}
# Each decision about a draft that waits, and the state it leads to.
LEADS_TO = {
    Word.APPROVE: State.APPROVED,
    Word.SKIP: State.IGNORED,
    Word.SNOOZE: State.DRAFTED,
    Word.NOT_US: State.IGNORED,
    Word.LINKED: State.IGNORED,
    Word.NEGATIVE: State.IGNORED,
    Word.WRONG_PERSON: State.DRAFTED,
    Word.BLOCK: State.SUPPRESSED,
    Word.NO_CONTACT: State.SUPPRESSED,
    Word.ASSIGN: State.DRAFTED,
    Word.SENT: State.SENT,
    Word.DECLINED: State.DECLINED,
}


@pytest.fixture
def number(store: Store, config: Config) -> int:
    """A find with a draft to Jane; the newsroom is known besides."""
    (made,) = drafted(store, config)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    return made


def press(browser: Browser, number: int, word: Word, **fields: str) -> Response:
    """Presses a button of the find."""
    sent = {"rev": "0", **FIELDS.get(word, {}), **fields}
    return browser.submit(f"/opportunities/{number}/{word.value}", sent, on="/help")


@pytest.mark.parametrize("word", LEADS_TO)
def test_each_decision_and_its_undo(browser: Browser, store: Store, number: int, clock: Clock, word: Word) -> None:
    before, draft = store.standing(number), store.draft_of(number)
    answer = press(browser, number, word)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/opportunities/{number}"
    after = store.standing(number)
    assert (after.state, after.rev) == (LEADS_TO[word], 1)
    clock.now += timedelta(minutes=9)
    assert browser.submit(undo_address(browser), on="/help").status_code == 303
    restored, text = store.standing(number), store.draft_of(number)
    assert (restored.state, restored.reason, restored.snoozed_until) == (before.state, None, None)
    assert restored.assigned_to is None
    assert text is not None
    assert draft is not None
    assert (text.draft.body, text.draft.to_address) == (draft.draft.body, "jane@courier.example")
    assert (store.suppressions(), store.answers()) == ([], [])


def test_undo_comes_too_late_in_plain_words(browser: Browser, store: Store, number: int, clock: Clock) -> None:
    press(browser, number, Word.SKIP)
    address = undo_address(browser)
    clock.now += timedelta(minutes=11)
    browser.submit(address, on="/help")
    assert "more than 10 minutes ago: reopen it instead" in browser.get("/help").text
    assert store.standing(number).state is State.IGNORED


def test_not_us_teaches(browser: Browser, store: Store, number: int) -> None:
    press(browser, number, Word.NOT_US, note="a band of that name")
    (answer,) = store.answers()
    assert (answer.is_us, answer.sentence, answer.note) == (False, SENTENCE, "a band of that name")
    assert store.standing(number).note == "a band of that name"


def test_the_wrong_person_gives_way_to_the_next_and_then_nobody_is_left(
    browser: Browser, store: Store, number: int
) -> None:
    press(browser, number, Word.WRONG_PERSON)
    draft = store.draft_of(number)
    assert draft is not None
    assert (draft.draft.to_address, draft.written_by) == ("news@courier.example", None)
    assert "Jane" not in draft.draft.body
    again = press(browser, number, Word.WRONG_PERSON, rev="1")
    assert again.status_code == 409
    assert "nobody else is known at courier.example" in again.text


def test_already_linked_asks_for_a_look(browser: Browser, store: Store, number: int) -> None:
    press(browser, number, Word.LINKED)
    assert store.standing(number).reason == "already linked"
    assert store.asked_looks() == [number]


def test_a_skip_needs_a_reason_typed_or_pressed(browser: Browser, store: Store, number: int) -> None:
    refused = press(browser, number, Word.SKIP, reason="")
    assert refused.status_code == 409
    assert "say why" in refused.text
    press(browser, number, Word.SKIP, reason="", why="too old")
    assert store.standing(number).reason == "too old"


def test_the_whole_way_of_an_email(browser: Browser, store: Store, number: int) -> None:
    for rev, word in enumerate([Word.APPROVE, Word.SENT, Word.REPLIED]):
        assert press(browser, number, word, rev=str(rev), note=f"step {rev}").status_code == 303
    standing = store.standing(number)
    assert (standing.state, standing.note) == (State.REPLIED, "step 2")


def test_reopened_and_taken_up_again(browser: Browser, store: Store, number: int) -> None:
    press(browser, number, Word.DECLINED)
    press(browser, number, Word.REOPEN, rev="1")
    press(browser, number, Word.SNOOZE, rev="2", other_days="30")
    assert store.standing(number).snoozed_until == NOW + timedelta(days=30)
    press(browser, number, Word.WAKE, rev="3")
    press(browser, number, Word.APPROVE, rev="4")
    press(browser, number, Word.UNAPPROVE, rev="5")
    standing = store.standing(number)
    assert (standing.state, standing.snoozed_until) == (State.DRAFTED, None)


@pytest.mark.parametrize("word", Word)
def test_a_stale_page_decides_nothing_c_17(browser: Browser, store: Store, number: int, word: Word) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    before, told = store.standing(number), store.history(number)
    answer = press(browser, number, word)
    assert answer.status_code == 409
    assert "changed" in answer.text
    assert (store.standing(number), store.history(number)) == (before, told)


def test_no_such_find_is_said_plainly(browser: Browser, number: int) -> None:
    assert press(browser, number + 1, Word.APPROVE).status_code == 404


@pytest.mark.parametrize("days", ["0", "367", "soon"])
def test_days_that_cannot_be_are_refused(browser: Browser, store: Store, number: int, days: str) -> None:
    if days == "0":
        assert press(browser, number, Word.SNOOZE, days=days).status_code == 303, "nothing given is a week"
        return
    assert press(browser, number, Word.SNOOZE, days=days).status_code == 400
    assert store.standing(number).snoozed_until is None


# Approving what nobody looked at for over a day.


@pytest.fixture
def old(store: Store, config: Config) -> int:
    """A find that was looked at three days ago."""
    (made,) = drafted(store, config, at=NOW - timedelta(days=3))
    return made


def test_an_old_look_comes_before_the_approval_g_11(browser: Browser, store: Store, old: int) -> None:
    press(browser, old, Word.APPROVE)
    assert "Looking first" in browser.get("/help").text
    assert store.standing(old).state is State.DRAFTED
    assert store.asked_looks() == [old]
    assert [asked.opportunity_id for asked in store.waiting_approvals()] == [old]
    store.save_outcomes(store.start_run("recheck", NOW), [look(1, at=NOW)])
    store.settle_approvals(NOW)
    assert store.standing(old).state is State.APPROVED


def test_anyway_only_after_a_look_that_failed(browser: Browser, store: Store, old: int) -> None:
    press(browser, old, Word.ANYWAY)
    (asked,) = store.waiting_approvals()
    assert store.standing(old).state is State.DRAFTED
    store.drop_approval(asked, "we could not look at the article: blocked", NOW)
    press(browser, old, Word.ANYWAY)
    assert store.standing(old).state is State.APPROVED


def test_a_person_waits_no_longer(browser: Browser, store: Store, old: int) -> None:
    press(browser, old, Word.APPROVE)
    browser.submit(f"/opportunities/{old}/stop-waiting", on="/help")
    assert store.waiting_approvals() == []


def test_look_again_now(browser: Browser, store: Store, number: int) -> None:
    assert browser.submit(f"/opportunities/{number}/look", on="/help").status_code == 303
    assert store.asked_looks() == [number]


# Who may do what.


@pytest.fixture
def staff(desk: Desk) -> dict[str, Browser]:
    staffed(desk)
    browsers = {name: browser_at(desk) for name in ("vic", "mara", "noor")}
    for name, each in browsers.items():
        log_in(each, name)
    return browsers


@pytest.mark.parametrize("word", Word)
def test_roles_hold_for_a_direct_post_c_16(staff: dict[str, Browser], store: Store, number: int, word: Word) -> None:
    before = store.standing(number)
    assert press(staff["vic"], number, word).status_code == 403
    if role_for(word) is Role.APPROVER:
        assert press(staff["mara"], number, word).status_code == 403
    assert store.standing(number) == before
    assert press(staff["noor"], number, word).status_code in {303, 409}


def test_a_reviewer_does_not_undo_a_block(staff: dict[str, Browser], store: Store, number: int) -> None:
    press(staff["noor"], number, Word.BLOCK)
    address = undo_address(staff["noor"])
    assert staff["mara"].submit(address, on="/help").status_code == 403
    assert [entry.value for entry in store.suppressions()] == ["courier.example"]


@pytest.mark.parametrize("word", [Word.UNAPPROVE, Word.SKIP, Word.SENT])
def test_a_reviewer_does_not_approve_by_undoing_c_16(
    staff: dict[str, Browser], store: Store, number: int, word: Word
) -> None:
    press(staff["noor"], number, Word.APPROVE)
    press(staff["noor"], number, word, rev="1", reason="not now")
    stands = store.standing(number)
    address = undo_address(staff["noor"])
    assert staff["mara"].submit(address, on="/help").status_code == 403
    assert store.standing(number) == stands
    staff["noor"].submit(address, on="/help")
    assert store.standing(number).state is State.APPROVED


def test_a_reviewer_takes_their_own_slip_back_c_16(staff: dict[str, Browser], store: Store, number: int) -> None:
    press(staff["noor"], number, Word.APPROVE)
    press(staff["mara"], number, Word.SKIP, rev="1")
    staff["mara"].submit(undo_address(staff["mara"]), on="/help")
    assert store.standing(number).state is State.APPROVED


def test_a_stroke_is_not_taken_back_by_half_c_16(
    staff: dict[str, Browser], store: Store, config: Config, number: int
) -> None:
    second = drafted(store, config, 2)[-1]
    press(staff["mara"], number, Word.SKIP)
    press(staff["noor"], second, Word.BLOCK)
    changes = [each.change.id for each in store.recent_changes(now=NOW)][::-1]
    address = f"/decisions/{','.join(map(str, changes))}/undo"
    assert staff["mara"].submit(address, on="/help").status_code == 403
    assert store.standing(number).state is State.IGNORED


def test_buttons_stand_there_for_those_who_may(desk: Desk, number: int) -> None:
    forms = {role: decisions_for(desk, Visitor("kim", role), number) for role in Role}
    shown = {role: form.words if form else None for role, form in forms.items()}
    assert shown[Role.VIEWER] == frozenset()
    assert (shown[Role.APPROVER] or frozenset()) - (shown[Role.REVIEWER] or frozenset()) == {
        Word.APPROVE,
        Word.BLOCK,
        Word.NO_CONTACT,
    }


EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e'


def test_words_of_colleagues_stay_words_c_01(browser: Browser, store: Store, number: int) -> None:
    decisions = [
        Decision(Move.ASSIGN, to=EVIL),
        Decision(Move.IGNORE, reason=EVIL, note=EVIL),
        Decision(Move.REOPEN),
    ]
    for decision in decisions:
        store.decide(number, decision, by=EVIL, now=NOW)
        for path in (f"/opportunities/{number}", "/decisions", "/hand-off"):
            shown = browser.get(path).text
            assert "<img" not in shown
            assert "<script>" not in shown
            assert "\u202e" not in shown


@pytest.mark.parametrize("address", [*(word.value for word in Word), "draft", "contact", "link", "again"])
def test_a_form_that_does_not_say_what_was_seen_is_refused_c_17(
    browser: Browser, store: Store, number: int, address: str
) -> None:
    answer = browser.submit(f"/opportunities/{number}/{address}", {"reason": "x", "body": "new"}, on="/help")
    assert answer.status_code == 409
    assert "does not say which version of the find" in answer.text
    assert store.standing(number).rev == 0


def test_the_next_find_of_the_queue_follows(browser: Browser, store: Store, config: Config) -> None:
    numbers = drafted(store, config, 3)
    first = re.search(r"/opportunities/(\d+)\?([^\"]+)", browser.get("/opportunities?state=drafted").text)
    assert first
    query = first[2].replace("&amp;", "&")
    answer = press(browser, int(first[1]), Word.SKIP, queue=query)
    following = re.match(r"/opportunities/(\d+)\?", answer.headers["location"])
    assert following
    assert int(following[1]) in set(numbers) - {int(first[1])}
    stays = press(browser, int(following[1]), Word.ASSIGN, queue=query)
    assert stays.headers["location"] == f"/opportunities/{following[1]}?{query}"


# What was decided.


def test_the_list_of_today(browser: Browser, store: Store, number: int, clock: Clock) -> None:
    assert "Nothing was decided today" in browser.get("/decisions").text
    store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="<script>alert(1)</script>", now=NOW)
    shown = browser.get("/decisions").text
    assert "Skipped" in shown
    assert "<script>alert(1)" not in shown
    assert re.search(r'action="/decisions/\d+/undo"', shown)
    assert "You decided nothing" in browser.get("/decisions?by=me").text
    clock.now += timedelta(minutes=11)
    assert "not any more" in browser.get("/decisions").text


@pytest.mark.parametrize("changes", ["x", "1,,2", "-1", "99999999999999999999"])
def test_an_undo_of_nothing_is_no_page(browser: Browser, changes: str) -> None:
    assert browser.submit(f"/decisions/{changes}/undo", on="/help").status_code == 404


def test_undoing_what_is_gone_is_said(browser: Browser) -> None:
    browser.submit("/decisions/77/undo", on="/help")
    assert "there is no decision 77 to take back" in browser.get("/help").text


def test_the_help_sheet_names_the_keys_and_switches_them_off(browser: Browser) -> None:
    assert "undo what you decided last" in browser.get("/help").text
    browser.submit("/appearance", {"shortcuts": "off", "back": "/help"}, on="/help")
    shown = browser.get("/help").text
    assert 'data-shortcuts="off"' in shown
    assert "Switch the keys on" in shown


def test_get_changes_nothing_c_11(browser: Browser, store: Store, number: int) -> None:
    for word in Word:
        assert browser.get(f"/opportunities/{number}/{word.value}").status_code == 405
    assert store.standing(number).rev == 0
