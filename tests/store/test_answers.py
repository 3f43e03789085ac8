"""What people said of senses: kept beside what the machine found, the newest word first, on both databases."""

from datetime import timedelta

import pytest

from mentions.exceptions import StoreError
from mentions.matching.feedback import Answer, answered, learn
from mentions.matching.profiles import profile
from mentions.store import Store
from mentions.store.records import OpportunityState
from tests.store.building import ACME, DAY, NIGHT, ORBIT, finding, outcome, url


def answer(number: int, *, is_us: bool, after: timedelta = DAY, opportunity_id: int | None = None) -> Answer:
    return Answer(
        ACME.name, url(number), "Acme Robotics builds robots.", is_us, {"first": 1.0}, ("builds", "robots"), "ada",
        NIGHT + after, "a note", opportunity_id,
    )  # fmt: skip


@pytest.fixture
def opportunity(store: Store, run_id: int) -> int:
    store.save_outcomes(run_id, [outcome(1, finding())])
    return next(number for f in store.to_draft(min_priority=0) if (number := f.opportunity_id))


def state(store: Store) -> OpportunityState | None:
    return next(iter(store.findings())).opportunity_state


def test_a_case_holds_what_a_person_was_shown(store: Store, opportunity: int) -> None:
    case = store.case(opportunity)
    assert (case.target, case.page_url, case.language) == (ACME.name, url(1), "en")
    [(candidate, _)] = case.candidates
    assert case.text[candidate.start : candidate.end] == "Acme Robotics"


def test_an_answer_comes_back_as_it_was_given(store: Store, opportunity: int) -> None:
    said = answered(store.case(opportunity), profile(ACME), is_us=False, said_by="ada", said_at=NIGHT + DAY, note="no")
    assert store.save_answers([said]) == 1
    assert store.answers() == [said]
    assert store.answers(target=ORBIT.name) == []
    assert set(learn(store.answers())) == {ACME.name}


def test_a_rejection_closes_and_an_acceptance_reopens(store: Store, opportunity: int) -> None:
    store.save_answers([answer(1, is_us=False, opportunity_id=opportunity)])
    assert state(store) is OpportunityState.IGNORED
    store.save_answers([answer(1, is_us=True, after=2 * DAY, opportunity_id=opportunity)])
    assert state(store) is OpportunityState.NEW
    assert [said.is_us for said in store.answers()] == [True]


def test_the_newest_word_counts_whatever_comes_last(store: Store) -> None:
    """Imports may bring old words after new ones."""
    assert store.save_answers([answer(1, is_us=True, after=2 * DAY), answer(1, is_us=False)]) == 1
    assert store.save_answers([answer(1, is_us=False)]) == 0
    assert [said.is_us for said in store.answers()] == [True]


def test_a_crawl_never_touches_what_a_person_said(store: Store, run_id: int, opportunity: int) -> None:
    store.save_answers([answer(1, is_us=False, opportunity_id=opportunity)])
    before = store.answers()
    store.save_outcomes(run_id, [outcome(1, finding(), at=NIGHT + 2 * DAY)])
    assert store.answers() == before
    assert state(store) is OpportunityState.IGNORED


def test_answers_of_targets_nobody_watches_are_kept(store: Store) -> None:
    stranger = Answer("Somebody", url(9), "Somebody sang.", True, {}, (), "ada", NIGHT)
    assert store.save_answers([stranger]) == 1
    assert store.answers(target="Somebody") == [stranger]


def test_what_cannot_be_answered_says_why(store: Store, run_id: int) -> None:
    with pytest.raises(StoreError, match="there is no opportunity 7"):
        store.case(7)
    store.save_outcomes(run_id, [outcome(1, finding(sentences=[]))])
    number = next(f.opportunity_id for f in store.findings())
    assert number is not None
    with pytest.raises(StoreError, match="no longer kept"):
        store.case(number)
