"""A store on SQLite for every test, and a PostgreSQL server where there is one."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, text

from mentions.store import Store, open_store
from mentions.store.engine import make_engine, parse_url
from tests.store.building import ACME, COURIER, NIGHT, ORBIT


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mentions.db'}"


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
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder, timeout=120)

    run(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    control, options = str(binaries / "pg_ctl"), f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(control, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run(control, "-D", str(data), "-m", "immediate", "-w", "stop")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of its own."""
    name = f"mentions_{uuid4().hex[:12]}"
    server = parse_url(postgres_server)
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        _drop(connection, name)
    engine.dispose()


def _drop(connection: Connection, name: str) -> None:
    connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
