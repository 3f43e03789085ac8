"""Undo: what stood before stands again, for ten minutes, and only while nothing else happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.undoing import UNDO_WITHIN, Change, told, undone
from mentions.workflow import Decision, Move, Refusal, Standing, after
from mentions.workflow import OpportunityState as State

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BEFORE = Standing(State.DRAFTED, NOW - timedelta(days=3), rev=4, has_draft=True, note="call first")

# Every decision that can be made about a draft that waits.
DECISIONS = [
    Decision(Move.APPROVE),
    Decision(Move.EDIT),
    Decision(Move.IGNORE, reason="a friend", note="really"),
    Decision(Move.SUPPRESS, reason="asked us not to"),
    Decision(Move.DECLINED),
    Decision(Move.SNOOZE, until=NOW + timedelta(days=7)),
    Decision(Move.SENT),
    Decision(Move.ASSIGN, to="lee"),
]


def change(decision: Decision, before: Standing = BEFORE) -> tuple[Change, Standing]:
    outcome = after(before, decision, by="kim", now=NOW)
    assert isinstance(outcome, Standing), outcome
    kind = decision.move.value.replace("_", " ")
    return Change(1, 12, kind, "kim", NOW, outcome.rev, outcome.state, before), outcome


def why(answer: Standing | Refusal) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.why


@given(st.sampled_from(DECISIONS), st.timedeltas(timedelta(), UNDO_WITHIN))
def test_undone_it_stands_as_before_at_a_new_version(decision: Decision, later: timedelta) -> None:
    made, standing = change(decision)
    assert undone(made, standing, now=NOW + later) == replace(BEFORE, rev=standing.rev + 1)


def test_after_ten_minutes_it_is_decided_anew_instead() -> None:
    made, standing = change(Decision(Move.IGNORE, reason="a friend"))
    late = why(undone(made, standing, now=NOW + UNDO_WITHIN + timedelta(seconds=1)))
    assert "more than 10 minutes ago: reopen it instead" in late


def test_what_somebody_decided_since_is_not_overwritten() -> None:
    made, standing = change(Decision(Move.SNOOZE, until=NOW + timedelta(days=7)))
    since = after(standing, Decision(Move.APPROVE), by="lee", now=NOW)
    assert isinstance(since, Standing)
    assert "somebody decided again since" in why(undone(made, since, now=NOW))


def test_what_a_look_found_since_is_not_overwritten() -> None:
    made, standing = change(Decision(Move.SENT))
    found = after(standing, Decision(Move.RECLAIM), by=None, now=NOW)
    assert isinstance(found, Standing)
    assert "it is reclaimed by now" in why(undone(made, found, now=NOW))


def test_it_is_taken_back_once() -> None:
    made, standing = change(Decision(Move.APPROVE))
    assert why(undone(replace(made, undone_at=NOW), standing, now=NOW)) == "it is taken back already"


@pytest.mark.parametrize("move", Move)
def test_every_decision_has_words(move: Move) -> None:
    words = told(move.value.replace("_", " "))
    assert words[0].isupper()
