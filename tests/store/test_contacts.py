"""The contact that a page publishes is kept with its finding, as the last look found it."""

from dataclasses import replace

from mentions.assessments import Contact
from mentions.store import Store
from tests.store.building import ACME, COURIER, DAY, NIGHT, finding, outcome, url

JANE = Contact("j.doering@courier.example", "Jane Doering", url(1), "beside the author's name")
DESK = Contact("newsroom@courier.example", None, url(1), "in the article")


def look(store: Store, run_id: int, contact: Contact | None, *, days: int = 0) -> Contact | None:
    """Stores one look at the page that found this contact, and returns what the store says of it."""
    found, assessment = finding()
    at = NIGHT + days * DAY
    seen = replace(outcome(1, (found, replace(assessment, contact=contact))), looked_at=at)
    store.save_outcomes(run_id, [seen])
    return store.to_draft(min_priority=0)[0].contact


def test_the_contact_of_the_last_look_counts(store: Store) -> None:
    store.register([ACME], [COURIER], NIGHT)
    run_id = store.start_run("nightly", NIGHT)
    assert look(store, run_id, None) is None
    assert look(store, run_id, JANE, days=1) == JANE
    assert look(store, run_id, DESK, days=2) == DESK
    assert look(store, run_id, None, days=3) is None
