"""Pages of sites that nobody declared, and sources that belong to no publisher."""

from dataclasses import replace

from mentions.publishers import SourceKind
from mentions.store import Store
from mentions.store.frontier import MAX_ATTEMPTS
from mentions.store.records import FoundPage, SourceLook
from tests.store.building import COURIER, DAY, NIGHT, failed, found, outcome, url
from tests.store.conftest import Rows

LATER = NIGHT + 9 * DAY


def elsewhere(domain: str, number: int = 1) -> FoundPage:
    key = f"https://{domain}/{number}"
    return FoundPage(key, key, domain, "list.csv", SourceKind.LIST, NIGHT, query="what was asked")


def test_publishers_with_pages_to_look_at_are_named_declared_or_not(store: Store, run_id: int) -> None:
    assert store.publishers_waiting(now=LATER) == []
    store.add_found([elsewhere("two.example"), elsewhere("one.example"), elsewhere("one.example", 2), found(1)])
    assert store.publishers_waiting(now=LATER) == [COURIER.domain, "one.example", "two.example"]
    store.save_outcomes(run_id, [outcome(1)])
    assert store.publishers_waiting(now=LATER) == ["one.example", "two.example"]


def test_a_page_that_failed_too_often_makes_nobody_wait(store: Store, run_id: int) -> None:
    store.add_found([found(1)])
    for attempt in range(MAX_ATTEMPTS):
        assert store.publishers_waiting(now=LATER) == [COURIER.domain]
        assert store.publishers_waiting(now=NIGHT) == ([COURIER.domain] if attempt == 0 else [])
        store.save_outcomes(run_id, [failed(1, at=NIGHT + attempt * DAY)])
    assert store.publishers_waiting(now=LATER) == []


def test_pages_looked_at_are_told_from_pages_only_found(store: Store, run_id: int) -> None:
    store.add_found([found(1), found(2), found(3)])
    store.save_outcomes(run_id, [outcome(1), failed(2, at=NIGHT)])
    assert store.looked_at([url(1), url(2), url(3), url(4)]) == {url(1), url(2)}


def test_a_source_of_a_target_belongs_to_no_publisher_and_says_what_it_was_asked(store: Store, rows: Rows) -> None:
    where = "https://index.example/doc?query=Acme"

    def look(problem: str | None, days: int) -> None:
        seen = SourceLook(where, None, SourceKind.GDELT, NIGHT + days * DAY, found=3, problem=problem)
        store.save_source(replace(seen, target="Acme Robotics", query='"Acme Robotics"'))

    assert store.source_last_good_at(where) is None
    look(None, 0)
    look("it refuses", 1)
    assert store.source_last_good_at(where) == NIGHT
    assert rows("SELECT publisher_id, target, query, problem FROM source") == [
        (None, "Acme Robotics", '"Acme Robotics"', "it refuses")
    ]


def test_a_page_keeps_what_its_source_was_asked_for(store: Store, rows: Rows) -> None:
    store.add_found([elsewhere("one.example"), found(1)])
    assert rows("SELECT source_query FROM page ORDER BY source_query IS NULL") == [("what was asked",), (None,)]
