"""The questions a run asks again and again are searches in an index, not walks over everything found so far."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from mentions.store import drafts, frontier, open_store
from mentions.store.engine import make_engine, parse_url
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
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with engine.begin() as connection:
        event.listen(engine, "before_cursor_execute", note)
        ask(connection)
        event.remove(engine, "before_cursor_execute", note)
        plans = [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert "SEARCH" in "".join(plans)
    assert [step for step in plans if step.startswith("SCAN")] == []
    assert [step for step in plans if step.endswith("ix_page_frontier (publisher_id=?)")] == []
