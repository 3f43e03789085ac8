"""The queue's rows and its search follow every table they are copied from, whoever writes to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.outreach.contacts.model import Confidence, FoundContact, PageContacts
from mentions.outreach.contacts.model import Role as ContactRole
from mentions.queueing import QueueFilters, Shown, Snoozed, Whose
from mentions.store import Store, open_store, queue_tally, queue_upkeep
from mentions.store.records import NewDraft
from mentions.workflow import Decision, Move, OpportunityState
from tests.store.building import ACME, COURIER, NIGHT, draft, finding, link, outcome
from tests.store.finds import add_find, tables

NOW = NIGHT + timedelta(days=2)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """With a key of its own: an erasure keeps a hash."""
    opened = open_store(store_url, key="5e" * 32)
    opened.register([ACME], [COURIER], NIGHT)
    yield opened
    opened.close()


def rows_of(connection: Connection) -> list[tuple[object, ...]]:
    """Every row of the queue, and every entry of the search, as the database keeps them."""
    number, words = ("rowid", "words") if connection.dialect.name == "sqlite" else ("id", "words::text")
    made = [tuple(row) for row in connection.execute(text("SELECT * FROM queue_row ORDER BY id"))]
    made += [tuple(row) for row in connection.execute(text(f"SELECT {number}, {words} FROM queue_search ORDER BY 1"))]
    return made


def counts_of(connection: Connection) -> dict[tuple[object, ...], int]:
    """How many finds are alike, as the tally has it; nothing of which there is none."""
    keys = ", ".join(queue_tally.KEYS)
    summed = f"SELECT {keys}, SUM(finds) FROM queue_tally GROUP BY {keys} HAVING SUM(finds) <> 0"
    return {tuple(row)[:-1]: int(tuple(row)[-1]) for row in connection.execute(text(summed))}


def counted(connection: Connection) -> dict[tuple[object, ...], int]:
    """The same, counted from the queue itself."""
    keys = ", ".join(queue_tally.KEYS)
    found = connection.execute(text(f"SELECT {keys}, COUNT(*) FROM queue_row GROUP BY {keys}"))
    return {tuple(row)[:-1]: int(tuple(row)[-1]) for row in found}


def assert_kept(url: str) -> None:
    """What the triggers kept is what would be made anew."""
    with tables(url) as connection:
        kept, tally = rows_of(connection), counts_of(connection)
        assert tally == counted(connection)
        queue_tally.fold(connection)
        assert counts_of(connection) == tally, "folding changes no count"
        assert connection.execute(text("SELECT COUNT(*) FROM queue_tally")).scalar() == len(tally)
        connection.execute(text("DELETE FROM queue_row"))
        connection.execute(text("DELETE FROM queue_search"))
        queue_upkeep.repair(connection)
        assert kept == rows_of(connection)
        assert counts_of(connection) == tally
        assert kept, "a queue without rows shows nothing"


def entry(store: Store, number: int):  # type: ignore[no-untyped-def]  # a QueueEntry or None
    """A find in the queue, whatever its state."""
    page = store.queue_page(QueueFilters(state=Shown.ANY), viewer="ada", now=NOW)
    return next((found for found in page.entries if found.id == number), None)


def test_what_runs_and_people_write_is_followed(store: Store, store_url: str, run_id: int) -> None:
    """Through the store's own methods: two nights, drafts, decisions, a contact, an erasure."""
    store.save_outcomes(run_id, [outcome(n, finding(links=(link(),))) for n in range(4)])
    store.save_outcomes(run_id, [outcome(n, finding()) for n in range(3, 6)])
    assert_kept(store_url)
    numbers = [found.opportunity_id for found in store.to_draft(min_priority=0) if found.opportunity_id]
    store.save_drafts([draft(number) for number in numbers])
    assert_kept(store_url)
    store.decide(numbers[0], Decision(Move.IGNORE, reason="not news"), by="ada", now=NOW)
    store.decide(numbers[1], Decision(Move.SNOOZE, until=NOW + timedelta(days=3)), by="ada", now=NOW)
    assert_kept(store_url)
    contact = FoundContact(
        ContactRole.NEWSROOM, Confidence.HIGH, "https://courier.example/contact", "contact page", "desk@courier.example"
    )
    store.save_published(COURIER.domain, PageContacts((contact,)), NOW)
    (known,) = store.contacts_of(COURIER.domain)
    store.choose_contact(numbers[1], known.id, by="ada", now=NOW)
    assert entry(store, numbers[1]) is None, "it is put off"
    assert_kept(store_url)
    store.erase_contact("desk@courier.example", by="ada", now=NOW)
    assert_kept(store_url)
    store.register([], [COURIER.model_copy(update={"name": "The Nightly Courier"})], NOW)
    assert len(store.queue_page(QueueFilters(state=Shown.ANY, text="nightly"), viewer="ada", now=NOW).entries) > 0
    assert_kept(store_url)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE finding SET verdict = 'linked', level = 'skip', priority = NULL WHERE id = 1",
        "UPDATE finding SET sentence = 'Nobody builds them.' WHERE id = 1",
        "UPDATE finding SET missing_since = '2026-11-20 03:00:00+00:00' WHERE id = 1",
        "UPDATE finding SET contact_address = 'desk@courier.example' WHERE id = 1",
        "UPDATE page SET title = NULL, announced_title = 'As announced' WHERE id = 1",
        "UPDATE page SET language = 'de' WHERE id = 1",
        "UPDATE page SET publisher_id = (SELECT max(id) FROM publisher) WHERE id = 1",
        "UPDATE publisher SET name = 'Renamed'",
        "UPDATE opportunity SET assigned_to = 'bo', state = 'approved' WHERE id = 1",
        "DELETE FROM opportunity WHERE id = 1",
    ],
)
def test_a_change_of_any_column_that_is_copied_is_followed(store: Store, store_url: str, change: str) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1)
        add_find(connection, 2, publisher="atlas.example")
        before = rows_of(connection)
    with tables(store_url) as connection:
        connection.execute(text(change.replace("+00:00", "") if connection.dialect.name == "sqlite" else change))
        assert rows_of(connection) != before
    assert_kept(store_url)


def test_what_went_out_of_step_is_repaired(store: Store, store_url: str) -> None:
    """An upgrade changes tables while the triggers are away."""
    with tables(store_url) as connection:
        for number in range(1, 5):
            add_find(connection, number)
        right = rows_of(connection)
    with tables(store_url) as connection:
        key = "rowid" if connection.dialect.name == "sqlite" else "id"
        connection.execute(text("UPDATE queue_row SET priority = 7, language = NULL WHERE id = 1"))
        connection.execute(text("DELETE FROM queue_row WHERE id = 2"))
        connection.execute(text("UPDATE queue_row SET id = 99 WHERE id = 3"))
        connection.execute(text(f"DELETE FROM queue_search WHERE {key} = 4"))
        connection.execute(text(f"UPDATE queue_search SET words = 'wrong' WHERE {key} = 1"))
        assert rows_of(connection) != right
        queue_upkeep.repair(connection)
        assert rows_of(connection) == right


def test_what_is_not_worth_asking_about_does_not_wait(store: Store, store_url: str) -> None:
    """A link that came by itself takes a find out of the queue, whatever its state."""
    with tables(store_url) as connection:
        add_find(connection, 1)
        connection.execute(text("UPDATE finding SET verdict = 'linked', level = 'skip' WHERE id = 1"))
    assert store.queue_page(QueueFilters(), viewer="ada", now=NOW).entries == ()
    assert (entry(store, 1).finding.verdict, entry(store, 1).finding.level) == (Verdict.LINKED, Level.SKIP)


def test_a_follow_up_waits_until_it_is_sent(store: Store, store_url: str) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1)
    store.save_drafts([draft(1)])
    store.decide(1, Decision(Move.SENT), by="ada", now=NIGHT + timedelta(hours=1))
    assert not entry(store, 1).waits
    first = draft(1, at=NOW)
    follow_up = NewDraft(**{name: getattr(first, name) for name in first.__slots__} | {"follow_up": 1})
    store.save_drafts([follow_up])
    assert entry(store, 1).waits
    store.decide(1, Decision(Move.SENT), by="ada", now=NOW + timedelta(hours=1))
    assert not entry(store, 1).waits
    assert_kept(store_url)


def test_a_chosen_contact_counts_before_the_pages_own(store: Store, store_url: str) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1, address="desk@courier.example")
    form = FoundContact(
        ContactRole.FORM,
        Confidence.HIGH,
        "https://courier.example/contact",
        "a form",
        form_url="https://courier.example/f",
    )
    store.save_published(COURIER.domain, PageContacts((form,)), NIGHT)
    (known,) = store.contacts_of(COURIER.domain)
    assert entry(store, 1).has_contact
    store.choose_contact(1, known.id, by="ada", now=NOW)
    assert not entry(store, 1).has_contact, "a form has no address"
    store.choose_contact(1, None, by="ada", now=NOW)
    assert entry(store, 1).has_contact


def test_an_erased_name_is_in_no_index_either(tmp_path: Path) -> None:
    """SQLite's search keeps deleted words for a while, in the file too; an erasure must not leave them there."""
    store_url = f"sqlite:///{tmp_path / 'mentions.db'}"
    opened = open_store(store_url, key="5e" * 32)
    with tables(store_url) as connection:
        add_find(connection, 1, sentence="Zuleikha Featherstonehaugh builds Acme's robots.")
    contact = FoundContact(
        ContactRole.AUTHOR,
        Confidence.HIGH,
        "https://courier.example/team",
        "beside the name",
        "zuleikha@courier.example",
        "Zuleikha Featherstonehaugh",
    )
    opened.save_published("courier.example", PageContacts((contact,)), NIGHT)
    opened.erase_contact("zuleikha@courier.example", by="ada", now=NOW)
    opened.close()
    held = Path(store_url.removeprefix("sqlite:///")).read_bytes().lower()
    assert b"featherston" not in held
    assert b"zuleik" not in held


def test_counts_are_the_same_by_the_tally_and_by_the_queue(store: Store, store_url: str) -> None:
    """A search that every find fits is counted from the queue's own rows, which the tally must agree with."""
    states = [OpportunityState.NEW, OpportunityState.DRAFTED, OpportunityState.SENT]
    with tables(store_url) as connection:
        for number in range(1, 31):
            add_find(
                connection,
                number,
                sentence="Words of Acme.",
                language=("de", "en")[number % 2],
                state=states[number % 3],
                assigned_to=("bo", "ada", None)[number % 3],
                snoozed_until=None if number % 7 else NOW + timedelta(days=1),
            )
    for number in (1, 2, 4):
        store.decide(number, Decision(Move.IGNORE, reason="not news"), by="ada", now=NOW)
    store.fold_counts()
    store.decide(7, Decision(Move.ASSIGN, to="cleo"), by="ada", now=NOW)
    for filters in (
        QueueFilters(),
        QueueFilters(state=Shown.ANY),
        QueueFilters(state=Shown.ANY, snoozed=Snoozed.ONLY),
        QueueFilters(state=OpportunityState.IGNORED, language="de"),
        QueueFilters(assigned=Whose.MINE, verdict=Verdict.UNLINKED, contact=False),
        QueueFilters(target="nobody's"),
        QueueFilters(level=Level.ASK_NOW, snoozed=Snoozed.SHOWN, target="Acme Robotics"),
    ):
        of_tally = store.queue_counts(filters, viewer="ada", now=NOW)
        assert of_tally == store.queue_counts(replace(filters, text="words"), viewer="ada", now=NOW)
    assert store.queue_counts(QueueFilters(state=Shown.ANY), viewer="ada", now=NOW).total == 26
    assert store.queue_choices()[2] == ["ada", "bo", "cleo"]
    assert store.queue_choices()[1] == ["de", "en"]


@pytest.mark.parametrize("typed", ["Beyonce", "beyoncé", "BEYONCE\u0301", "uber", "Ubermut", "łódź", "łodz"])
def test_words_are_found_with_and_without_their_accents(store: Store, store_url: str, typed: str) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1, sentence="Beyoncé zeigt Übermut in Łódź.")
        add_find(connection, 2, sentence="Nobody else does.", publisher="atlas.example")
    found = store.queue_page(QueueFilters(state=Shown.ANY, text=typed), viewer="ada", now=NOW).entries
    assert [entry.id for entry in found] == [1]
