"""What all tests share: the benchmark's real pages where they lie beside the checkout, and services that CI demands."""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from mentions.store import upgrading
from mentions.store.engine import parse_url, sqlite_path
from mentions.store.migrations import HEAD

REPOSITORY = Path(__file__).resolve().parent.parent
BENCH = REPOSITORY.parent / "shared" / "bench" / "dev"
_STEP_BY_STEP: Final = upgrading.upgrade

# The same examples every time, and all the time that a busy machine takes. MENTIONS_EXAMPLES=random seeks new ones.
settings.register_profile(
    "mentions",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("MENTIONS_EXAMPLES") != "random",
    database=None,
)
settings.load_profile("mentions")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their length: packed ones hold the second they were made in, and no two processes agree."""
    return f"{argname}:{len(val)} bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips `bench` tests where the real pages are missing."""
    if BENCH.is_dir():
        return
    for item in items:
        if item.get_closest_marker("bench"):
            item.add_marker(pytest.mark.skip(reason="the real pages (../shared/bench/dev) are not here"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]  # pytest's generator protocol has no public type
    """With MENTIONS_REQUIRE_SERVICES=1 a test skipped because a service is missing is a failure."""
    report = yield
    if report.skipped and item.get_closest_marker("service") and os.environ.get("MENTIONS_REQUIRE_SERVICES") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: its service is missing, and MENTIONS_REQUIRE_SERVICES=1 demands it"
    return report


@pytest.fixture(autouse=True)
def no_configuration_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer who works with the demo has MENTIONS_CONFIG set; tests bring their own.

    Nor does the developer's terminal decide how wide tables are (several test processes side by side set COLUMNS).
    """
    for name in ("MENTIONS_CONFIG", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


@cache
def empty_database() -> bytes:
    """A new SQLite database of this program's schema, made by every step from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mentions.db"
        _STEP_BY_STEP(f"sqlite:///{path}")
        return path.read_bytes()


@pytest.fixture(autouse=True)
def new_databases_are_copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand tests begin with a new database; all steps of its schema would take each a tenth of a second.

    The store's own tests go through the steps.
    """
    if request.node.path.is_relative_to(REPOSITORY / "tests" / "store"):
        return

    def upgrade(url: str, *, to: str = HEAD, key: str | None = None) -> Path | None:
        path = sqlite_path(parse_url(url))
        if (
            to != HEAD
            or path is None
            or path.exists()
            or not path.parent.is_dir()
            or not os.access(path.parent, os.W_OK)
        ):
            return _STEP_BY_STEP(url, to=to, key=key)
        path.write_bytes(empty_database())
        return None

    monkeypatch.setattr(upgrading, "upgrade", upgrade)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's root."""
    return REPOSITORY


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of the labelled real pages; only for tests marked `bench`."""
    return BENCH
