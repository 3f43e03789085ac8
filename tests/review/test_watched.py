"""The pages of publishers, contacts and targets."""

from datetime import timedelta

import pytest

from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts
from mentions.outreach.contacts.model import Role as ContactRole
from mentions.publishers import SourceKind
from mentions.review.desk import Desk
from mentions.store import Store
from mentions.store.records import OpportunityState, SourceLook
from tests.review.conftest import NOW, Browser
from tests.review.harmless import ADDRESSES, ALL, harmful
from tests.review.staff import browser_at, log_in, staffed
from tests.store.finds import add_find, tables

JANE = FoundContact(
    ContactRole.AUTHOR,
    Confidence.HIGH,
    "https://courier.example/jane",
    "beside the author's name",
    "jane@courier.example",
    "Jane Doe",
)


@pytest.fixture
def courier(store: Store, desk: Desk) -> Store:
    """A publisher with finds, an ask, a source and a contact; and another one."""
    with tables(desk.config.store_url) as connection:
        add_find(connection, 1, target="Quillon Robotics")
        add_find(connection, 2, state=OpportunityState.SENT, sent_at=NOW - timedelta(days=9), title="Cranes, an ode")
        add_find(connection, 3, publisher="atlas.example", publisher_name="The Atlas")
    feed = "https://courier.example/rss"
    store.save_source(SourceLook(feed, "courier.example", SourceKind.FEED, NOW, problem="it is no feed any more"))
    store.save_published("courier.example", PageContacts((JANE,)), NOW)
    return store


def test_publishers_are_listed_with_what_came_of_them(courier: Store, browser: Browser) -> None:
    html = browser.get("/publishers").text
    assert html.index("atlas.example") < html.index("courier.example")
    assert "The Daily Courier" not in browser.get("/publishers?text=atlas").text
    assert "No publisher fits" in browser.get("/publishers?text=zzz").text


def test_publishers_are_paged_by_domain(store: Store, browser: Browser, desk: Desk) -> None:
    with tables(desk.config.store_url) as connection:
        for number in range(120):
            add_find(connection, number + 1, publisher=f"p{number:03}.example")
    second = browser.get("/publishers?after=p049.example").text
    assert "p050.example" in second
    assert "p100.example" not in second
    assert "/publishers?before=p050.example" in second
    assert "/publishers?after=p099.example" in second
    first = browser.get("/publishers?before=p010.example").text
    assert "p000.example" in first
    assert "p049.example" in first, "the first page is shown whole"
    assert 'rel="prev"' not in first


def test_a_publisher_tells_what_is_known_of_it(courier: Store, browser: Browser) -> None:
    html = browser.get("/publishers/courier.example").text
    for told in ("Cranes, an ode", "it is no feed any more", "jane@courier.example", "https://courier.example/rss"):
        assert told in html
    assert browser.get("/publishers/nobody.example").status_code == 404


def test_a_publisher_is_blocked_with_a_reason_and_unblocked(courier: Store, browser: Browser) -> None:
    assert browser.submit("/publishers/courier.example/block", {"reason": ""}).status_code == 400
    assert courier.suppressed(None, "courier.example") is None
    assert browser.submit("/publishers/courier.example/block", {"reason": "they asked"}).status_code == 303
    assert "they asked" in (courier.suppressed(None, "courier.example") or "")
    assert "they asked" in browser.get("/publishers/courier.example").text
    assert "blocked" in browser.get("/publishers").text
    assert browser.submit("/publishers/courier.example/unblock").status_code == 303
    assert courier.suppressed(None, "courier.example") is None
    assert (
        "is not on the suppression list"
        in browser.get(browser.submit("/publishers/courier.example/unblock").headers["location"]).text
    )
    assert browser.submit("/publishers/nobody.example/block", {"reason": "x"}).status_code == 404


def test_contacts_are_listed_with_where_they_were_found(courier: Store, browser: Browser) -> None:
    html = browser.get("/contacts").text
    for told in ("Jane Doe", "jane@courier.example", "https://courier.example/jane", "allowed"):
        assert told in html
    courier.suppress("jane@courier.example", reason="she asked", by="ada", now=NOW)
    assert "she asked" in browser.get("/contacts").text
    assert "No contact fits" in browser.get("/contacts?text=bob").text
    assert "Jane Doe" in browser.get("/contacts?text=JANE").text


def test_a_contact_is_erased_only_when_confirmed(courier: Store, browser: Browser) -> None:
    (known,) = courier.contacts_of("courier.example")
    page = f"/contacts/{known.id}/erase"
    assert "jane@courier.example" in browser.get(page).text
    assert courier.contacts_of("courier.example"), "looking erases nothing"
    assert browser.submit(page, {"confirm": "yes"}, on=page).status_code == 400
    assert browser.submit(page, {"confirm": "erase"}, on=page).status_code == 303
    assert "jane@courier.example" not in browser.get("/contacts").text
    assert courier.suppressed("jane@courier.example", "courier.example")
    assert browser.get(page).status_code == 404


def test_targets_tell_names_counts_and_weeks(courier: Store, browser: Browser) -> None:
    html = browser.get("/targets").text
    assert "quillon.example" in html, "what counts as ours"
    assert "Pages that name Quillon Robotics, by week" in html
    assert "/opportunities?target=Quillon+Robotics" in html


def test_a_target_that_no_run_has_seen_is_told(browser: Browser) -> None:
    assert "Quillon Robotics is in the configuration and not watched yet" in browser.get("/targets").text


def test_strangers_words_and_addresses_are_harmless(store: Store, browser: Browser, desk: Desk) -> None:
    """C-01 … C-09."""
    with tables(desk.config.store_url) as connection:
        add_find(connection, 1, title=ALL, publisher_name=ALL, target=ALL, state=OpportunityState.SENT, sent_at=NOW)
    for address in ADDRESSES:
        store.save_source(SourceLook(address, "courier.example", SourceKind.FEED, NOW, problem=ALL))
        contact = FoundContact(ContactRole.FORM, Confidence.LOW, address, ALL, form_url=address, name=ALL)
        store.save_published("courier.example", PageContacts((contact,)), NOW)
    for path in ("/publishers", "/publishers/courier.example", "/contacts", "/targets", "/publishers?text=%3Cimg"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert harmful(answer.text) == [], path


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/publishers/courier.example/block", {"reason": "x"}),
        ("/publishers/courier.example/unblock", {}),
        ("/contacts/1/erase", {"confirm": "erase"}),
    ],
)
def test_only_approvers_block_and_erase(courier: Store, desk: Desk, path: str, fields: dict[str, str]) -> None:
    """C-16: by direct POST."""
    staffed(desk)
    with browser_at(desk) as browser:
        log_in(browser, "mara")
        assert browser.submit(path, fields).status_code == 403
        assert browser.get("/contacts/1/erase").status_code == 403
        assert "Erase" not in browser.get("/contacts").text
        assert "/block" not in browser.get("/publishers/courier.example").text
    assert courier.suppressed("jane@courier.example", "courier.example") is None
    with browser_at(desk) as browser:
        log_in(browser, "noor")
        assert browser.submit(path, fields).status_code == 303


def test_viewers_see_the_queue_without_what_they_may_not_do(courier: Store, desk: Desk) -> None:
    """C-16."""
    staffed(desk)
    with browser_at(desk) as browser:
        log_in(browser, "vic")
        html = browser.get("/opportunities?text=robots").text
        assert "/opportunities/1" in html
        for forbidden in ("/opportunities/decide", 'action="/views"', 'type="checkbox"'):
            assert forbidden not in html
        assert browser.submit("/views", {"query": "", "name": "Mine"}).status_code == 403
