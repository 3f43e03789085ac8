"""The questions a run asks again and again are searches in an index, not walks over everything found so far."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from mentions.queueing import Age, QueueFilters
from mentions.store import drafts, forgetting, frontier, open_store, queue
from mentions.store.engine import make_engine, parse_url
from mentions.workflow import OpportunityState
from tests.store.building import ACME, COURIER, NIGHT


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    store = open_store(sqlite_url)
    store.register([ACME], [COURIER], NIGHT)
    store.close()
    engine = make_engine(parse_url(sqlite_url))
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "ask",
    [
        lambda connection: frontier.waiting(connection, COURIER.domain, 100, NIGHT),
        lambda connection: frontier.known(connection, ["https://courier.example/"]),
        lambda connection: drafts.find(connection, of=[1, 2, 3]),
    ],
    ids=["waiting", "known", "drafts"],
)
def test_no_walk_over_a_table(engine: Engine, ask: Callable[[Connection], object]) -> None:
    plans = plans_of(engine, ask)
    assert "SEARCH" in "".join(plans)
    assert [step for step in plans if step.startswith("SCAN")] == []
    assert [step for step in plans if step.endswith("ix_page_frontier (publisher_id=?)")] == []


def test_the_queue_is_walked_in_its_order_where_many_fit(engine: Engine) -> None:
    """Reading all of a state and sorting them takes 80 ms for 35,000 finds; the first fifty of them stand near."""
    filters = QueueFilters(state=OpportunityState.DRAFTED)
    plans = plans_of(engine, lambda connection: queue.page(connection, filters, viewer="ada", now=NIGHT, fits=35_000))
    assert "ix_queue_row_priority" in plans[0]
    assert [step for step in plans if "TEMP B-TREE" in step] == []


def test_finds_of_some_days_are_counted_among_these_days(engine: Engine) -> None:
    filters = QueueFilters(age=Age.MONTH)
    plans = plans_of(engine, lambda connection: queue.counts(connection, filters, viewer="ada", now=NIGHT))
    assert "SEARCH queue_row USING COVERING INDEX ix_queue_row_found (found_at>?)" in plans


def test_the_addresses_in_use_are_read_once_and_not_for_each_contact(engine: Engine) -> None:
    plans = plans_of(engine, lambda connection: forgetting.forget_unused(connection, NIGHT))
    per_contact = plans[next(at for at, step in enumerate(plans) if step.startswith("SCAN contact")) :]
    assert [step for step in per_contact if step.startswith("SCAN draft")] == []


def plans_of(engine: Engine, ask: Callable[[Connection], object]) -> list[str]:
    """The steps by which SQLite answers what is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with engine.begin() as connection:
        event.listen(engine, "before_cursor_execute", note)
        ask(connection)
        event.remove(engine, "before_cursor_execute", note)
        return [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
