"""Decisions in the store: one row, one event, and nobody's word is overwritten unseen."""

from dataclasses import replace
from datetime import datetime

import pytest

from mentions.assessments import Level
from mentions.exceptions import DecisionRefused, StaleRevision, StoreError
from mentions.findings import Verdict
from mentions.store import Store
from mentions.store.records import NewDraft, OpportunityState, StoredDraft
from mentions.workflow import Decision, Move
from tests.store.building import DAY, NIGHT, draft, finding, link, outcome
from tests.store.conftest import Rows

LATER = NIGHT + DAY / 2


def whole(opportunity_id: int, *, problems: tuple[str, ...] = (), follow_up: int = 0, at: datetime = NIGHT) -> NewDraft:
    """A draft that goes to somebody."""
    made = draft(opportunity_id, at=at)
    return replace(made, to_address="jane@courier.example", problems=problems, follow_up=follow_up)


@pytest.fixture
def number(store: Store, run_id: int) -> int:
    """An opportunity with a draft that could be approved."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    store.save_drafts([whole(waiting.opportunity_id)])
    return waiting.opportunity_id


def edit(store: Store, number: int, **changes: object) -> StoredDraft:
    values: dict[str, object] = {
        "subject": "A word about your article",
        "body": "Hello, …",
        "to_address": "jane@courier.example",
        "to_name": None,
        "by": "kim",
        "now": LATER,
    }
    return store.edit_draft(number, **{**values, **changes})  # type: ignore[arg-type]  # the test's own names


def test_an_approval_is_written_with_who_and_when_and_one_event(store: Store, number: int, rows: Rows) -> None:
    change = store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    assert (change.before.state, change.after.state) == (OpportunityState.DRAFTED, OpportunityState.APPROVED)
    assert store.standing(number) == change.after
    assert (change.after.approved_by, change.after.approved_at, change.after.rev) == ("kim", LATER, 1)
    last = store.history(number)[-1]
    assert (last.kind, last.actor, last.at) == ("approve", "kim", LATER)
    assert last.detail == {"from": "drafted", "to": "approved"}
    assert rows("SELECT count(*) FROM event WHERE kind = 'approve'") == [(1,)]


def test_two_people_cannot_overwrite_each_other(store: Store, number: int) -> None:
    seen = store.standing(number).rev
    store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="kim", now=LATER, rev=seen)
    with pytest.raises(StaleRevision, match=r"changed by kim .*version 0.*version 1") as caught:
        store.decide(number, Decision(Move.APPROVE), by="lee", now=LATER, rev=seen)
    assert (caught.value.seen, caught.value.found, caught.value.by) == (0, 1, "kim")
    with pytest.raises(StaleRevision):
        edit(store, number, rev=seen)
    assert store.standing(number).state is OpportunityState.IGNORED


def test_a_refused_decision_changes_nothing(store: Store, number: int) -> None:
    before, told = store.standing(number), store.history(number)
    with pytest.raises(DecisionRefused, match="nobody can have answered"):
        store.decide(number, Decision(Move.REPLIED), by="kim", now=LATER)
    assert (store.standing(number), store.history(number)) == (before, told)


def test_there_must_be_such_an_opportunity(store: Store) -> None:
    with pytest.raises(StoreError, match="no opportunity 99"):
        store.decide(99, Decision(Move.APPROVE), by="kim", now=LATER)


def test_a_draft_with_problems_is_not_approved_a14(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    number = waiting.opportunity_id or 0
    store.save_drafts([whole(number, problems=("the postal address is missing",))])
    with pytest.raises(DecisionRefused, match="postal address is missing"):
        store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    change = store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER, strict=False)
    assert change.warnings == ("the postal address is missing",)


def test_an_email_to_nobody_is_approved_in_no_profile(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    number = waiting.opportunity_id or 0
    store.save_drafts([replace(draft(number), to_address=None)])
    with pytest.raises(DecisionRefused, match="goes to nobody"):
        store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER, strict=False)


def test_an_article_that_links_to_us_by_now_is_not_asked_g11(store: Store, number: int, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(Verdict.LINKED, links=(link(),), level=Level.SKIP), at=LATER)])
    with pytest.raises(DecisionRefused, match="links to us already"):
        store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)


@pytest.mark.parametrize(("template", "approved"), [("qualified/en", True), ("unlinked_brand/en", False)])
def test_a_marked_link_stops_every_email_but_the_one_about_it(
    store: Store, run_id: int, template: str, *, approved: bool
) -> None:
    marked = finding(Verdict.QUALIFIED, links=(link(rel=("nofollow",)),))
    store.save_outcomes(run_id, [outcome(1, marked)])
    (waiting,) = store.to_draft(min_priority=0)
    number = waiting.opportunity_id or 0
    store.save_drafts([replace(whole(number), template=template)])
    if approved:
        store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    else:
        with pytest.raises(DecisionRefused, match="links to us already"):
            store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)


def test_an_old_look_is_said(store: Store, number: int) -> None:
    change = store.decide(number, Decision(Move.APPROVE), by="kim", now=NIGHT + 3 * DAY)
    assert "we last looked at the article 3 days ago" in change.warnings[0]


def test_a_second_email_to_the_same_person_is_said(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding()), outcome(2, finding())])
    first, second = (found.opportunity_id or 0 for found in store.to_draft(min_priority=0))
    store.save_drafts([whole(first), whole(second)])
    assert store.decide(first, Decision(Move.APPROVE), by="kim", now=LATER).warnings == ()
    (warning,) = store.decide(second, Decision(Move.APPROVE), by="kim", now=LATER).warnings
    assert warning == f"the same person gets draft {first}: send one, and put the other off"


def test_an_edit_is_the_next_revision_with_its_writer(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    edited = edit(store, number, to_name="Jane Doe", problems=("the subject is empty",))
    assert (edited.revision, edited.written_by, edited.draft.subject) == (2, "kim", "A word about your article")
    assert edited.draft.problems == ("the subject is empty",)
    assert edited.finding.opportunity_state is OpportunityState.DRAFTED, "the approval was of the old text"
    assert store.drafts() == [edited]
    assert store.save_drafts([whole(number)]) == [edited], "the program writes over nobody's text"


def test_history_keeps_no_address(store: Store, number: int, rows: Rows) -> None:
    reason = "jane@courier.example asked us not to"
    store.decide(number, Decision(Move.DECLINED, reason=reason), by="kim", now=LATER)
    assert store.standing(number).reason == reason
    assert store.history(number)[-1].detail["reason"] == "(address) asked us not to"
    assert not any("@courier" in str(row) for row in rows("SELECT detail FROM event"))


def test_a_follow_up_is_another_email_of_the_same_opportunity(store: Store, number: int) -> None:
    (first,) = store.drafts()
    assert store.save_drafts([whole(number, follow_up=1)]) == [first], "nothing was sent yet"
    store.decide(number, Decision(Move.SENT), by="kim", now=LATER)
    (second,) = store.save_drafts([whole(number, follow_up=1, at=NIGHT + 6 * DAY)])
    assert (second.draft.follow_up, second.revision) == (1, 2)
    assert second.message_id != first.message_id
    waiting = store.standing(number)
    assert (waiting.state, waiting.follow_up_waits) == (OpportunityState.SENT, True)
    assert store.save_drafts([whole(number)]) == [second], "the first email is never written again"
    store.decide(number, Decision(Move.APPROVE), by="kim", now=NIGHT + 6 * DAY)
    store.decide(number, Decision(Move.SENT), by="kim", now=NIGHT + 7 * DAY)
    sent = store.standing(number)
    assert (sent.state, sent.follow_up_waits, sent.sent_at) == (OpportunityState.SENT, False, NIGHT + 7 * DAY)


def test_earlier_texts_are_those_to_the_same_person_about_other_articles(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding()), outcome(2, finding())])
    numbers = [found.opportunity_id or 0 for found in store.to_draft(min_priority=0)]
    store.save_drafts([whole(each) for each in numbers])
    edit(store, numbers[0], body="Another text", to_address="JANE@courier.example")
    assert store.earlier_texts("jane@Courier.example", other_than=numbers[1]) == ["Another text"]
    assert store.earlier_texts("bob@courier.example", other_than=numbers[1]) == []
    store.decide(numbers[0], Decision(Move.IGNORE, reason="old"), by="kim", now=LATER)
    assert store.earlier_texts("jane@courier.example", other_than=numbers[1]) == []


def test_anchors_used_name_the_publishers(store: Store, number: int) -> None:
    made = draft(number)
    assert store.anchors_used() == {(made.suggested_url, made.suggested_anchor): frozenset({"courier.example"})}
