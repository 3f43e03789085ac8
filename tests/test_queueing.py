"""The queue's filters, orders and places, to and from the address of a page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentions.assessments import Level
from mentions.findings import Verdict
from mentions.queueing import (
    Age,
    Cursor,
    FilterError,
    QueueFilters,
    Shown,
    Snoozed,
    Sort,
    Whose,
    read_filters,
    words_of,
)
from mentions.workflow import OpportunityState

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NAMES = st.none() | st.text("abcXYZäß &=?#+%/.", min_size=1, max_size=30).map(str.strip).filter(bool)
FILTERS = st.builds(
    QueueFilters,
    state=st.sampled_from([*Shown, *OpportunityState]),
    level=st.none() | st.sampled_from(Level),
    verdict=st.none() | st.sampled_from(Verdict),
    target=NAMES,
    publisher=NAMES.map(lambda name: name and name.lower()),
    language=NAMES,
    age=st.none() | st.sampled_from(Age),
    assigned=NAMES | st.sampled_from([str(word) for word in Whose]),
    contact=st.none() | st.booleans(),
    snoozed=st.sampled_from(Snoozed),
    text=NAMES.map(lambda text: " ".join((text or "").split())),
    sort=st.sampled_from(Sort),
)


@given(FILTERS)
def test_an_address_says_what_was_filtered(filters: QueueFilters) -> None:
    assert read_filters(dict(parse_qsl(filters.as_query()))) == filters


@given(FILTERS)
def test_without_a_filter_it_is_not_there(filters: QueueFilters) -> None:
    for name, _ in filters.as_pairs():
        assert name not in dict(filters.without(name).as_pairs())


def test_without_filters_the_address_is_short() -> None:
    assert QueueFilters().as_query() == ""
    assert read_filters({"utm_source": "mail", "target": " ", "state": ""}) == QueueFilters()


def test_what_waits_is_mine_and_nobodys_unless_asked_otherwise() -> None:
    assert QueueFilters().whose == Whose.FREE
    assert QueueFilters(assigned="bo").whose == "bo"
    assert QueueFilters(state=Shown.ANY).whose == Whose.ANYONE


def test_removing_the_usual_state_shows_every_state() -> None:
    assert QueueFilters().without("state").state is Shown.ANY
    assert QueueFilters(state=OpportunityState.SENT).without("state").state is Shown.WAITING


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "lost in thought"),
        ("verdict", "<script>"),
        ("level", "now"),
        ("age", "1"),
        ("contact", "maybe"),
        ("snoozed", "yes"),
        ("sort", "priority desc"),
        ("target", "x" * 301),
    ],
)
def test_a_filter_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(FilterError, match=f"'{name}'"):
        read_filters({name: value})


def test_a_search_is_cut_at_a_length_nobody_types() -> None:
    assert len(read_filters({"text": "word " * 1000}).text) <= 200


def test_words_are_what_holds_a_letter_or_digit() -> None:
    assert words_of("Fen & Moor – O'Neill 3-D ***") == ["Fen", "Moor", "O'Neill", "3-D"]


def test_ages_are_counted_back_from_now() -> None:
    assert QueueFilters(age=Age.WEEK).found_between(NOW) == (NOW - timedelta(days=7), None)
    assert QueueFilters(age=Age.OLDER).found_between(NOW) == (None, NOW - timedelta(days=91))
    assert QueueFilters().found_between(NOW) == (None, None)


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        (Sort.PRIORITY, 72),
        (Sort.PRIORITY, -1),
        (Sort.NEWEST, NOW + timedelta(microseconds=7)),
        (Sort.WAITING, NOW),
        (Sort.PUBLISHER, "courier~x.example"),
    ],
)
def test_a_place_is_written_and_read(sort: Sort, value: int | datetime | str) -> None:
    place = Cursor(value, 812)
    assert Cursor.parse(str(place), sort) == place


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        (Sort.PRIORITY, "72"),
        (Sort.PRIORITY, "~812"),
        (Sort.PRIORITY, "9999~1"),
        (Sort.PRIORITY, "7~99999999999"),
        (Sort.PRIORITY, "٣~1"),
        (Sort.NEWEST, "yesterday~1"),
        (Sort.NEWEST, "9" * 18 + "~1"),
        (Sort.WAITING, "1;drop~1"),
        (Sort.PUBLISHER, "x" * 301 + "~1"),
    ],
)
def test_a_place_that_cannot_be_is_refused(sort: Sort, text: str) -> None:
    with pytest.raises(FilterError, match="no place in"):
        Cursor.parse(text, sort)


@pytest.mark.parametrize("sort", Sort)
def test_just_before_a_place_is_the_neighbour_that_comes_first(sort: Sort) -> None:
    place = Cursor(5, 10)
    assert place.just_before(sort) == replace(place, id=11 if sort.falls else 9)
