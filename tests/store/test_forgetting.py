"""Contacts that nobody used are forgotten after 30 days; who is in use stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mentions.assessments import Contact
from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts, Role
from mentions.store import Store, open_store
from mentions.store.forgetting import KEPT_DAYS, Forgotten
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, outcome
from tests.store.conftest import Rows

JANE = "jane.doe@courier.example"
LATER = NIGHT + timedelta(days=KEPT_DAYS + 1)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    opened.register([ACME, ORBIT], [COURIER], NIGHT)
    yield opened
    opened.close()


def jane(address: str = JANE) -> FoundContact:
    return FoundContact(
        role=Role.AUTHOR,
        confidence=Confidence.HIGH,
        source_url="https://courier.example/authors/jane-doe",
        why="on the author's page",
        address=address,
        name="Jane Doe",
    )


@pytest.fixture
def number(store: Store) -> int:
    """An opportunity with a draft to Jane, who is a contact too."""
    judged, said = finding()
    contact = Contact(JANE, "Jane Doe", "https://courier.example/authors/jane-doe", "beside the author's name")
    store.save_outcomes(store.start_run("nightly", NIGHT), [outcome(1, (judged, replace(said, contact=contact)))])
    store.save_published(COURIER.domain, PageContacts((jane(),)), NIGHT)
    (found,) = store.to_draft(min_priority=0)
    assert found.opportunity_id is not None
    store.save_drafts(
        [replace(draft(found.opportunity_id), to_address=JANE, to_name="Jane Doe", body="Dear Jane Doe, hello Jane")]
    )
    return found.opportunity_id


def test_who_nobody_wrote_to_is_forgotten_after_thirty_days(store: Store, rows: Rows) -> None:
    store.save_published(COURIER.domain, PageContacts((jane(),)), NIGHT)
    assert store.forget_unused_contacts(NIGHT + timedelta(days=KEPT_DAYS)) == Forgotten()
    assert store.forget_unused_contacts(LATER) == Forgotten(contacts=1)
    assert rows("SELECT count(*) FROM contact") == [(0,)]
    assert rows("SELECT kind, detail FROM event WHERE subject = 'contact'")[0][0] == "contacts forgotten"
    assert store.forget_unused_contacts(LATER) == Forgotten()


def test_who_was_seen_again_is_kept(store: Store) -> None:
    store.save_published(COURIER.domain, PageContacts((jane(),)), NIGHT)
    store.save_published(COURIER.domain, PageContacts((jane(),)), LATER - DAY)
    assert store.forget_unused_contacts(LATER) == Forgotten()


def test_who_is_addressed_by_a_draft_that_waits_is_kept(store: Store, number: int) -> None:
    assert store.forget_unused_contacts(LATER) == Forgotten()


def test_who_was_written_to_is_kept_so_as_not_to_be_asked_twice(store: Store, number: int) -> None:
    for move in (Decision(Move.APPROVE), Decision(Move.HAND_OFF, via="eml"), Decision(Move.SENT)):
        store.decide(number, move, by="bob", now=NIGHT, strict=False)
    store.decide(number, Decision(Move.DECLINED), by="bob", now=NIGHT)
    assert store.forget_unused_contacts(LATER) == Forgotten()


def test_what_was_closed_unsent_loses_its_addressee(store: Store, number: int, rows: Rows) -> None:
    store.decide(number, Decision(Move.IGNORE, reason="too old"), by="bob", now=NIGHT)
    assert store.forget_unused_contacts(NIGHT + 2 * DAY) == Forgotten()
    assert store.forget_unused_contacts(LATER) == Forgotten(contacts=1, findings=1, drafts=1)
    assert rows("SELECT to_address, to_name, contact_source_url, body FROM draft") == [
        (None, None, None, "Dear ████████, hello ████")
    ]
    assert rows("SELECT contact_address, contact_name, contact_why FROM finding") == [(None, None, None)]


def test_who_a_person_chose_for_something_open_is_kept(store: Store, number: int, rows: Rows) -> None:
    store.save_published(COURIER.domain, PageContacts((jane("bob.roe@courier.example"),)), NIGHT)
    chosen = next(c.id for c in store.contacts_for(number) if c.contact.address != JANE)
    store.choose_contact(number, chosen, by="ada", now=NIGHT)
    assert store.forget_unused_contacts(LATER) == Forgotten()
    store.decide(number, Decision(Move.IGNORE, reason="too old"), by="bob", now=NIGHT)
    assert store.forget_unused_contacts(LATER).contacts == 2
    assert rows("SELECT contact_id FROM opportunity") == [(None,)]


def test_the_number_of_days_is_the_teams(store: Store) -> None:
    store.save_published(COURIER.domain, PageContacts((jane(),)), NIGHT)
    assert store.forget_unused_contacts(NIGHT + 8 * DAY, days=7).contacts == 1
