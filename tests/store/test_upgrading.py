"""The schema's history: models and steps agree, data survives, and a failing step changes nothing (G-05)."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from mentions.exceptions import StoreError
from mentions.store import Store, open_store, upgrading
from mentions.store.engine import make_engine, parse_url
from mentions.store.migrations import HEAD
from mentions.store.models import Base
from tests.store.building import draft, finding, link, outcome

STEPS = sorted(path.name[:4] for path in (upgrading._FOLDER / "versions").glob("0*.py"))

# Without the search, which is an index: SQLite keeps it in tables of its own, and lays them out anew as it likes.
# But for what an upgrade makes anew: the search, and the counts of the queue, of which only the sums matter.
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'queue_search%' AND name <> 'queue_tally'"
)

# A step that alters a table with children, as a later version of this program may bring one.
LATER = '''"""A later step."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page") as batch:
        batch.add_column(sa.Column("shelf", sa.Text(), nullable=True))
        batch.alter_column("title", type_=sa.String(500))
    {fails}
'''


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """These tests are about SQLite."""
    return sqlite_url


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version of this program with one more step; the path of the step's file."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrading._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / "9999_later.py"
    step.write_text(LATER.format(head=HEAD, fails=""))
    monkeypatch.setattr(upgrading, "_FOLDER", folder)
    monkeypatch.setattr(upgrading, "HEAD", "9999")
    return step


def fill(store: Store, run_id: int) -> None:
    store.save_outcomes(run_id, [outcome(n, finding(links=(link(),))) for n in range(5)])
    store.save_drafts([draft(f.opportunity_id) for f in store.to_draft(min_priority=0) if f.opportunity_id])


def counts(url: str) -> dict[str, int]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        tables = [name for (name,) in database.execute(TABLES)]
        return {t: database.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}


def schema(url: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        return database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def _is_search(name: str | None) -> bool:
    return name is not None and name.startswith("queue_search")


@pytest.mark.parametrize("url", ["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.service)])
def test_models_and_steps_make_the_same_schema(request: pytest.FixtureRequest, url: str) -> None:
    address = request.getfixturevalue(url)
    upgrading.upgrade(address)
    engine = make_engine(parse_url(address))
    with engine.connect() as connection:
        opts = {"compare_server_default": True, "include_name": lambda name, _kind, _parents: not _is_search(name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_steps_are_numbered_in_order_and_head_is_the_last(store_url: str) -> None:
    """upgrading.py tells newer from older by these numbers."""
    engine = make_engine(parse_url(store_url))
    with engine.begin() as connection:
        script = ScriptDirectory.from_config(upgrading.alembic_config(connection))
        order = [step.revision for step in script.walk_revisions()][::-1]
    engine.dispose()
    assert order == STEPS == sorted(order)
    assert order[-1] == HEAD
    assert all(re.fullmatch(r"\d{4}", revision) for revision in order)


def test_every_constraint_has_a_name() -> None:
    unnamed = [(t.name, c) for t in Base.metadata.tables.values() for c in t.constraints if c.name is None]
    assert unnamed == []


def test_every_nullable_column_says_what_null_means() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.nullable and "NULL: " not in (column.comment or "")
    ]
    assert silent == []


def test_opening_makes_the_schema_once(store_url: str) -> None:
    assert upgrading.check(store_url) is None
    assert upgrading.upgrade(store_url) is None
    assert upgrading.check(store_url) == HEAD
    assert upgrading.upgrade(store_url) is None, "nothing to do, nothing to back up"


def test_checking_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is not there yet"):
        open_store(f"sqlite:///{tmp_path / 'mentions.db'}", upgrade=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("revision", STEPS)
def test_data_of_each_schema_survives(store_url: str, revision: str) -> None:
    """G-05: filled with one row a table in plain SQL, because the models are those of the newest schema."""
    upgrading.upgrade(store_url, to=revision)
    with closing(sqlite3.connect(store_url.removeprefix("sqlite:///"))) as database:
        _one_row_each(database)
    before = counts(store_url)
    upgrading.upgrade(store_url)
    assert {table: count for table, count in counts(store_url).items() if table in before} == before


def _one_row_each(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA foreign_keys = OFF")
    for (table,) in database.execute(TABLES).fetchall():
        if table == "alembic_version":
            continue
        columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        names = ", ".join(f'"{column[1]}"' for column in columns)
        values = ", ".join("1" if column[1].endswith("id") else "'[]'" for column in columns)
        database.execute(
            f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({values})'
        )  # a trigger may have been first
    database.commit()


def test_a_step_that_alters_a_table_loses_no_row_of_its_children(
    store: Store, run_id: int, store_url: str, later: Path
) -> None:
    """G-05: with foreign keys on, SQLite would empty every table that points to the altered one."""
    fill(store, run_id)
    store.close()
    before = counts(store_url)
    backup = upgrading.upgrade(store_url, to="9999")
    assert counts(store_url) == before
    assert upgrading.check(store_url) == "9999"
    assert backup is not None
    assert counts(f"sqlite:///{backup}") == before


def test_a_failing_step_leaves_the_old_schema_and_every_row(
    store: Store, run_id: int, store_url: str, later: Path
) -> None:
    """G-05."""
    fill(store, run_id)
    store.close()
    before, old = counts(store_url), schema(store_url)
    later.write_text(LATER.format(head=HEAD, fails="op.execute('INSERT INTO nowhere VALUES (1)')"))
    with pytest.raises(StoreError, match=r"no such table: nowhere"):
        upgrading.upgrade(store_url, to="9999")
    assert (counts(store_url), schema(store_url)) == (before, old)
    assert upgrading.check(store_url) == HEAD


def test_a_step_that_would_orphan_rows_is_taken_back(store: Store, run_id: int, store_url: str, later: Path) -> None:
    """G-05."""
    fill(store, run_id)
    store.close()
    before = counts(store_url)
    later.write_text(LATER.format(head=HEAD, fails="op.execute('DELETE FROM page WHERE id = 1')"))
    with pytest.raises(StoreError, match=r"was not upgraded: .* rows would point to rows that are not there"):
        upgrading.upgrade(store_url, to="9999")
    assert counts(store_url) == before


def test_backups_never_overwrite_one_another(store: Store, store_url: str, later: Path) -> None:
    store.close()
    later.write_text(LATER.format(head=HEAD, fails="raise RuntimeError"))
    for _ in range(2):
        with pytest.raises(RuntimeError):
            upgrading.upgrade(store_url, to="9999")
    folder = Path(store_url.removeprefix("sqlite:///")).parent
    assert sorted(path.name for path in folder.glob("*.backup*")) == [
        f"mentions.db.schema-{HEAD}.backup",
        f"mentions.db.schema-{HEAD}.backup-2",
    ]


def test_a_newer_schema_is_refused_with_what_to_do(store: Store, store_url: str) -> None:
    store.close()
    engine = make_engine(parse_url(store_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9998'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"made by a newer version of this program .*; install that version"):
        open_store(store_url)
