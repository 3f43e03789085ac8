"""Where addresses lead is remembered from night to night."""

from datetime import UTC, datetime

from mentions.destinations import Destination
from mentions.store import Store

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
SHORT = Destination("https://t.example/Ab1", False, NOW, final_url="https://acme.example/report")
GONE = Destination(
    "https://acme.example/old", True, NOW, "https://acme.example/old", 404, "not found (HTTP 404)", 1, NOW
)


def test_a_look_comes_back_as_it_was(store: Store) -> None:
    store.save_destinations([SHORT, GONE])
    assert store.destinations([SHORT.url, GONE.url, "https://t.example/ab1"]) == {SHORT.url: SHORT, GONE.url: GONE}
    assert store.own_pages() == [GONE]


def test_the_last_look_counts_within_a_batch_too(store: Store) -> None:
    """G-04."""
    later = Destination(SHORT.url, False, NOW, final_url="https://acme.example/new")
    store.save_destinations([SHORT])
    store.save_destinations([GONE, SHORT, later])
    assert store.destinations([SHORT.url]) == {SHORT.url: later}


def test_nothing_looked_at_is_nothing_known(store: Store) -> None:
    store.save_destinations([])
    assert (store.destinations([]), store.own_pages()) == ({}, [])
