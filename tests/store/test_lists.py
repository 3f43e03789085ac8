"""The lists of publishers, contacts and targets, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from mentions.asking import LinkHabit
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts, Role
from mentions.publishers import SourceKind
from mentions.signs import Signs
from mentions.store import Store
from mentions.store.models import Contact
from mentions.store.publishers import Tally
from mentions.store.records import OpportunityState, SourceLook
from mentions.store.watching import WEEKS
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, finding, link, outcome
from tests.store.finds import add_find, tables

NOW = NIGHT + timedelta(days=2)


@pytest.fixture
def finds(store: Store, store_url: str) -> Store:
    with tables(store_url) as connection:
        add_find(connection, 1, title="The older ask", state=OpportunityState.RECLAIMED, sent_at=NIGHT)
        add_find(connection, 2, title="The newer ask", state=OpportunityState.SENT, sent_at=NIGHT + timedelta(hours=1))
        add_find(connection, 3)
        add_find(connection, 4, verdict=Verdict.LINKED, level=Level.SKIP, priority=None)
        add_find(connection, 5, publisher="atlas.example", publisher_name="The Ätlas", target="Orbit Report")
    return store


def domains(store: Store, **asked: str | int) -> tuple[list[str], bool]:
    lines, more = store.publishers(**asked)  # type: ignore[arg-type]  # a test's own keywords
    return [line.domain for line in lines], more


def test_publishers_are_counted_by_what_came_of_their_finds(finds: Store) -> None:
    atlas, courier = finds.publishers()[0]
    assert atlas.tally == Tally(finds=1, waiting=1, asked=0, reclaimed=0)
    assert courier.tally == Tally(finds=4, waiting=1, asked=2, reclaimed=1)


def test_publishers_are_found_by_name_and_domain(finds: Store) -> None:
    assert domains(finds, text="DAILY") == (["courier.example"], False)
    assert domains(finds, text="atlas.") == (["atlas.example"], False)
    assert domains(finds, text="100%") == ([], False)


def test_publishers_are_paged_forth_and_back(store: Store, store_url: str) -> None:
    with tables(store_url) as connection:
        for number, name in enumerate("bdfhj", 1):
            add_find(connection, number, publisher=f"{name}.example")
    assert domains(store, rows=2, after="b.example") == (["courier.example", "d.example"], True)
    assert domains(store, rows=3, after="d.example") == (["f.example", "h.example", "j.example"], False)
    assert domains(store, rows=2, before="f.example") == (["courier.example", "d.example"], True)
    assert domains(store, rows=9, before="c.example") == (["b.example"], False)


def test_a_publisher_tells_its_asks_newest_first_and_its_verdicts(finds: Store) -> None:
    facts = finds.publisher("courier.example")
    assert facts is not None
    assert [(ask.opportunity_id, ask.title, ask.state) for ask in facts.asks] == [
        (2, "The newer ask", OpportunityState.SENT),
        (1, "The older ask", OpportunityState.RECLAIMED),
    ]
    assert facts.verdicts == {Verdict.LINKED: 1, Verdict.UNLINKED: 3}
    assert (facts.pages_linking, facts.habit, facts.sources) == (1, None, ())
    assert finds.publisher("nobody.example") is None


def test_a_publisher_tells_how_it_links_and_how_its_sources_are(store: Store, run_id: int) -> None:
    signs = (Signs(links_out=3, links_followed=0), Signs(links_out=1, links_followed=1), Signs(0, 0))
    looks = [replace(outcome(n, finding(links=(link(),))), signs=sign) for n, sign in enumerate(signs)]
    store.save_outcomes(run_id, looks)
    for kind, address, problem in (("feed", "rss", None), ("listing", "news", "it answers 404")):
        where = f"https://courier.example/{address}"
        store.save_source(SourceLook(where, COURIER.domain, SourceKind(kind), NIGHT, found=4, problem=problem))
    facts = store.publisher(COURIER.domain)
    assert facts is not None
    assert facts.habit == LinkHabit(pages=3, linking=2, followed=1)
    assert [(source.url, source.problem) for source in facts.sources] == [
        ("https://courier.example/news", "it answers 404"),
        ("https://courier.example/rss", None),
    ], "problems first"


def test_contacts_are_listed_the_last_found_first_and_without_the_erased(store: Store, store_url: str) -> None:
    people = [("Jane Doe", "jane@courier.example"), ("Bo Lund", "bo@courier.example"), (None, "desk@courier.example")]
    for name, address in people:
        role = Role.AUTHOR if name else Role.NEWSROOM
        found = FoundContact(role, Confidence.HIGH, "https://courier.example/team", "the team", address, name)
        store.save_published(COURIER.domain, PageContacts((found,)), NIGHT)
    lines, more = store.addressees(rows=2)
    assert ([line.address for line in lines], more) == (["desk@courier.example", "bo@courier.example"], True)
    rest, _ = store.addressees(after=lines[-1].id)
    assert [(line.name, line.publisher_name, line.role) for line in rest] == [("Jane Doe", COURIER.name, "author")]
    back, more = store.addressees(before=rest[0].id, rows=2)
    assert (back, more) == (lines, False)
    assert [line.name for line in store.addressees(text="JANE")[0]] == ["Jane Doe"]
    assert len(store.addressees(text="daily")[0]) == 3
    with tables(store_url) as connection:
        connection.execute(update(Contact).where(Contact.id == rest[0].id).values(erased_at=NOW))
    assert store.addressee(rest[0].id) is None
    assert [line.name for line in store.addressees()[0]] == [None, "Bo Lund"]


@pytest.mark.parametrize("wanted", ["Özil", "özil", "ZOË", "Zürcher", "ZÜRCHER"])
def test_names_are_found_whatever_their_capitals(store: Store, wanted: str) -> None:
    paper = COURIER.model_copy(update={"name": "Zürcher Kurier"})
    store.register([ACME], [paper], NIGHT)
    zoe = FoundContact(
        Role.AUTHOR, Confidence.HIGH, "https://courier.example/team", "", "zoe@courier.example", "Zoë Özil"
    )
    store.save_published(COURIER.domain, PageContacts((zoe,)), NIGHT)
    assert [line.name for line in store.addressees(text=wanted)[0]] == ["Zoë Özil"]
    found = ["courier.example"] if wanted.casefold() == "zürcher" else []
    assert domains(store, text=wanted) == (found, False)


def test_targets_are_counted_by_verdict_and_week(store: Store, store_url: str) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1, target=ACME.name, at=NOW - timedelta(days=1))
        add_find(connection, 2, target=ACME.name, at=NOW - timedelta(days=8), verdict=Verdict.OUTSIDE)
        add_find(connection, 3, target=ACME.name, at=NOW - timedelta(days=7 * WEEKS - 1), verdict=Verdict.LINKED)
        add_find(connection, 4, target=ACME.name, at=NOW - timedelta(days=7 * WEEKS + 1))
    acme, orbit = store.targets(NOW)
    assert acme.verdicts == {Verdict.UNLINKED: 2, Verdict.OUTSIDE: 1, Verdict.LINKED: 1}
    assert acme.waiting == 4
    assert acme.unlinked_weeks == (*[0] * (WEEKS - 2), 1, 1)
    assert acme.linked_weeks == (1, *[0] * (WEEKS - 1))
    assert (orbit.verdicts, orbit.waiting, set(orbit.unlinked_weeks)) == ({}, 0, {0})


def test_a_target_that_is_watched_no_more_comes_last(store: Store) -> None:
    store.register([ORBIT], [COURIER], NOW)
    assert [(facts.name, facts.retired_at) for facts in store.targets(NOW)] == [(ORBIT.name, None), (ACME.name, NOW)]
