"""Undo in the store: every decision with all that came of it, and the history keeps both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentions.exceptions import DecisionRefused, StaleRevision, StoreError
from mentions.matching.feedback import Answer
from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts, Role
from mentions.outreach.readdressing import Readdressed
from mentions.store import Store, open_store
from mentions.store.audit import AuditFilter
from mentions.store.records import NewDraft, OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, DAY, NIGHT, draft, finding, outcome
from tests.store.conftest import Rows

NOW = NIGHT + DAY / 4
SOON = NOW + timedelta(minutes=5)
SENTENCE = "Acme Robotics builds robots."


def whole(opportunity_id: int) -> NewDraft:
    return replace(draft(opportunity_id), to_address="jane@courier.example", to_name="Jane Doe", problems=())


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """With a key for the hashes of addresses, which PostgreSQL has no place for."""
    opened = open_store(store_url, key="0123456789abcdef")
    opened.register([ACME], [COURIER], NIGHT)
    yield opened
    opened.close()


@pytest.fixture
def number(store: Store, run_id: int) -> int:
    """An opportunity with a draft that could be approved."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    store.save_drafts([whole(waiting.opportunity_id)])
    return waiting.opportunity_id


def last(store: Store, number: int, now: datetime = SOON) -> int:
    return store.recent_changes(now=now, opportunity_id=number)[0].change.id


@pytest.mark.parametrize(
    "decision",
    [
        Decision(Move.APPROVE),
        Decision(Move.IGNORE, reason="a friend", note="of the boss"),
        Decision(Move.SNOOZE, until=NOW + 7 * DAY),
        Decision(Move.ASSIGN, to="lee"),
        Decision(Move.SENT),
        Decision(Move.DECLINED, reason="no links at all"),
    ],
)
def test_each_decision_is_taken_back(store: Store, number: int, decision: Decision) -> None:
    before = store.standing(number)
    change = store.decide(number, decision, by="kim", now=NOW)
    assert change.id is not None
    done = store.undo(change.id, by="lee", now=SOON)
    assert store.standing(number) == done.after == replace(before, rev=2)
    event = store.history(number)[-1]
    assert (event.kind, event.actor) == ("undone", "lee")
    assert event.detail["undone"] == decision.move.value
    with pytest.raises(DecisionRefused, match="taken back already"):
        store.undo(change.id, by="kim", now=SOON)


def test_two_decisions_are_taken_back_one_after_the_other(store: Store, number: int) -> None:
    before = store.standing(number)
    first = store.decide(number, Decision(Move.SNOOZE, until=NOW + DAY), by="kim", now=NOW)
    second = store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="kim", now=NOW)
    assert first.id is not None
    with pytest.raises(DecisionRefused, match="decided again since"):
        store.undo(first.id, by="kim", now=SOON)
    store.undo_last(number, by="kim", now=SOON)
    assert store.standing(number).snoozed_until == second.before.snoozed_until
    store.undo_last(number, by="kim", now=SOON)
    assert store.standing(number) == replace(before, rev=4)
    with pytest.raises(StoreError, match="nothing to take back"):
        store.undo_last(number, by="kim", now=SOON)


def test_an_edit_gives_the_text_and_the_approval_back(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NOW)
    values = {"subject": "Another", "body": "Hello", "to_address": "desk@courier.example", "to_name": None}
    store.edit_draft(number, **values, by="kim", now=NOW)  # type: ignore[arg-type]  # all of them texts
    assert store.standing(number).state is OpportunityState.DRAFTED
    store.undo(last(store, number), by="kim", now=SOON)
    restored = store.draft_of(number)
    assert restored is not None
    assert (restored.revision, restored.draft.subject, restored.written_by) == (3, "A link in your article", None)
    assert restored.draft.to_address == "jane@courier.example"
    standing = store.standing(number)
    assert (standing.state, standing.approved_by) == (OpportunityState.APPROVED, "kim")


def answer(number: int, *, is_us: bool, at: datetime = NOW) -> Answer:
    return Answer(
        ACME.name, "https://courier.example/news/0001", SENTENCE, is_us, {}, ("robot",), "kim", at, None, number
    )


@pytest.mark.parametrize("said_before", [False, True])
def test_not_us_is_unlearnt(store: Store, number: int, rows: Rows, *, said_before: bool) -> None:
    if said_before:
        store.save_answers([answer(number, is_us=True, at=NOW - DAY / 8)])
    answers, senses = store.answers(), rows("SELECT person_sense, person_sense_by FROM mention")
    change = store.not_us(number, answer(number, is_us=False), by="kim", now=NOW)
    assert (change.after.state, change.after.reason) == (OpportunityState.IGNORED, "not us")
    assert [each.is_us for each in store.answers()] == [False]
    assert rows("SELECT person_sense FROM mention") == [("not_us",)]
    assert change.id is not None
    store.undo(change.id, by="kim", now=SOON)
    assert store.answers() == answers
    assert rows("SELECT person_sense, person_sense_by FROM mention") == senses
    assert store.standing(number).state is OpportunityState.DRAFTED


def test_not_us_without_a_text_only_closes_it(store: Store, number: int) -> None:
    change = store.not_us(number, None, by="kim", now=NOW, note="a band")
    assert (change.after.reason, change.after.note, store.answers()) == ("not us", "a band", [])


def test_a_blocked_publisher_is_off_the_list_again(store: Store, number: int) -> None:
    change = store.block_publisher(number, reason="they asked", by="kim", now=NOW)
    assert change.after.state is OpportunityState.SUPPRESSED
    assert "they asked" in (store.suppressed("jane@courier.example", "courier.example") or "")
    assert change.id is not None
    store.undo(change.id, by="kim", now=SOON)
    assert store.suppressions() == []
    assert store.standing(number).state is OpportunityState.DRAFTED


def test_what_was_on_the_list_before_stays_there(store: Store, number: int) -> None:
    store.suppress("courier.example", reason="since long", by="lee", now=NIGHT)
    change = store.block_publisher(number, reason="they asked", by="kim", now=NOW)
    assert change.id is not None
    store.undo(change.id, by="kim", now=SOON)
    assert [entry.value for entry in store.suppressions()] == ["courier.example"]


def test_what_somebody_else_asked_for_since_stays_on_the_list(store: Store, number: int) -> None:
    change = store.block_publisher(number, reason="they asked", by="kim", now=NOW)
    store.suppress("courier.example", reason="their lawyer wrote", by="lee", now=SOON)
    assert change.id is not None
    undone = store.undo(change.id, by="kim", now=SOON)
    assert "somebody else put it on the suppression list" in " ".join(undone.left)
    assert "their lawyer wrote" in (store.suppressed("jane@courier.example", "courier.example") or "")
    assert [each.kind for each in store.audit(AuditFilter(subject="suppression/")) if each.actor == "lee"] == [
        "suppressed again"
    ]


def test_whoever_was_erased_since_stays_on_the_list(store: Store, number: int) -> None:
    change = store.do_not_contact(number, reason="she asked", by="kim", now=NOW)
    store.erase_contact("jane@courier.example", by="lee", now=SOON)
    assert change.id is not None
    store.undo(change.id, by="kim", now=SOON)
    assert store.suppressed("jane@courier.example", "courier.example")


def test_a_list_imported_every_night_leaves_no_event_each_time(store: Store) -> None:
    for days in range(3):
        store.suppress("courier.example", reason="in the list", by="lee", now=NIGHT + days * DAY)
    assert len(store.audit(AuditFilter(subject="suppression/"))) == 1


def test_do_not_contact_is_about_the_person_only(store: Store, number: int) -> None:
    change = store.do_not_contact(number, reason="she asked", by="kim", now=NOW)
    assert store.suppressed("jane@courier.example", "courier.example")
    assert store.suppressed("desk@courier.example", "courier.example") is None
    assert change.id is not None
    store.undo(change.id, by="kim", now=SOON)
    assert store.suppressed("jane@courier.example", "courier.example") is None


def test_nobody_cannot_be_put_on_the_list(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(2, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    with pytest.raises(DecisionRefused, match="nobody to put on the list"):
        store.do_not_contact(waiting.opportunity_id or 0, reason="she asked", by="kim", now=NOW)


def test_a_stale_page_decides_nothing_c17(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="lee"), by="lee", now=NOW)
    for attempt in (store.block_publisher, store.do_not_contact):
        with pytest.raises(StaleRevision):
            attempt(number, reason="they asked", by="kim", now=NOW, rev=0)
    with pytest.raises(StaleRevision):
        store.not_us(number, answer(number, is_us=False), by="kim", now=NOW, rev=0)
    with pytest.raises(StaleRevision):
        store.readdress(number, Readdressed(1, None), by="kim", now=NOW, rev=0)
    assert store.suppressions() == []
    assert store.answers() == []


def contact(address: str) -> FoundContact:
    return FoundContact(Role.NEWSROOM, Confidence.HIGH, "https://courier.example/contact", "", address)


def test_the_wrong_person_is_asked_again_after_undo(store: Store, number: int) -> None:
    store.save_published("courier.example", PageContacts((contact("news@courier.example"),)), NIGHT)
    (known,) = store.contacts_for(number)
    text = replace(whole(number), to_address="news@courier.example", to_name=None, body="Dear newsroom, …")
    change = store.readdress(number, Readdressed(known.id, 77, text), by="kim", now=NOW)
    readdressed = store.draft_of(number)
    assert readdressed is not None
    assert (readdressed.draft.to_address, readdressed.revision) == ("news@courier.example", 2)
    assert [each.chosen for each in store.contacts_for(number)] == [True]
    assert store.wrong_people(number) == {77}
    store.undo(change, by="kim", now=SOON)
    restored = store.draft_of(number)
    assert restored is not None
    assert (restored.draft.to_address, restored.draft.body) == ("jane@courier.example", "Dear editor, …")
    assert [each.chosen for each in store.contacts_for(number)] == [False]


def test_a_text_written_anew_since_is_not_overwritten(store: Store, number: int) -> None:
    store.save_published("courier.example", PageContacts((contact("news@courier.example"),)), NIGHT)
    (known,) = store.contacts_for(number)
    text = replace(whole(number), to_address="news@courier.example")
    change = store.readdress(number, Readdressed(known.id, None, text), by="kim", now=NOW)
    store.save_drafts([replace(text, body="Dear newsroom, with another template …")])
    with pytest.raises(DecisionRefused, match="written anew since"):
        store.undo(change, by="kim", now=SOON)


def test_the_list_of_recent_decisions(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="kim"), by="kim", now=NOW)
    store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="lee", now=NOW + timedelta(minutes=1))
    newest, older = store.recent_changes(now=SOON)
    assert (newest.change.kind, newest.undoable, newest.publisher) == ("ignore", True, "courier.example")
    assert (older.change.kind, older.undoable) == ("assign", False)
    assert [each.change.by for each in store.recent_changes(now=SOON, by="kim")] == ["kim"]
    late = store.recent_changes(now=NOW + timedelta(hours=1))
    assert [each.undoable for each in late] == [False, False]


def test_records_of_earlier_days_are_forgotten(store: Store, number: int, rows: Rows) -> None:
    store.decide(number, Decision(Move.ASSIGN, to="kim", note="private words"), by="kim", now=NOW)
    store.decide(number, Decision(Move.ASSIGN), by="kim", now=NOW + 2 * DAY)
    assert rows("SELECT count(*) FROM change") == [(1,)]
