"""A check that finds nothing proves something only if it can find something."""

import os
from pathlib import Path

import pytest

from mentions.exceptions import StoreError
from mentions.store import Store, upgrading
from mentions.store.checkup import Checked, check_up, rows_by_table
from mentions.store.migrations import HEAD
from tests.store.building import draft, finding, outcome
from tests.store.conftest import Rows

EVERYTHING = ["file", "schema", "references", "words", "looks", "mentions", "drafts", "runs"]


@pytest.fixture
def filled(store: Store, run_id: int) -> Store:
    store.save_outcomes(run_id, [outcome(n, finding()) for n in range(5)])
    store.save_drafts([draft(f.opportunity_id) for f in store.to_draft(min_priority=0) if f.opportunity_id])
    return store


def wrong(url: str) -> dict[str, Checked]:
    return {checked.subject: checked for checked in check_up(url) if not checked.sound}


def test_a_database_in_use_is_found_sound(filled: Store, store_url: str) -> None:
    looked = list(check_up(store_url))
    assert [checked.subject for checked in looked] == EVERYTHING
    assert all(checked.sound for checked in looked), looked
    assert looked[1].says == HEAD


@pytest.mark.parametrize(
    ("statement", "subject", "says"),
    [
        ("UPDATE finding SET verdict = 'lovely' WHERE id = 1", "words", "finding.verdict says 'lovely'"),
        ("UPDATE opportunity SET state = 'lost in post'", "words", "opportunity.state says 'lost in post'"),
        ('DELETE FROM "check" WHERE page_id = 2', "looks", "1 fetched pages without a look at them"),
        ("DELETE FROM mention WHERE finding_id = 3", "mentions", "1 findings say that an article names us"),
        ("DELETE FROM draft WHERE opportunity_id = 4", "drafts", "1 opportunities are drafted, approved or handed off"),
    ],
)
def test_what_does_not_belong_together_is_named(
    filled: Store, store_url: str, rows: Rows, statement: str, subject: str, says: str
) -> None:
    rows(statement)
    found = wrong(store_url)
    assert list(found) == [subject]
    assert says in found[subject].says
    assert found[subject].advice


def test_a_run_that_never_ended_is_named_but_not_the_last(filled: Store, store_url: str, rows: Rows) -> None:
    rows(
        "INSERT INTO run (kind, started_at, state, counts, publishers, warnings) "
        "SELECT kind, started_at, state, counts, publishers, warnings FROM run"
    )
    assert "1 runs before the last one never ended" in wrong(store_url)["runs"].says


class TestOnSqlite:
    @pytest.fixture
    def store_url(self, sqlite_url: str) -> str:
        return sqlite_url

    def test_rows_that_point_nowhere_are_counted_by_table(self, filled: Store, store_url: str, rows: Rows) -> None:
        """The connections of the store would refuse it; other programs' do not."""
        filled.close()
        import sqlite3

        with sqlite3.connect(store_url.removeprefix("sqlite:///")) as connection:
            connection.execute("DELETE FROM page WHERE id = 1")
        connection.close()
        says = wrong(store_url)["references"].says
        assert "1 rows of finding point to a page that is not there" in says

    def test_a_damaged_file_ends_the_look(self, filled: Store, store_url: str) -> None:
        filled.close()
        path = Path(store_url.removeprefix("sqlite:///"))
        body = bytearray(path.read_bytes())
        body[4096 * 5 : 4096 * 12] = os.urandom(4096 * 7)
        path.write_bytes(body)
        [checked] = check_up(store_url)
        assert (checked.subject, checked.sound) == ("file", False)
        assert "restore a backup" in (checked.advice or "")

    def test_an_old_schema_is_named_and_no_further_look_is_taken(self, store_url: str) -> None:
        upgrading.upgrade(store_url, to="0003")
        looked = list(check_up(store_url))
        assert [(checked.subject, checked.sound) for checked in looked] == [("file", True), ("schema", False)]
        assert looked[1].says == f"0003, not {HEAD}"
        assert rows_by_table(store_url)["page"] == 0

    def test_what_is_not_there_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="there is no database"):
            list(check_up(f"sqlite:///{tmp_path / 'mentions.db'}"))
        assert list(tmp_path.iterdir()) == []
