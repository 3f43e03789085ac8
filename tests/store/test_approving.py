"""Approvals that wait for a look: approved by whoever asked, or dropped with a reason; never in between (G-11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentions.assessments import Level
from mentions.exceptions import DecisionRefused, StaleRevision
from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.roles import Role
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import DAY, NIGHT, draft, finding, link, outcome

NOW = NIGHT + 3 * DAY
SINCE = NOW + timedelta(minutes=2)


@pytest.fixture
def number(store: Store, run_id: int) -> int:
    """An opportunity with a draft, whose article was last looked at three days ago."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    store.save_drafts([replace(draft(waiting.opportunity_id), problems=())])
    return waiting.opportunity_id


def test_it_waits_until_somebody_has_looked(store: Store, number: int) -> None:
    asked = store.ask_approval(number, by="kim", now=NOW, rev=0)
    assert store.waiting_approvals() == [asked]
    assert store.settle_approvals(SINCE) == []
    assert store.standing(number).state is OpportunityState.DRAFTED
    assert store.history(number)[-1].kind == "approval asked"


def test_without_a_link_it_is_approved_by_whoever_asked(store: Store, number: int, run_id: int) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    store.save_outcomes(run_id, [outcome(1, finding(), at=SINCE)])
    (settled,) = store.settle_approvals(SINCE)
    assert settled.why is None
    standing = store.standing(number)
    assert (standing.state, standing.approved_by, standing.approved_at) == (OpportunityState.APPROVED, "kim", SINCE)
    assert (store.waiting_approvals(), store.asked_approval(number)) == ([], None)


def test_with_a_link_the_approval_is_dropped_g11(store: Store, number: int, run_id: int) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    linked = finding(Verdict.LINKED, links=(link(),), level=Level.SKIP)
    store.save_outcomes(run_id, [outcome(1, linked, at=SINCE)])
    (settled,) = store.settle_approvals(SINCE)
    assert "links to us already" in (settled.why or "")
    assert store.standing(number).state is OpportunityState.DRAFTED
    dropped = store.asked_approval(number)
    assert dropped is not None
    assert "links to us already" in (dropped.problem or "")


def test_a_look_that_failed_is_said_and_leaves_the_choice(store: Store, number: int, run_id: int) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    failed = outcome(1, at=SINCE, state=PageState.ERROR, http_status=503, reason="the site answers with an error")
    store.save_outcomes(run_id, [failed])
    (settled,) = store.settle_approvals(SINCE)
    assert "could not look at the article: the site answers with an error" in (settled.why or "")
    change = store.decide(number, Decision(Move.APPROVE), by="kim", now=SINCE)
    assert change.after.state is OpportunityState.APPROVED
    assert store.asked_approval(number) is None, "it is about an older version"


def test_whoever_decides_meanwhile_is_not_overruled(store: Store, number: int, run_id: int) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="lee", now=NOW)
    store.save_outcomes(run_id, [outcome(1, finding(), at=SINCE)])
    (settled,) = store.settle_approvals(SINCE)
    assert settled.why == "somebody decided about it meanwhile"
    assert store.standing(number).state is OpportunityState.IGNORED


def test_what_would_be_refused_is_refused_at_once(store: Store, number: int) -> None:
    store.suppress("courier.example", reason="they asked", by="lee", now=NOW)
    with pytest.raises(DecisionRefused, match="must not be written to"):
        store.ask_approval(number, by="kim", now=NOW)
    with pytest.raises(StaleRevision):
        store.ask_approval(number, by="kim", now=NOW, rev=7)
    store.decide(number, Decision(Move.IGNORE, reason="a friend"), by="lee", now=NOW)
    with pytest.raises(DecisionRefused, match="only a draft that waits"):
        store.ask_approval(number, by="kim", now=NOW)
    assert store.waiting_approvals() == []


def test_waiting_ends_when_the_person_says_so(store: Store, number: int) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    assert store.withdraw_approval(number, by="kim", now=NOW)
    assert not store.withdraw_approval(number, by="kim", now=NOW)
    assert store.waiting_approvals() == []


def test_what_is_taken_back_at_the_last_moment_is_not_approved(
    store: Store, number: int, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = store.ask_approval(number, by="kim", now=NOW)
    store.save_outcomes(run_id, [outcome(1, finding(), at=SINCE)])
    store.withdraw_approval(number, by="kim", now=SINCE)
    monkeypatch.setattr(store, "waiting_approvals", lambda: [asked])  # as it was read a moment before
    assert store.settle_approvals(SINCE) == []
    assert store.standing(number).state is OpportunityState.DRAFTED


@pytest.mark.parametrize("what", ["demoted", "disabled", "still one"])
def test_only_an_approvers_wish_is_fulfilled_c_16(store: Store, number: int, run_id: int, what: str) -> None:
    for name, role in (("ada", Role.ADMIN), ("kim", Role.APPROVER)):
        store.add_user(name, role, password_hash=None, by="test", now=NIGHT)
    store.ask_approval(number, by="kim", now=NOW)
    if what == "demoted":
        store.set_role("kim", Role.REVIEWER, by="ada", now=NOW)
    elif what == "disabled":
        store.disable_user("kim", by="ada", now=NOW)
    store.save_outcomes(run_id, [outcome(1, finding(), at=SINCE)])
    (settled,) = store.settle_approvals(SINCE)
    if what == "still one":
        assert store.standing(number).state is OpportunityState.APPROVED
    else:
        assert "kim asked for it, and may not approve any more" in (settled.why or "")
        assert store.standing(number).state is OpportunityState.DRAFTED


def test_after_a_weekend_with_the_desk_closed_it_wants_a_persons_eye_again(
    store: Store, number: int, run_id: int
) -> None:
    store.ask_approval(number, by="kim", now=NOW)
    (waiting,) = store.open_approvals()
    assert (waiting.asked.opportunity_id, waiting.asked.problem, waiting.publisher) == (number, None, "courier.example")
    store.save_outcomes(run_id, [outcome(1, finding(), at=NOW + DAY / 4)])
    (settled,) = store.settle_approvals(NOW + 2 * DAY)
    assert "was not looked at within 12 hours, or the look is over a day old" in (settled.why or "")
    assert store.standing(number).state is OpportunityState.DRAFTED
    (dropped,) = store.open_approvals()
    assert dropped.asked.problem == settled.why
    store.decide(number, Decision(Move.IGNORE, reason="too late"), by="kim", now=NOW + 2 * DAY)
    assert store.open_approvals() == [], "somebody decided about it"
