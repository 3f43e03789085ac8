"""The suppression list in the database, and the places that ask it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from mentions.exceptions import DecisionRefused, StoreError
from mentions.outreach.suppression import Suppression, SuppressionKind, blocking, hashed, key_id
from mentions.outreach.suppression_files import Listed
from mentions.store import Store, open_store, upgrading
from mentions.store.engine import make_engine, parse_url
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, draft, finding, outcome
from tests.store.conftest import Rows

KEY = "0123456789abcdef-a key for tests"
DESK = "desk@courier.example"  # whom building.draft writes to


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, key=KEY)
    opened.register([ACME, ORBIT], [COURIER], NIGHT)
    yield opened
    opened.close()


def a_draft(store: Store) -> int:
    """The number of an opportunity with a draft that may be approved, but for what a test adds."""
    run_id = store.start_run("nightly", NIGHT)
    store.save_outcomes(run_id, [outcome(1, finding())])
    (found,) = store.to_draft(min_priority=0)
    assert found.opportunity_id is not None
    store.save_drafts([draft(found.opportunity_id)])
    return found.opportunity_id


def test_an_address_is_kept_as_a_hash_only(store: Store, rows: Rows) -> None:
    assert store.suppress("Jane@Courier.example", reason="asked, from jane@courier.example", by="ada", now=NIGHT)
    assert not store.suppress("jane+x@courier.example", reason=None, by="bob", now=NIGHT + DAY)
    (entry,) = store.suppressions()
    assert entry.kind is SuppressionKind.ADDRESS
    assert entry.value == hashed("jane@courier.example", KEY.encode())
    assert (entry.reason, entry.created_by, entry.created_at) == ("asked, from (address)", "ada", NIGHT)
    kept = [row for table in ("suppression", "event") for row in rows(f"SELECT * FROM {table}")]
    assert not [row for row in kept if "jane" in str(row).casefold()]


def test_suppressing_and_taking_back_is_remembered(store: Store, rows: Rows) -> None:
    store.suppress("courier.example", reason="asked", by="ada", now=NIGHT)
    assert store.suppressed(None, "news.courier.example") == (
        "the domain courier.example is on the suppression list since 2026-11-20: asked"
    )
    assert store.unsuppress("courier.example", by="bob", now=NIGHT + DAY)
    assert not store.unsuppress("courier.example", by="bob", now=NIGHT + DAY)
    assert store.suppressed(None, "news.courier.example") is None
    assert rows("SELECT kind, actor FROM event ORDER BY id") == [("suppressed", "ada"), ("unsuppressed", "bob")]


def test_an_address_is_taken_back_by_itself_or_by_its_hash(store: Store) -> None:
    for address in ("jane@courier.example", "bob@courier.example"):
        store.suppress(address, reason=None, by="ada", now=NIGHT)
    assert store.unsuppress("Jane@courier.example", by="ada", now=NIGHT)
    (entry,) = store.suppressions()
    assert store.unsuppress(entry.value[:12], by="ada", now=NIGHT)
    assert store.suppressions() == []
    with pytest.raises(ValueError, match="neither one email address nor a domain"):
        store.unsuppress("nonsense", by="ada", now=NIGHT)


def test_the_whole_list_answers_as_single_questions_do(store: Store) -> None:
    store.suppress("jane@courier.example", reason=None, by="ada", now=NIGHT)
    store.suppress("gazette.example", reason="closed", by="ada", now=NIGHT)
    listed = store.suppression_list()
    asked = [
        ("jane@courier.example", "courier.example"),
        ("bob@courier.example", "courier.example"),
        ("bob@courier.example", "www.gazette.example"),
        (None, "courier.example"),
    ]
    answers = [blocking(address, domain, listed) for address, domain in asked]
    assert answers == [store.suppressed(address, domain) for address, domain in asked]
    assert [answer is not None for answer in answers] == [True, False, True, False]


@pytest.mark.parametrize("entry", ["Desk@courier.example", "courier.example"])
def test_nobody_on_the_list_is_approved(store: Store, entry: str) -> None:
    """A-13 at approval."""
    number = a_draft(store)
    store.suppress(entry, reason="asked", by="ada", now=NIGHT)
    with pytest.raises(DecisionRefused, match=r"must not be written to: .* on the suppression list since .*: asked"):
        store.decide(number, Decision(Move.APPROVE), by="bob", now=NIGHT, strict=False)


@pytest.mark.parametrize("entry", ["Desk@courier.example", "courier.example"])
def test_nobody_suppressed_after_approval_is_handed_off(store: Store, entry: str) -> None:
    """A-13 at hand-off."""
    number = a_draft(store)
    store.decide(number, Decision(Move.APPROVE), by="bob", now=NIGHT, strict=False)
    store.suppress(entry, reason="asked", by="ada", now=NIGHT)
    with pytest.raises(DecisionRefused, match=r"must not be written to: .*: asked"):
        store.decide(number, Decision(Move.HAND_OFF, via="eml"), by="bob", now=NIGHT)
    store.unsuppress(entry, by="ada", now=NIGHT)
    store.decide(number, Decision(Move.HAND_OFF, via="eml"), by="bob", now=NIGHT)


def test_a_person_cannot_address_somebody_on_the_list(store: Store, rows: Rows) -> None:
    """E-04: nor does the refused attempt leave the address behind."""
    number = a_draft(store)
    store.suppress("jane@courier.example", reason=None, by="ada", now=NIGHT)
    with pytest.raises(DecisionRefused, match="must not be written to"):
        store.edit_draft(
            number, subject="Hello", body="…", to_address="jane@courier.example", to_name=None, by="bob", now=NIGHT
        )
    assert rows("SELECT to_address FROM draft") == [(DESK,)]


def test_hashes_of_another_key_are_refused_and_named(store: Store) -> None:
    rows = [Listed(2, "gazette.example"), Listed(3, "jane@courier.example", "said no")]
    assert store.import_suppressions(rows, reason="old list", by="ada", now=NIGHT) == (2, [])
    moved = [Listed(5, entry.value, entry.reason, entry) for entry in store.suppressions() if entry.key_id]
    assert store.import_suppressions(moved, reason=None, by="ada", now=NIGHT) == (0, [])
    store.unsuppress("jane@courier.example", by="ada", now=NIGHT)
    assert store.import_suppressions(moved, reason=None, by="ada", now=NIGHT) == (1, [])
    foreign = [Listed(row.line, row.text, None, row.entry and _with_key(row.entry)) for row in moved]
    new, (bad,) = store.import_suppressions(foreign, reason=None, by="ada", now=NIGHT)
    assert (new, bad.line) == (0, 5)
    assert "another key" in bad.problem


def _with_key(entry: Suppression) -> Suppression:
    return replace(entry, key_id=key_id(b"some other key of some length"))


def test_with_a_wrong_key_nobody_is_approved(store: Store, store_url: str) -> None:
    """A list that cannot be read must not be taken for an empty one."""
    number = a_draft(store)
    store.suppress("jane@courier.example", reason=None, by="ada", now=NIGHT)
    wrong = open_store(store_url, key="a wrong key of enough characters")
    with pytest.raises(StoreError, match="not the one that the addresses were hashed with"):
        wrong.suppressed("bob@courier.example", "courier.example")
    with pytest.raises(StoreError, match="hashed with"):
        wrong.decide(number, Decision(Move.APPROVE), by="bob", now=NIGHT, strict=False)
    with pytest.raises(StoreError, match="hashed with"):
        wrong.suppress("bob@courier.example", reason=None, by="ada", now=NIGHT)
    wrong.close()


def _a_list_in_plain_text(url: str) -> None:
    """What the schema before 0010 held."""
    upgrading.upgrade(url, to="0009")
    engine = make_engine(parse_url(url), pooled=False)
    with engine.begin() as connection:
        for number, (kind, value) in enumerate(
            [
                ("address", "jane@courier.example"),
                ("address", "jane+news@courier.example"),
                ("address", "bob@courier.example"),
                ("address", "not an address"),
                ("domain", "gazette.example"),
            ],
            start=1,
        ):
            row = {"id": number, "kind": kind, "value": value, "at": f"{NIGHT:%Y-%m-%d %H:%M:%S}", "by": "ada"}
            connection.execute(
                text("INSERT INTO suppression VALUES (:id, :kind, :value, NULL, :at, :by)"),
                row,
            )
    engine.dispose()


def test_addresses_in_plain_text_are_hashed_by_the_upgrade(sqlite_url: str) -> None:
    """Nobody who was on the list is off it afterwards."""
    _a_list_in_plain_text(sqlite_url)
    store = open_store(sqlite_url)
    for address in ("jane@courier.example", "Bob@courier.example", "x@news.gazette.example"):
        assert store.suppressed(address, "elsewhere.example"), address
    assert store.suppressed("ann@courier.example", "courier.example") is None
    assert [entry.value for entry in store.suppressions() if "@" in entry.value] == []
    store.close()
    assert Path(f"{sqlite_url.removeprefix('sqlite:///')}.key").is_file()
