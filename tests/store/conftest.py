"""A store for every test: on SQLite, and on PostgreSQL where there is a server."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from mentions.store import Store, open_store, upgrading
from mentions.store.engine import make_engine, parse_url
from mentions.store.models import Base
from tests.store.building import ACME, COURIER, NIGHT, ORBIT


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mentions.db'}"


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema in it; copying it is faster than making it for every test."""
    path = tmp_path_factory.mktemp("schema") / "mentions.db"
    upgrading.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A database without rows: every test of the store holds on both. A module that is about one overrides this."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    url = str(request.getfixturevalue("sqlite_url"))
    shutil.copy(request.getfixturevalue("sqlite_schema"), url.removeprefix("sqlite:///"))
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    opened.register([ACME, ORBIT], [COURIER], NIGHT)
    yield opened
    opened.close()


@pytest.fixture
def run_id(store: Store) -> int:
    return store.start_run("nightly", NIGHT)


Rows = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def rows(store: Store, store_url: str) -> Iterator[Rows]:
    """What a plain SQL statement gives; for what the store's methods do not show."""
    yield from _rows(store_url)


def _rows(url: str) -> Iterator[Rows]:
    engine = make_engine(parse_url(url), pooled=False)

    def ask(sql: str) -> list[tuple[object, ...]]:
        with engine.begin() as connection:
            result = connection.execute(text(sql))
            return [tuple(row) for row in result] if result.returns_rows else []

    yield ask
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server: MENTIONS_TEST_POSTGRES_URL, else one started here on a socket of its own."""
    given = os.environ.get("MENTIONS_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("no PostgreSQL here; install it or set MENTIONS_TEST_POSTGRES_URL")
    folder = Path("/tmp") / f"mentions-pg-{uuid4().hex[:8]}"  # socket paths are limited to 107 bytes
    folder.mkdir()
    try:
        yield from _own_server(binaries[-1].parent, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own_server(binaries: Path, folder: Path) -> Iterator[str]:
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder, timeout=300)

    run(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    control, options = str(binaries / "pg_ctl"), f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(control, "-D", str(data), "-w", "-t", "240", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run(control, "-D", str(data), "-m", "immediate", "-w", "stop")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """A database of this session with the schema in it: making one takes a second."""
    name = f"mentions_{uuid4().hex[:12]}"
    server = parse_url(postgres_server)
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.set(database=name).render_as_string(hide_password=False)
    upgrading.upgrade(url)
    yield url
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def postgres_url(postgres_database: str) -> str:
    """The same database, emptied."""
    engine = create_engine(parse_url(postgres_database), poolclass=NullPool)
    tables = ", ".join(f'"{name}"' for name in (*Base.metadata.tables, "queue_search"))
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    return postgres_database
