"""The frontier: pages found and not fetched, and what is watched."""

from dataclasses import replace
from datetime import timedelta

from mentions.pages import PageState
from mentions.publishers import SourceKind
from mentions.store import Store, open_store
from mentions.store.frontier import MAX_ATTEMPTS
from mentions.store.records import SourceLook
from tests.store.building import ACME, COURIER, DAY, NIGHT, ORBIT, failed, finding, found, outcome, url
from tests.store.conftest import Rows


def numbers(store: Store, limit: int = 100) -> list[int]:
    return [int(page.url[-4:]) for page in store.waiting(COURIER.domain, limit, now=NIGHT + 9 * DAY)]


def test_found_pages_wait_oldest_found_first_and_of_these_newest_published_first(store: Store) -> None:
    store.add_found([found(1, at=NIGHT + DAY)])
    store.add_found([found(2), found(3, published=NIGHT - 2 * DAY), found(4, published=NIGHT - DAY)])
    assert numbers(store) == [4, 3, 2, 1]
    assert numbers(store, limit=2) == [4, 3]


def test_adding_counts_what_is_new_and_changes_nothing_known(store: Store, rows: Rows) -> None:
    """G-04: the same key twice in one batch is one row."""
    assert store.add_found([found(1), found(1, at=NIGHT + DAY), found(2)]) == 2
    assert store.add_found([found(1, at=NIGHT + DAY), found(3)]) == 1
    assert len(rows("SELECT DISTINCT found_at FROM page")) == 1
    assert store.add_found([]) == 0


def test_a_thousand_pages_in_one_call(store: Store) -> None:
    assert store.add_found([found(number) for number in range(1000)]) == 1000
    assert store.known([url(n) for n in range(0, 2000, 2)]) == {url(n) for n in range(0, 1000, 2)}


def test_pages_of_another_publisher_do_not_wait_here(store: Store) -> None:
    store.add_found([found(1)])
    assert store.waiting("gazette.example", 10, now=NIGHT) == []


def test_failed_pages_wait_until_they_failed_too_often(store: Store, run_id: int) -> None:
    store.add_found([found(1)])
    for attempt in range(MAX_ATTEMPTS):
        (page,) = store.waiting(COURIER.domain, 10, now=NIGHT + 9 * DAY)
        assert page.attempts == attempt
        store.save_outcomes(run_id, [failed(1, at=NIGHT + attempt * DAY)])
    assert numbers(store) == []


def test_a_page_that_failed_in_this_run_does_not_wait_for_it(store: Store, run_id: int) -> None:
    started = NIGHT + DAY
    store.save_outcomes(run_id, [failed(1, at=started + timedelta(minutes=1)), failed(2, at=NIGHT)])
    assert [page.key for page in store.waiting(COURIER.domain, 10, now=started)] == [url(2)]


def test_every_look_but_a_failed_one_ends_the_wait(store: Store, run_id: int) -> None:
    settled = [state for state in PageState if state is not PageState.ERROR]
    store.add_found([found(number) for number in range(len(settled))])
    store.save_outcomes(run_id, [outcome(number, state=state) for number, state in enumerate(settled)])
    assert numbers(store) == []


def test_a_good_look_clears_the_attempts(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [failed(1), failed(1, at=NIGHT + DAY), outcome(1, finding(), at=NIGHT + 2 * DAY)])
    store.save_outcomes(run_id, [failed(1, at=NIGHT + 3 * DAY)])
    (page,) = store.waiting(COURIER.domain, 10, now=NIGHT + 9 * DAY)
    assert (page.attempts, page.etag) == (1, '"1"')


def test_what_is_found_survives_the_process(store: Store, store_url: str) -> None:
    store.add_found([found(1)])
    store.close()
    again = open_store(store_url)
    assert numbers(again) == [1]
    again.close()


def test_registering_follows_the_configuration(store: Store, rows: Rows) -> None:
    renamed = COURIER.model_copy(update={"name": "Courier", "caveat": "phone first"})
    store.register([ORBIT], [renamed], NIGHT + DAY)
    assert rows("SELECT name, retired_at IS NULL FROM target ORDER BY name") == [(ACME.name, 0), (ORBIT.name, 1)]
    assert rows("SELECT name, caveat FROM publisher") == [("Courier", "phone first")]
    store.register([ACME, ORBIT], [COURIER], NIGHT + 2 * DAY)
    assert rows("SELECT count(*) FROM target WHERE retired_at IS NULL") == [(2,)]


def test_a_source_keeps_its_validators_through_a_bad_look(store: Store, rows: Rows) -> None:
    feed = "https://courier.example/rss"
    assert store.source_validators(feed) == (None, None)

    def look(etag: str | None, problem: str | None, days: int) -> None:
        seen = SourceLook(feed, COURIER.domain, SourceKind.FEED, NIGHT + days * DAY, etag=etag, problem=problem)
        store.save_source(replace(seen, found=5 if etag else 0))

    look('"1"', None, 0)
    look(None, "it is HTML", 1)
    assert store.source_validators(feed) == ('"1"', None)
    assert rows("SELECT found, problem, last_looked_at > last_good_at FROM source") == [(5, "it is HTML", 1)]
    look('"2"', None, 2)
    assert rows("SELECT etag, problem, last_looked_at = last_good_at FROM source") == [('"2"', None, 1)]
