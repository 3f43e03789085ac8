"""What a person wants an email to ask for is kept, and the text written anew for it follows every other one."""

from dataclasses import replace

import pytest

from mentions.exceptions import DecisionRefused, StaleRevision
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import DAY, NIGHT, draft, finding, outcome

LATER = NIGHT + DAY / 2


@pytest.fixture
def number(store: Store, run_id: int) -> int:
    """An opportunity with a draft that could be approved."""
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    store.save_drafts([replace(draft(waiting.opportunity_id), problems=())])
    return waiting.opportunity_id


def test_a_choice_of_the_link_is_told_with_the_finding_and_can_be_taken_back(store: Store, number: int) -> None:
    store.choose_link(number, "https://acme.example/robots", "robots", by="kim", now=LATER)
    (chosen,) = store.drafts()
    assert (chosen.finding.chosen_url, chosen.finding.chosen_anchor) == ("https://acme.example/robots", "robots")
    assert store.history(number)[-1].kind == "link chosen"
    store.choose_link(number, None, None, by="kim", now=LATER)
    (chosen,) = store.drafts()
    assert (chosen.finding.chosen_url, chosen.finding.chosen_anchor) == (None, None)
    assert store.history(number)[-1].kind == "link choice taken back"


def test_a_choice_of_the_link_is_refused_to_whoever_saw_an_older_version(store: Store, number: int) -> None:
    """C-17."""
    seen = store.standing(number).rev
    store.choose_link(number, "https://acme.example/robots", None, by="kim", now=LATER, rev=seen)
    with pytest.raises(StaleRevision):
        store.choose_link(number, None, None, by="lee", now=LATER, rev=seen)
    with pytest.raises(StaleRevision):
        store.choose_contact(number, None, by="lee", now=LATER, rev=seen)


def test_what_is_approved_asks_for_what_was_approved(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    with pytest.raises(DecisionRefused, match="it is approved; what it asks for does not change any more"):
        store.choose_link(number, "https://acme.example/robots", None, by="kim", now=LATER)


def test_a_text_written_anew_follows_a_persons_text_and_keeps_the_message_id(store: Store, number: int) -> None:
    (first,) = store.drafts()
    store.edit_draft(
        number, subject="Mine", body="My words.", to_address="jane@courier.example", to_name=None, by="kim", now=LATER
    )
    again = store.redraft(replace(draft(number, subject="Ours again", at=LATER), problems=()), by="kim", now=LATER)
    assert (again.revision, again.written_by, again.draft.subject) == (3, None, "Ours again")
    assert again.message_id == first.message_id
    assert (store.history(number)[-1].kind, store.history(number)[-1].actor) == ("written anew", "kim")


def test_a_text_written_anew_takes_an_approval_back(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.APPROVE), by="kim", now=LATER)
    store.redraft(draft(number, subject="Ours again", at=LATER), by="kim", now=LATER)
    assert store.standing(number).state is OpportunityState.DRAFTED


def test_nothing_is_written_anew_once_it_was_sent(store: Store, number: int) -> None:
    store.decide(number, Decision(Move.SENT), by="kim", now=LATER)
    with pytest.raises(DecisionRefused, match="it is sent"):
        store.redraft(draft(number, at=LATER), by="kim", now=LATER)
