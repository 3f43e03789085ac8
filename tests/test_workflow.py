"""The state machine: what may follow what, in plain words, and G-10: the program never undoes a person's word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentions.store.records import OpportunityState as State
from mentions.workflow import CLOSED, PROGRAM_MOVES, Decision, Move, Refusal, Standing, after

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FINAL = {State.IGNORED, State.DECLINED, State.SUPPRESSED}


def standing(state: State = State.DRAFTED, **values: object) -> Standing:
    """A drafted opportunity, as it was a day ago."""
    return replace(Standing(state, NOW - DAY, has_draft=state is not State.NEW), **values)  # type: ignore[arg-type]  # a test's own names


def decided(before: Standing, move: Move, *, by: str | None = "kim", **about: object) -> Standing:
    """The standing after a move that must be possible."""
    outcome = after(before, Decision(move, **about), by=by, now=NOW)  # type: ignore[arg-type]  # a test's own names
    assert isinstance(outcome, Standing), outcome
    return outcome


def refused(before: Standing, move: Move, *, by: str | None = "kim", **about: object) -> str:
    """The words of a refusal."""
    outcome = after(before, Decision(move, **about), by=by, now=NOW)  # type: ignore[arg-type]  # a test's own names
    assert isinstance(outcome, Refusal), outcome
    return outcome.why


def test_the_way_from_a_finding_to_an_answer() -> None:
    now = standing(State.NEW)
    now = decided(now, Move.DRAFT, by=None)
    now = decided(now, Move.APPROVE)
    assert (now.state, now.approved_by, now.approved_at, now.state_by) == (State.APPROVED, "kim", NOW, "kim")
    now = decided(now, Move.HAND_OFF, via="eml")
    assert (now.state, now.handed_off_via, now.handed_off_at) == (State.HANDED_OFF, "eml", NOW)
    now = decided(now, Move.SENT)
    assert (now.state, now.sent_at) == (State.SENT, NOW)
    now = decided(now, Move.REPLIED)
    now = decided(now, Move.RECLAIM, by=None)
    assert (now.state, now.state_by) == (State.RECLAIMED, None)
    assert now.rev == 4, "one for each decision of a person"


def test_a_follow_up_takes_the_same_way_and_ends_in_sent_again() -> None:
    first = standing(State.SENT, sent_at=NOW - 5 * DAY)
    waiting = decided(first, Move.FOLLOW_UP, by=None)
    assert (waiting.state, waiting.follow_up_waits, waiting.rev) == (State.SENT, True, 0)
    assert "waits already" in refused(waiting, Move.FOLLOW_UP, by=None)
    approved = decided(waiting, Move.APPROVE)
    assert decided(approved, Move.UNAPPROVE).state is State.SENT, "the first email was sent; that stays so"
    again = decided(decided(approved, Move.HAND_OFF), Move.SENT)
    assert (again.state, again.follow_up_waits, again.sent_at) == (State.SENT, False, NOW)


def test_without_a_waiting_follow_up_what_was_sent_is_not_approved_again() -> None:
    assert "only a draft that waits" in refused(standing(State.SENT, sent_at=NOW - DAY), Move.APPROVE)


@pytest.mark.parametrize("state", sorted(set(State) - {State.SENT}))
def test_a_follow_up_needs_a_first_email_that_was_sent(state: State) -> None:
    assert "only after the first email was sent" in refused(standing(state), Move.FOLLOW_UP, by=None)


def test_an_edit_takes_the_approval_back() -> None:
    approved = decided(standing(), Move.APPROVE)
    edited = decided(approved, Move.EDIT)
    assert (edited.state, edited.approved_by, edited.approved_at) == (State.DRAFTED, None, None)


def test_what_lies_in_a_mail_program_is_edited_there() -> None:
    assert "edit it there" in refused(standing(State.HANDED_OFF), Move.EDIT)


@pytest.mark.parametrize("move", [Move.IGNORE, Move.SUPPRESS])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_leaving_it_alone_wants_a_reason(move: Move, reason: str | None) -> None:
    assert "say why" in refused(standing(), move, reason=reason)


def test_a_skipped_one_can_be_taken_back_by_a_person_only() -> None:
    skipped = decided(standing(), Move.IGNORE, reason="a competitor's blog")
    assert (skipped.state, skipped.reason) == (State.IGNORED, "a competitor's blog")
    assert refused(skipped, Move.REOPEN, by=None) == "only a person decides that"
    reopened = decided(skipped, Move.REOPEN)
    assert (reopened.state, reopened.reason) == (State.DRAFTED, None)


def test_suppressed_is_left_only_over_the_suppression_list() -> None:
    suppressed = decided(standing(), Move.SUPPRESS, by=None, reason="opted out")
    assert "suppression list first" in refused(suppressed, Move.REOPEN)


@pytest.mark.parametrize(
    ("until", "why"), [(None, "still to come"), (NOW - DAY, "still to come"), (NOW + 400 * DAY, "a year at most")]
)
def test_a_snooze_ends_on_a_day_to_come(until: datetime | None, why: str) -> None:
    assert why in refused(standing(), Move.SNOOZE, until=until)


def test_a_snooze_is_no_state_and_ends_with_the_next_decision() -> None:
    asleep = decided(standing(), Move.SNOOZE, until=NOW + DAY)
    assert (asleep.state, asleep.snoozed_until, asleep.rev) == (State.DRAFTED, NOW + DAY, 1)
    assert decided(asleep, Move.WAKE).snoozed_until is None
    assert decided(asleep, Move.APPROVE).snoozed_until is None


def test_nobody_answers_an_email_that_was_never_sent() -> None:
    assert "mark it as sent first" in refused(standing(), Move.REPLIED)
    assert "only an email that was sent" in refused(standing(), Move.NO_REPLY)


def test_an_email_is_not_sent_in_the_future_nor_twice() -> None:
    assert "in the future" in refused(standing(), Move.SENT, at=NOW + DAY)
    assert "already" in refused(standing(State.SENT, sent_at=NOW), Move.SENT)


def test_a_link_found_before_anything_was_approved_is_not_reclaimed() -> None:
    assert "not one we asked for" in refused(standing(), Move.RECLAIM, by=None)
    assert decided(standing(State.APPROVED), Move.RECLAIM, by=None).state is State.RECLAIMED, "G-11"


def test_a_reclaimed_link_that_went_away_may_be_asked_for_again() -> None:
    sent = standing(State.SENT, sent_at=NOW - 9 * DAY, approved_by="kim", snoozed_until=NOW + DAY)
    reclaimed = decided(sent, Move.RECLAIM, by=None)
    assert reclaimed.snoozed_until == NOW + DAY, "G-10: what a person set is a person's"
    lost = decided(reclaimed, Move.LOSE, by=None)
    assert (lost.state, lost.sent_at, lost.approved_by) == (State.NEW, sent.sent_at, "kim")
    again = replace(decided(lost, Move.DRAFT, by=None), asks_again=True)
    approved = decided(again, Move.APPROVE)
    assert decided(approved, Move.UNAPPROVE).state is State.DRAFTED, "this email was not sent, the first one was"
    assert decided(lost, Move.RECLAIM, by=None).state is State.RECLAIMED, "it came back by itself"


@pytest.mark.parametrize("state", sorted(set(State) - {State.RECLAIMED}))
def test_only_what_was_reclaimed_can_be_lost(state: State) -> None:
    assert "only a link that was reclaimed" in refused(standing(state), Move.LOSE, by=None)


@pytest.mark.parametrize("state", sorted(CLOSED))
@pytest.mark.parametrize("move", sorted(set(Move) - {Move.REOPEN, Move.LOSE}))
def test_what_is_closed_stays_closed(state: State, move: Move) -> None:
    assert refused(standing(state), move, reason="because", until=NOW + DAY)


def test_a_note_is_kept_until_there_is_another() -> None:
    noted = decided(standing(), Move.SNOOZE, until=NOW + DAY, note="back in May")
    assert decided(noted, Move.APPROVE).note == "back in May"


DECISIONS = st.builds(
    Decision,
    st.sampled_from(Move),
    reason=st.none() | st.just("why not"),
    until=st.none() | st.just(NOW + 300 * DAY),
    via=st.none() | st.just("imap"),
    note=st.none() | st.just("call first"),
)
STEPS = st.lists(st.tuples(DECISIONS, st.sampled_from(["kim", None])), max_size=30)
HUMAN = (
    "rev", "approved_by", "approved_at", "handed_off_via", "handed_off_at", "sent_at", "reason", "note",
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STEPS)
def test_the_program_never_undoes_a_person_s_word_g10(steps: list[tuple[Decision, str | None]]) -> None:
    now, at = standing(State.NEW), NOW
    for decision, by in steps:
        at += DAY
        outcome = after(now, decision, by=by, now=at)
        if isinstance(outcome, Refusal):
            assert outcome.why
            continue
        if by is None:
            assert decision.move in PROGRAM_MOVES
            assert now.state not in FINAL or outcome.state is now.state
            for name in HUMAN:
                before, later = getattr(now, name), getattr(outcome, name)
                assert later == before or (decision.note == later and name == "note") or before is None
        else:
            assert outcome.rev == now.rev + 1
        if outcome.state is State.APPROVED:
            assert outcome.approved_by is not None, "nothing is approved without a person"
        assert outcome.sent_at is None or outcome.state is not State.NEW
        now = outcome


def test_somebody_takes_care_of_it_until_it_is_given_away() -> None:
    taken = decided(standing(), Move.ASSIGN, to=" kim ")
    assert (taken.assigned_to, taken.state, taken.rev) == ("kim", State.DRAFTED, 1)
    assert refused(taken, Move.ASSIGN, to="kim") == "it is kim's already"
    assert decided(taken, Move.ASSIGN, by="lee", to="lee").assigned_to == "lee"
    assert decided(taken, Move.ASSIGN, by="lee").assigned_to is None
    assert decided(taken, Move.APPROVE, by="lee").assigned_to == "kim", "a claim keeps nobody from deciding"
    assert "nothing left to take care of" in refused(standing(State.DECLINED), Move.ASSIGN, to="kim")
