"""What is due to be looked at, asked for or by plan; and what happened, as lists show it."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from mentions.exceptions import StoreError
from mentions.pages import PageState
from mentions.rechecking.words import Sight, Truth
from mentions.store import Store, open_store, rechecks, upgrading
from mentions.workflow import Decision, Move
from tests.store.building import ACME, COURIER, ORBIT, draft, failed, finding, outcome
from tests.store.conftest import Rows
from tests.store.looking import at, linked, look, sent


def test_looks_are_planned_from_the_state_and_taken_in_order(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(number, finding(), at=at(0)) for number in (1, 2, 3)])
    store.save_drafts([draft(number, at=at(0)) for number in (1, 2)])
    assert store.plan_looks(now=at(0)) == 2
    assert store.plan_looks(now=at(0)) == 0, "nothing has changed since"
    assert store.publishers_due(now=at(0.5)) == []
    assert store.publishers_due(now=at(1)) == [COURIER.domain]
    store.ask_for_look(3, by="kim", now=at(0.9))
    due = store.pages_due(COURIER.domain, 10, now=at(1))
    assert [page.url for page in due] == [outcome(number).url for number in (3, 1, 2)], "asked for first"
    assert [page.expected for page in due] == [(ACME.name,)] * 3
    assert [(page.etag, page.content_hash) for page in due] == [('"1"', "abc")] * 3
    assert store.pages_due(COURIER.domain, 1, now=at(1)) == due[:1]
    assert [each.opportunity_id for each in store.looks_due(now=at(1), limit=10)] == [3, 1, 2]
    assert store.count_looks_due(now=at(1)) == 3


def test_a_look_that_was_asked_for_is_made_once(store: Store, run_id: int) -> None:
    look(store, run_id, 0, finding())
    store.ask_for_look(1, by="kim", now=at(0.1))
    store.ask_for_look(1, by="ada", now=at(0.2))
    assert store.asked_looks() == [1]
    assert [e.actor for e in store.history(1) if e.kind == "look asked"] == ["kim"]
    assert store.publishers_due(now=at(0.2), asked_only=True) == [COURIER.domain]
    assert store.pages_due(COURIER.domain, 9, now=at(0.2), asked_only=True, of=(2,)) == []
    store.save_outcomes(run_id, [failed(1, at=at(0.3))])
    [last] = store.looks(1, limit=1)
    assert (store.asked_looks(), last.sight) == ([], Sight.FAILED)
    with pytest.raises(StoreError, match="no opportunity 7"):
        store.ask_for_look(7, by="kim", now=at(1))


def test_a_decision_changes_the_plan_whatever_the_clock_says(store: Store, run_id: int) -> None:
    """G-13: told by what differs, not by what is later."""
    number = sent(store, run_id)
    store.plan_looks(now=at(1))
    assert store.count_looks_due(now=at(1.5)) == 1, "day 1 after the email"
    store.decide(number, Decision(Move.REPLIED), by="kim", now=at(0.6))
    store.plan_looks(now=at(0.7))
    assert store.count_looks_due(now=at(1.3)) == 0
    store.decide(number, Decision(Move.DECLINED), by="kim", now=at(0.8))
    store.plan_looks(now=at(0.7))
    assert store.count_looks_due(now=at(900)) == 0


def test_what_a_wrong_clock_planned_for_the_next_century_is_planned_anew(store: Store, run_id: int, rows: Rows) -> None:
    """G-13."""
    sent(store, run_id)
    store.plan_looks(now=at(1))
    rows("UPDATE recheck SET next_look_at = '2126-01-01 00:00:00', last_look_at = '2125-12-01 00:00:00'")
    assert store.plan_looks(now=at(1)) == 1
    assert store.count_looks_due(now=at(400)) in {0, 1}
    assert store.plan_looks(now=at(1)) == 0


def test_targets_that_were_taken_out_are_not_looked_at(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    store.plan_looks(now=at(1))
    store.ask_for_look(number, by="kim", now=at(1))
    store.register([ORBIT], [COURIER], at(1))
    assert store.asked_looks() == [], "or the desk would wait for ever"
    with pytest.raises(StoreError, match=r"was taken out of mentions\.toml"):
        store.ask_for_look(number, by="kim", now=at(1))
    assert store.publishers_due(now=at(9)) == []
    assert store.pages_due(COURIER.domain, 9, now=at(9)) == []


def test_a_page_that_was_blocked_is_asked_for_whole(store: Store, run_id: int) -> None:
    """After a refusal the same bytes are news."""
    look(store, run_id, 0, finding())
    store.save_outcomes(run_id, [outcome(1, at=at(1), state=PageState.BLOCKED, http_status=403)])
    store.ask_for_look(1, by="kim", now=at(1))
    (page,) = store.pages_due(COURIER.domain, 9, now=at(1))
    assert (page.etag, page.last_modified, page.content_hash) == (None, None, None)


def test_what_happened_comes_with_its_article(store: Store, run_id: int) -> None:
    number = sent(store, run_id)
    look(store, run_id, 2, linked())
    (event,) = store.what_happened(since=at(1), limit=9)
    assert (event.kind, event.opportunity_id, event.target, event.page_url) == (
        "reclaimed",
        number,
        ACME.name,
        outcome(1).url,
    )
    assert store.links_watched() == ["https://acme.example/"]


# --- databases of earlier versions ------------------------------------------------------------------------------------


def test_opportunities_of_an_earlier_version_are_watched_from_now_on(sqlite_url: str) -> None:
    """G-05: what their findings say is their truth; a link that came since was not there when they were found."""
    upgrading.upgrade(sqlite_url, to="0015")
    now = "2026-01-01 00:00:00"
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        database.execute("INSERT INTO publisher (id, domain, name, first_seen_at) VALUES (1, 'a.b', 'A', ?)", (now,))
        database.execute(
            "INSERT INTO target (id, name, kind, url, first_seen_at) VALUES (1, 'T', 'brand', 'https://t.example/', ?)",
            (now,),
        )
        database.execute(
            "INSERT INTO run (id, kind, started_at, state, counts, publishers, warnings)"
            " VALUES (1, 'nightly', ?, 'finished', '{}', '{}', '[]')",
            (now,),
        )
        for n, (verdict, found) in enumerate(
            [("unlinked", None), ("linked", "https://t.example/"), ("unknown", None)], 1
        ):
            database.execute(
                f"INSERT INTO page (id, key, url, publisher_id, found_at) VALUES ({n}, 'k{n}', 'k{n}', 1, '{now}')"
            )
            database.execute(
                "INSERT INTO finding (id, page_id, target_id, run_id, verdict, reasons, level, parts, level_reasons,"
                f" first_seen_at, last_seen_at, last_checked_at) VALUES ({n}, {n}, 1, 1, '{verdict}', '[]', 'ask_now',"
                f" '[]', '[]', '{now}', '{now}', '{now}')"
            )
            database.execute(
                "INSERT INTO opportunity (id, finding_id, created_at, state, state_at, link_found_at, link_url_found)"
                f" VALUES ({n}, {n}, '{now}', 'new', '{now}', ?, ?)",
                (now if found else None, found),
            )
        database.commit()
    upgrading.upgrade(sqlite_url)
    store = open_store(sqlite_url)
    watched = [store.watched(number) for number in (1, 2, 3)]
    store.close()
    assert [(w.truth, w.baseline) for w in watched] == [
        (Truth.UNLINKED, Truth.UNLINKED),
        (Truth.LINKED, Truth.UNLINKED),
        (None, None),
    ]
    assert watched[1].link is not None
    assert watched[1].link.url == "https://t.example/"


def test_many_are_planned_in_portions_none_twice_and_none_left(
    store: Store, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecks, "_ROWS_AT_ONCE", 2)
    store.save_outcomes(run_id, [outcome(number, finding(), at=at(0)) for number in range(1, 6)])
    store.save_drafts([replace(draft(number, at=at(0)), problems=()) for number in range(1, 6)])
    assert store.plan_looks(now=at(0)) == 5
    assert store.plan_looks(now=at(0)) == 0
    assert store.count_looks_due(now=at(1)) == 5
