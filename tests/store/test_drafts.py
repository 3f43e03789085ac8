"""Drafts: what needs one, and their revisions."""

import pytest

from mentions.exceptions import StoreError
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.store import Store
from mentions.store.records import OpportunityState
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, outcome
from tests.store.conftest import Rows


@pytest.fixture
def opportunity(store: Store, run_id: int) -> int:
    store.save_outcomes(run_id, [outcome(1, finding())])
    (waiting,) = store.to_draft(min_priority=0)
    assert waiting.opportunity_id is not None
    return waiting.opportunity_id


def test_what_is_worth_asking_is_drafted_the_most_worth_first(store: Store, run_id: int) -> None:
    store.save_outcomes(
        run_id,
        [
            outcome(1, finding(priority=40)),
            outcome(2, finding(priority=90, level=Level.ASK_AFTER_FIX)),
            outcome(3, finding(priority=95, level=Level.HOLD)),
            outcome(4, finding(priority=99, level=Level.SKIP)),
            outcome(5, finding(Verdict.LINKED, priority=None)),
        ],
    )
    assert [found.priority for found in store.to_draft(min_priority=0)] == [90, 40]
    assert [found.priority for found in store.to_draft(min_priority=41)] == [90]


def test_a_draft_comes_back_as_it_was_rendered(store: Store, opportunity: int) -> None:
    (stored,) = store.save_drafts([draft(opportunity)])
    assert stored.draft == draft(opportunity)
    assert stored.revision == 1
    assert stored.message_id.endswith("@acme.example>")
    assert stored.finding.opportunity_state is OpportunityState.DRAFTED
    assert store.drafts() == [stored]
    assert store.to_draft(min_priority=0) == []


def test_the_same_text_again_adds_no_revision(store: Store, opportunity: int, rows: Rows) -> None:
    first = store.save_drafts([draft(opportunity)])
    assert store.save_drafts([draft(opportunity, at=NIGHT + DAY)]) == first
    assert rows("SELECT count(*) FROM draft") == [(1,)]
    assert rows("SELECT count(*) FROM event WHERE kind = 'draft rendered'") == [(1,)]


def test_another_text_is_the_next_revision_under_the_same_message_id(store: Store, opportunity: int) -> None:
    (first,) = store.save_drafts([draft(opportunity)])
    (second,) = store.save_drafts([draft(opportunity, subject="Another subject")])
    assert (second.revision, second.message_id) == (2, first.message_id)
    assert store.drafts() == [second]


@pytest.mark.parametrize("state", ["approved", "handed_off", "sent", "ignored", "declined", "suppressed"])
def test_nothing_is_rendered_over_what_a_person_decided(store: Store, opportunity: int, rows: Rows, state: str) -> None:
    """G-10."""
    first = store.save_drafts([draft(opportunity)])
    rows(f"UPDATE opportunity SET state = '{state}', state_by = 'kim'")
    (kept,) = store.save_drafts([draft(opportunity, subject="Another subject")])
    assert kept.draft == first[0].draft
    assert rows("SELECT state, state_by FROM opportunity") == [(state, "kim")]


def test_a_person_s_text_is_not_followed_by_ours(store: Store, opportunity: int, rows: Rows) -> None:
    store.save_drafts([draft(opportunity)])
    rows("UPDATE draft SET written_by = 'kim'")
    (kept,) = store.save_drafts([draft(opportunity, subject="Another subject")])
    assert (kept.revision, kept.draft.subject) == (1, "A link in your article")


def test_a_draft_for_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no opportunity 7"):
        store.save_drafts([draft(7)])


def test_a_retired_target_is_not_drafted_for(store: Store, opportunity: int) -> None:
    store.register([ORBIT], [COURIER], NIGHT + DAY)
    assert store.to_draft(min_priority=0) == []


def test_drafts_by_state_and_target(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(1, finding(), finding(target=ORBIT.name))])
    store.save_drafts([draft(f.opportunity_id) for f in store.to_draft(min_priority=0) if f.opportunity_id])
    assert [stored.finding.target for stored in store.drafts()] == [ACME.name, ORBIT.name]
    assert [stored.finding.target for stored in store.drafts(target=ORBIT.name)] == [ORBIT.name]
    assert store.drafts(state=OpportunityState.APPROVED) == []
    assert len(store.drafts(state=OpportunityState.DRAFTED)) == 2
