"""Which buttons stand at a find: exactly those whose decision is possible there."""

from datetime import timedelta

import pytest

from mentions.config import Config
from mentions.review.desk import Desk
from mentions.review.offers import Word, decisions_for, possible
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.store import Store
from mentions.workflow import OpportunityState as State
from mentions.workflow import Standing
from tests.review.conftest import NOW
from tests.review.finds import drafted

SENT_AT = NOW - timedelta(days=3)
CLOSING = {Word.SKIP, Word.NOT_US, Word.LINKED, Word.NEGATIVE, Word.BLOCK, Word.DECLINED}
OPEN = {*CLOSING, Word.SNOOZE, Word.ASSIGN}
APPROVE = {Word.APPROVE, Word.ANYWAY}
NOBODY_TO = {Word.NO_CONTACT}  # needs a recipient, which these standings do not have


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(State.NEW, NOW), OPEN | {Word.WRONG_PERSON}),
        (Standing(State.DRAFTED, NOW, has_draft=True), OPEN | APPROVE | {Word.WRONG_PERSON, Word.SENT}),
        (Standing(State.APPROVED, NOW, has_draft=True), OPEN | {Word.UNAPPROVE, Word.SENT}),
        (Standing(State.HANDED_OFF, NOW, has_draft=True), OPEN | {Word.UNAPPROVE, Word.SENT, Word.REPLIED}),
        (Standing(State.SENT, NOW, has_draft=True, sent_at=SENT_AT), OPEN | {Word.REPLIED, Word.NO_REPLY}),
        (
            Standing(State.SENT, NOW, has_draft=True, sent_at=SENT_AT, follow_up_waits=True),
            OPEN | APPROVE | {Word.REPLIED, Word.NO_REPLY, Word.SENT},
        ),
        (Standing(State.REPLIED, NOW, has_draft=True, sent_at=SENT_AT), OPEN),
        (Standing(State.NO_REPLY, NOW, has_draft=True, sent_at=SENT_AT), OPEN | {Word.REPLIED, Word.REOPEN}),
        (Standing(State.DECLINED, NOW, has_draft=True), {Word.REOPEN}),
        (Standing(State.IGNORED, NOW, has_draft=True), {Word.REOPEN}),
        (Standing(State.SUPPRESSED, NOW, has_draft=True), set()),
        (Standing(State.RECLAIMED, NOW, has_draft=True, sent_at=SENT_AT), set()),
    ],
)
def test_what_may_be_decided_where(standing: Standing, words: set[Word]) -> None:
    assert possible(standing, None, NOW) == words
    assert not words & NOBODY_TO


def test_what_was_put_off_can_be_taken_up_again() -> None:
    asleep = Standing(State.DRAFTED, NOW, has_draft=True, snoozed_until=NOW + timedelta(days=2))
    assert Word.WAKE in possible(asleep, None, NOW)


def test_a_claimed_find_can_be_given_away_by_anybody() -> None:
    assert Word.ASSIGN in possible(Standing(State.DRAFTED, NOW, assigned_to="somebody"), None, NOW)


def test_while_an_approval_waits_there_is_nothing_to_approve(desk: Desk, store: Store, config: Config) -> None:
    (number,) = drafted(store, config, at=NOW - timedelta(days=2))
    kim = Visitor("kim", Role.APPROVER)
    before = decisions_for(desk, kim, number)
    assert before is not None
    assert (before.looks_first, before.may("approve"), before.may("approve-anyway")) == (True, True, False)
    asked = store.ask_approval(number, by="kim", now=NOW)
    waiting = decisions_for(desk, kim, number)
    assert waiting is not None
    assert not waiting.may("approve")
    store.drop_approval(asked, "we could not look", NOW)
    dropped = decisions_for(desk, kim, number)
    assert dropped is not None
    assert dropped.may("approve")
    assert dropped.may("approve-anyway")


def test_a_button_that_is_no_decision_is_found(desk: Desk, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    forms = decisions_for(desk, Visitor("kim", Role.ADMIN), number)
    assert forms is not None
    with pytest.raises(ValueError, match="snoze"):
        forms.may("snoze")
    assert decisions_for(desk, Visitor("kim", Role.ADMIN), number + 1) is None
