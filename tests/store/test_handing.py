"""Hand-offs in the store: what may go, where it went, what was sent."""

from datetime import datetime, timedelta

import pytest

from mentions.exceptions import DecisionRefused, StaleRevision
from mentions.outreach.handoff.records import Place
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import NIGHT, draft, finding, outcome
from tests.store.conftest import Rows

LATER = NIGHT + timedelta(hours=6)
PLACE = Place("mara@acme.example at imap.acme.example", "Entwürfe", 4_294_967_295, 4_294_967_294)


@pytest.fixture
def store_with_two(store: Store, run_id: int) -> Store:
    """Two approved drafts, 1 and 2, and a third that is not."""
    store.save_outcomes(run_id, [outcome(number, finding()) for number in (1, 2, 3)])
    store.save_drafts([draft(found.opportunity_id) for found in store.to_draft(min_priority=0) if found.opportunity_id])
    for number in (1, 2):
        store.decide(number, Decision(Move.APPROVE), by="mara", now=LATER, strict=False)
    return store


def hand_off(store: Store, number: int, *, at: datetime = LATER, place: Place | None = PLACE) -> None:
    (approved,) = store.to_hand_off([number])
    store.mark_handed_off(approved, via="imap", place=place, by="mara", now=at)


def test_what_is_approved_may_go(store_with_two: Store) -> None:
    assert [(each.number, each.approved_at, each.suppressed) for each in store_with_two.to_hand_off()] == [
        (1, LATER, None),
        (2, LATER, None),
    ]
    assert [each.number for each in store_with_two.to_hand_off([2, 3, 99])] == [2]


def test_who_is_suppressed_is_named_a13(store_with_two: Store) -> None:
    store_with_two.suppress("courier.example", reason="asked us", by="mara", now=LATER)
    assert all(each.suppressed and "suppression list" in each.suppressed for each in store_with_two.to_hand_off())
    with pytest.raises(DecisionRefused, match="must not be written to"):
        hand_off(store_with_two, 1)
    assert store_with_two.standing(1).state is OpportunityState.APPROVED


def test_where_a_draft_lies_is_kept(store_with_two: Store) -> None:
    hand_off(store_with_two, 1)
    hand_off(store_with_two, 2, place=None)
    with_place, without = store_with_two.handed_off()
    assert (with_place.number, with_place.via, with_place.place) == (1, "imap", PLACE)
    assert (with_place.approved_at, with_place.handed_off_at) == (LATER, LATER)
    assert without.place is None
    assert store_with_two.to_hand_off() == []


def test_whoever_decided_in_between_is_not_overwritten(store_with_two: Store, rows: Rows) -> None:
    (approved,) = store_with_two.to_hand_off([1])
    store_with_two.decide(1, Decision(Move.UNAPPROVE), by="jo", now=LATER)
    with pytest.raises(StaleRevision):
        store_with_two.mark_handed_off(approved, via="eml", place=None, by="mara", now=LATER)
    assert rows("SELECT count(*) FROM hand_off") == [(0,)], "state and place are written together or not at all"


def test_a_second_hand_off_is_the_one_that_counts(store_with_two: Store) -> None:
    hand_off(store_with_two, 1)
    store_with_two.decide(1, Decision(Move.UNAPPROVE), by="mara", now=LATER)
    store_with_two.decide(1, Decision(Move.APPROVE), by="mara", now=LATER, strict=False)
    hand_off(store_with_two, 1, place=Place(PLACE.mailbox, "Drafts", 1, 7))
    (found,) = store_with_two.handed_off()
    assert found.place == Place(PLACE.mailbox, "Drafts", 1, 7)


def test_what_was_sent_is_kept_for_the_follow_up(store_with_two: Store) -> None:
    hand_off(store_with_two, 1)
    hand_off(store_with_two, 2)
    first, second = store_with_two.handed_off()
    at = LATER + timedelta(minutes=20)
    store_with_two.mark_found_sent(first, at=at, message_id="<anew@mail.example>", by="mara", now=at)
    assert store_with_two.standing(1).sent_at == at
    assert store_with_two.sent_message_id(1) == "<anew@mail.example>"
    store_with_two.mark_found_sent(second, at=at + timedelta(hours=1), message_id=None, by="mara", now=at)
    assert store_with_two.standing(2).sent_at == at, "the mail server's clock may be ahead of ours"
    assert store_with_two.sent_message_id(2) is None
    assert store_with_two.handed_off() == []


def test_the_history_names_the_way_and_no_address(store_with_two: Store) -> None:
    hand_off(store_with_two, 1)
    entry = store_with_two.history(1)[-1]
    assert (entry.kind, entry.actor, entry.detail["via"]) == ("hand off", "mara", "imap")
    assert "@" not in str(entry.detail)
