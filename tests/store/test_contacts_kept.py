"""Contacts in the store: kept with their provenance, the best first, a person's choice before everything."""

from datetime import timedelta

import pytest

from mentions.exceptions import StoreError
from mentions.outreach.contacts import Confidence, FoundContact, Lead, LeadKind, PageContacts, Role
from mentions.store import Store
from tests.store.building import ACME, COURIER, DAY, NIGHT, draft, finding, outcome, url

SITE = COURIER.domain
JANE = FoundContact(
    Role.AUTHOR, Confidence.HIGH, url(1), "beside the author's name", "jane.doe@courier.example", "Jane Doe"
)
BOB = FoundContact(Role.AUTHOR, Confidence.HIGH, url(9), "beside the name", "bob.roe@courier.example", "Bob Roe")
DESK = FoundContact(
    Role.NEWSROOM, Confidence.HIGH, "https://courier.example/contact", "as the editors'", "desk@courier.example"
)
FORM = FoundContact(
    Role.FORM, Confidence.LOW, "https://courier.example/contact", "a form", form_url="https://courier.example/contact"
)


def lead(number: int, kind: LeadKind = LeadKind.MASTHEAD) -> Lead:
    return Lead(kind, f"https://courier.example/page-{number}", url(1))


@pytest.fixture
def asked(store: Store) -> int:
    """An article by Jane Doe that is worth asking about; the number of its opportunity."""
    store.register([ACME], [COURIER], NIGHT)
    store.save_outcomes(store.start_run("nightly", NIGHT), [outcome(1, finding())])
    (found,) = store.to_draft(min_priority=0)
    assert found.opportunity_id is not None
    return found.opportunity_id


def recipient(store: Store) -> str | None:
    contact = store.to_draft(min_priority=0)[0].contact
    return contact.address if contact else None


def test_the_best_contact_of_the_publisher_goes_into_the_draft(store: Store, asked: int) -> None:
    assert recipient(store) is None
    assert store.save_published(SITE, PageContacts((FORM, DESK)), NIGHT) == 2
    assert recipient(store) == DESK.address
    store.save_published(SITE, PageContacts((JANE, BOB)), NIGHT)
    assert recipient(store) == JANE.address
    assert [c.contact for c in store.contacts_for(asked)] == [JANE, DESK, FORM], "Bob wrote something else"


def test_seen_again_is_no_new_contact(store: Store, asked: int) -> None:
    store.save_published(SITE, PageContacts((JANE, FORM)), NIGHT)
    assert store.save_published(SITE, PageContacts((JANE, FORM)), NIGHT + DAY) == 0
    jane, form = store.contacts_of(SITE)
    assert (jane.first_seen_at, jane.last_seen_at) == (NIGHT, NIGHT + DAY)
    assert form.contact.form_url == FORM.form_url


def test_the_surer_provenance_is_kept(store: Store, asked: int) -> None:
    weaker = FoundContact(Role.STAFF, Confidence.MEDIUM, url(2), "in the article", JANE.address)
    store.save_published(SITE, PageContacts((weaker,)), NIGHT)
    store.save_published(SITE, PageContacts((JANE,)), NIGHT)
    store.save_published(SITE, PageContacts((weaker,)), NIGHT + DAY)
    (stored,) = store.contacts_of(SITE)
    assert stored.contact == JANE
    assert stored.last_seen_at == NIGHT + DAY


def test_a_persons_choice_wins_and_can_be_taken_back(store: Store, asked: int) -> None:
    store.save_published(SITE, PageContacts((JANE, DESK)), NIGHT)
    desk = next(c for c in store.contacts_of(SITE) if c.contact == DESK)
    store.choose_contact(asked, desk.id, by="ann", now=NIGHT)
    assert recipient(store) == DESK.address
    assert [(c.contact, c.chosen) for c in store.contacts_for(asked)] == [(DESK, True), (JANE, False)]
    store.choose_contact(asked, None, by="ann", now=NIGHT)
    assert recipient(store) == JANE.address
    assert [(e.kind, e.actor) for e in store.history(asked)][-2:] == [
        ("contact chosen", "ann"),
        ("contact choice taken back", "ann"),
    ]
    assert "@" not in str(store.history(asked)), "no address in the history"


def test_a_form_that_a_person_chose_leaves_the_draft_without_an_address(store: Store, asked: int) -> None:
    store.save_published(SITE, PageContacts((JANE, FORM)), NIGHT)
    form = next(c for c in store.contacts_of(SITE) if c.contact == FORM)
    store.choose_contact(asked, form.id, by="ann", now=NIGHT)
    assert recipient(store) is None


def test_a_contact_of_somebody_else_cannot_be_chosen(store: Store, asked: int) -> None:
    store.save_published("elsewhere.example", PageContacts((DESK,)), NIGHT)
    (other,) = store.contacts_of("elsewhere.example")
    with pytest.raises(StoreError, match="no contact"):
        store.choose_contact(asked, other.id, by="ann", now=NIGHT)


def test_who_must_not_be_written_to_is_not_kept(store: Store, asked: int) -> None:
    store.suppress("jane-doe.example", reason="asked us to stop", by="ann", now=NIGHT)
    own = FoundContact(Role.AUTHOR, Confidence.MEDIUM, url(1), "on her page", "hello@jane-doe.example", "Jane Doe")
    assert store.save_published(SITE, PageContacts((own, DESK)), NIGHT) == 1
    assert [c.contact for c in store.contacts_of(SITE)] == [DESK]


def test_a_page_looked_at_is_not_asked_again_within_a_month(store: Store, asked: int) -> None:
    store.save_leads(SITE, [lead(1), lead(2)], NIGHT)
    store.save_contact_look(SITE, lead(1).url, now=NIGHT, problem=None, contacts_found=1)
    store.save_leads(SITE, [lead(1)], NIGHT + DAY)
    assert store.leads_left(SITE, NIGHT + DAY) == (lead(2),)
    assert store.leads_left(SITE, NIGHT + timedelta(days=31)) == (lead(1), lead(2))


def test_five_looks_at_a_site_a_month_and_no_more(store: Store, asked: int) -> None:
    store.save_leads(SITE, [lead(n) for n in range(7)], NIGHT)
    for number in range(5):
        assert len(store.leads_left(SITE, NIGHT)) == 7 - number
        store.save_contact_look(SITE, lead(number).url, now=NIGHT, problem="refused", contacts_found=None)
    assert store.leads_left(SITE, NIGHT + 29 * DAY) == ()
    assert len(store.leads_left(SITE, NIGHT + 31 * DAY)) == 7


def test_what_was_approved_keeps_its_recipient(store: Store, asked: int) -> None:
    store.save_published(SITE, PageContacts((DESK,)), NIGHT)
    store.save_drafts([draft(asked)])
    (desk,) = store.contacts_of(SITE)
    store.choose_contact(asked, desk.id, by="ann", now=NIGHT)  # drafted: still open
    assert store.contacts_for(asked)[0].chosen
