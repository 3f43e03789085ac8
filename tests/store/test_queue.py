"""The queue: what it shows, in which order, a page at a time; on both databases."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.queueing import Age, Cursor, QueueFilters, Shown, Snoozed, Sort, Whose
from mentions.store import Store, open_store
from mentions.store.records import OpportunityState
from tests.store.building import NIGHT
from tests.store.finds import add_find, hours, tables

NOW = NIGHT + timedelta(days=2)
ANY = QueueFilters(state=Shown.ANY)


def shown(store: Store, filters: QueueFilters, *, viewer: str = "ada") -> list[int]:
    return [entry.id for entry in store.queue_page(filters, viewer=viewer, now=NOW).entries]


@pytest.fixture
def finds(store: Store, store_url: str) -> Store:
    """Six finds that differ in everything that can be filtered."""
    with tables(store_url) as connection:
        add_find(connection, 1, priority=80, address="desk@courier.example")
        add_find(connection, 2, priority=90, language="de", verdict=Verdict.OUTSIDE, at=hours(1), level=Level.HOLD)
        add_find(connection, 3, priority=80, target="Orbit Report", publisher="atlas.example", at=hours(2))
        add_find(connection, 4, priority=10, state=OpportunityState.SENT, sent_at=hours(3), at=hours(3))
        add_find(connection, 5, priority=95, assigned_to="bo", language=None, at=hours(4))
        add_find(connection, 6, priority=99, snoozed_until=NOW + timedelta(days=1), at=hours(5))
        add_find(connection, 7, priority=None, level=Level.SKIP, at=hours(6))
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (QueueFilters(), [2, 3, 1]),
        (ANY, [5, 2, 3, 1, 4, 7]),
        (QueueFilters(assigned=Whose.ANYONE), [5, 2, 3, 1]),
        (QueueFilters(assigned="bo"), [5]),
        (QueueFilters(assigned=Whose.MINE), []),
        (QueueFilters(state=OpportunityState.SENT), [4]),
        (replace(ANY, verdict=Verdict.OUTSIDE), [2]),
        (replace(ANY, level=Level.HOLD), [2]),
        (replace(ANY, target="Orbit Report"), [3]),
        (replace(ANY, target="Nobody's"), []),
        (replace(ANY, publisher="atlas.example"), [3]),
        (replace(ANY, language="de"), [2]),
        (replace(ANY, contact=True), [1]),
        (QueueFilters(contact=False), [2, 3]),
        (QueueFilters(snoozed=Snoozed.ONLY), [6]),
        (QueueFilters(snoozed=Snoozed.SHOWN), [6, 2, 3, 1]),
        (replace(ANY, age=Age.DAY), []),
        (QueueFilters(age=Age.WEEK), [2, 3, 1]),
        (QueueFilters(sort=Sort.NEWEST), [3, 2, 1]),
        (QueueFilters(sort=Sort.WAITING), [1, 2, 3]),
        (QueueFilters(sort=Sort.PUBLISHER), [3, 1, 2]),
    ],
    ids=lambda value: value.as_query() or "plain" if isinstance(value, QueueFilters) else "",
)
def test_a_filter_shows_what_fits_in_its_order(finds: Store, filters: QueueFilters, expected: list[int]) -> None:
    assert shown(finds, filters) == expected


@pytest.mark.parametrize("state", [Shown.ANY, Shown.WAITING, OpportunityState.NEW, OpportunityState.SENT])
@pytest.mark.parametrize("sort", Sort)
def test_how_many_fit_changes_the_way_and_not_the_page(
    finds: Store, state: Shown | OpportunityState, sort: Sort
) -> None:
    filters = QueueFilters(state=state, sort=sort)
    page = finds.queue_page(filters, viewer="ada", now=NOW)
    assert page.entries
    for fits in (len(page.entries), 1_000_000):
        assert finds.queue_page(filters, viewer="ada", now=NOW, fits=fits) == page
        again = finds.queue_page(filters, viewer="ada", now=NOW, fits=fits, after=page.entries[0].cursor)
        assert again.entries == page.entries[1:] or len(page.entries) == 1
    assert finds.queue_page(filters, viewer="ada", now=NOW, fits=0).entries == ()


def test_what_waits_is_another_list_for_another_person(finds: Store) -> None:
    assert shown(finds, QueueFilters(), viewer="bo") == [5, 2, 3, 1]


def test_counts_are_what_the_lists_show(finds: Store) -> None:
    counts = finds.queue_counts(QueueFilters(), viewer="ada", now=NOW)
    assert (counts.total, counts.waiting) == (3, 3)
    assert counts.by_verdict == {Verdict.UNLINKED: 2, Verdict.OUTSIDE: 1}
    for state, count in counts.by_state.items():
        assert len(shown(finds, QueueFilters(state=state))) == count
    outside = finds.queue_counts(replace(ANY, verdict=Verdict.OUTSIDE), viewer="ada", now=NOW)
    assert (outside.total, outside.waiting) == (1, 1)
    assert outside.by_verdict == {Verdict.UNLINKED: 5, Verdict.OUTSIDE: 1}, "as if no verdict were chosen"
    assert outside.by_state == {OpportunityState.NEW: 1}


def test_an_entry_tells_what_its_row_shows(finds: Store) -> None:
    first = finds.queue_page(QueueFilters(assigned="bo"), viewer="ada", now=NOW).entries[0]
    assert (first.id, first.assigned_to, first.state, first.found_at) == (5, "bo", OpportunityState.NEW, hours(4))
    assert (first.finding.page_title, first.finding.publisher_name) == ("Robots at night", "The Daily Courier")
    assert first.cursor == Cursor(95, 5)


def test_a_find_that_left_the_filter_still_has_a_next_one(finds: Store, store_url: str) -> None:
    """Save and next: the place from before the decision is kept."""
    places = {e.id: e.cursor for e in finds.queue_page(QueueFilters(), viewer="ada", now=NOW).entries}
    assert places[2] == Cursor(90, 2)
    with tables(store_url) as connection:
        connection.exec_driver_sql("UPDATE opportunity SET state = 'ignored' WHERE id = 2")
    found = finds.next_in_queue(QueueFilters(), viewer="ada", now=NOW, after=places[2])
    assert found == (3, Cursor(80, 3))
    assert finds.next_in_queue(QueueFilters(), viewer="ada", now=NOW, after=places[1]) is None


def test_choices_are_what_there_is(finds: Store) -> None:
    assert finds.queue_choices() == (["Acme Robotics", "Orbit Report"], ["de", "en"], ["bo"])


@pytest.mark.parametrize("sort", Sort)
def test_pages_go_forth_and_back_over_the_same_rows(finds: Store, sort: Sort) -> None:
    filters = replace(ANY, sort=sort)
    whole = shown(finds, filters)
    first = finds.queue_page(filters, viewer="ada", now=NOW, rows=2)
    second = finds.queue_page(filters, viewer="ada", now=NOW, rows=2, after=first.after)
    third = finds.queue_page(filters, viewer="ada", now=NOW, rows=2, after=second.after)
    assert [entry.id for page in (first, second, third) for entry in page.entries] == whole
    assert (first.before, third.after) == (None, None)
    assert finds.queue_page(filters, viewer="ada", now=NOW, rows=2, before=third.before) == second
    assert finds.queue_page(filters, viewer="ada", now=NOW, rows=2, before=second.before) == first
    at = second.entries[0].cursor.just_before(sort)
    begun = finds.queue_page(filters, viewer="ada", now=NOW, rows=2, after=at)
    assert begun.entries == second.entries, "back from a find to the list begins with that find"


def test_behind_the_end_of_a_queue_that_shrank_stands_its_first_page(finds: Store) -> None:
    page = finds.queue_page(QueueFilters(), viewer="ada", now=NOW, after=Cursor(0, 1))
    assert [entry.id for entry in page.entries] == [2, 3, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("robots", [1, 2, 3]),
        ("Robo", [1, 2, 3]),  # an unfinished word
        ("robots night", [1, 3]),  # every word
        ("daily COURIER", [1, 2, 3]),  # the publisher's name
        ("o'neill", [2]),
        ("zürich", [3]),
        ("12,5", [2]),
        ('" OR 1', []),  # words, not a query
        ("& | ! :*", []),
        ("''", []),
        ("NOT robots", []),
        ("a\\' b", []),
    ],
)
def test_a_search_finds_words_of_headline_sentence_and_publisher(
    store: Store, store_url: str, text: str, expected: list[int]
) -> None:
    with tables(store_url) as connection:
        add_find(connection, 1, title="Robots at night", sentence="They sort.")
        add_find(connection, 2, title="O'Neill on robots", sentence="12,5 percent more.")
        add_find(connection, 3, title="Robots", sentence="By night, in Zürich.")
    assert sorted(shown(store, QueueFilters(text=text))) == expected
    assert store.queue_counts(QueueFilters(text=text), viewer="ada", now=NOW).total == len(expected)


def test_a_search_of_very_many_says_so(store: Store, store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with tables(store_url) as connection:
        for number in range(1, 6):
            add_find(connection, number, priority=number)
    monkeypatch.setattr("mentions.store.queue.MOST_SEARCHED", 5)
    assert not store.queue_counts(QueueFilters(text="robots"), viewer="ada", now=NOW).beyond_search
    with tables(store_url) as connection:
        add_find(connection, 6)
    assert store.queue_counts(QueueFilters(text="robots"), viewer="ada", now=NOW).beyond_search


def test_saved_views_are_ones_own_or_everybodys(store: Store) -> None:
    store.save_view("Mine", "target=Acme", by="ada", shared=False, now=NOW)
    store.save_view(" For   all ", "state=any", by="ada", shared=True, now=NOW)
    store.save_view("Mine", "target=Orbit", by="ada", shared=False, now=NOW)
    assert [(view.name, view.query, view.owner) for view in store.saved_views("ada")] == [
        ("For all", "state=any", None),
        ("Mine", "target=Orbit", "ada"),
    ]
    shared, mine = store.saved_views("ada")
    assert [view.name for view in store.saved_views("bo")] == ["For all"]
    assert not store.remove_view(mine.id, by="bo", any_owner=True), "somebody's own view is theirs"
    assert not store.remove_view(shared.id, by="bo")
    assert store.remove_view(shared.id, by="bo", any_owner=True)
    assert store.remove_view(mine.id, by="ada")
    assert store.saved_views("ada") == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="needs a name of 1 to 60 characters"):
        store.save_view(name, "", by="ada", shared=False, now=NOW)


# Rows that come in while somebody pages: what was there all the time is seen exactly once, nothing is seen twice.


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queue") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


ENDS = {
    Sort.PRIORITY: Cursor(-1, 0),
    Sort.NEWEST: Cursor(NIGHT - timedelta(days=9), 0),
    Sort.WAITING: Cursor(NIGHT + timedelta(days=9), 10**6),
    Sort.PUBLISHER: Cursor("z.example", 10**6),
}
FINDS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from(["a.example", "b.example", "c.example"])),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(there=FINDS, coming=FINDS, sort=st.sampled_from(Sort), rows=st.integers(1, 7), backwards=st.booleans())
def test_paging_visits_every_find_once_while_others_come_in(
    empty: Path,
    there: list[tuple[int, int, str]],
    coming: list[tuple[int, int, str]],
    sort: Sort,
    rows: int,
    backwards: bool,
) -> None:
    path = empty.with_name(f"{uuid4().hex}.db")
    shutil.copy(empty, path)
    url = f"sqlite:///{path}"
    waiting = [(len(there) + number, *find) for number, find in enumerate(coming, 1)]

    def add(number: int, priority: int, hour: int, publisher: str) -> None:
        with tables(url) as connection:
            add_find(connection, number, priority=priority, at=hours(hour), publisher=publisher)

    for number, find in enumerate(there, 1):
        add(number, *find)
    store = open_store(url)
    filters = QueueFilters(sort=sort)
    seen: list[int] = []
    place = ENDS[sort] if backwards else None
    while True:
        page = (
            store.queue_page(filters, viewer="ada", now=NOW, before=place, rows=rows)
            if backwards
            else store.queue_page(filters, viewer="ada", now=NOW, after=place, rows=rows)
        )
        ids = [entry.id for entry in page.entries]
        if backwards and page.before is None:  # the first page is shown whole: what of it was seen is no repetition
            ids = [number for number in ids if number not in seen]
        seen = ids + seen if backwards else seen + ids
        place = page.before if backwards else page.after
        if place is None:
            break
        if waiting:
            add(*waiting.pop())
    store.close()
    path.unlink()
    assert len(seen) == len(set(seen)), "nothing twice"
    assert set(range(1, len(there) + 1)) <= set(seen), "nothing passed over"
