"""A desk on an empty store, a clock that stands still, and a browser without scripts that visits it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx2 import Response
from playwright.sync_api import Browser as Chrome
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from mentions import accounts
from mentions.config import Config, load_config
from mentions.review.app import create_app
from mentions.review.desk import Desk
from mentions.store import Store, open_store
from tests.review.browsing import chromium

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HERE = "http://127.0.0.1:8765"

CONFIGURATION = """
[[targets]]
name = "Quillon Robotics"
kind = "brand"
domains = ["quillon.example"]
url = "https://quillon.example/"

[[publishers]]
name = "The Daily Courier"
domain = "courier.example"
feeds = ["https://courier.example/rss"]

[sender]
name = "Mara Lindqvist"
email = "mara@quillon.example"
company = "Quillon Robotics"
postal_address = "12 Harbour Street, 20457 Hamburg"
"""


class Browser(TestClient):
    """Sends forms as a browser does: with the token of the page they stand on, from the same site."""

    def token(self, page: str = "/") -> str:
        """The token that the forms of a page carry."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def submit(self, action: str, fields: Mapping[str, str | list[str]] | None = None, *, on: str = "/") -> Response:
        """Sends a form that stands on the page `on`; does not follow where it leads to."""
        data = {"csrf": self.token(on), **(fields or {})}
        return self.post(action, data=data, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False)


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed at the least cost there is: a login of a test takes no time."""
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(accounts, "_hasher", lambda: cheap)
    accounts._nobody.cache_clear()


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test starts a crawler in the background because somebody asked for a look; test_looking.py does it by hand."""
    monkeypatch.setattr("mentions.review.pages.looking.running", lambda _desk: nullcontext())


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    """One real browser for the tests of a file; each opens contexts of its own. Skips where there is none."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "mentions.toml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return load_config(path)


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    opened = open_store(config.store_url)
    yield opened
    opened.close()


@pytest.fixture
def desk(config: Config, store: Store, clock: Clock) -> Desk:
    return Desk(config, store, clock)


@pytest.fixture
def browser(desk: Desk) -> Iterator[Browser]:
    with Browser(create_app(desk), base_url=HERE, client=("127.0.0.1", 50000), raise_server_exceptions=False) as made:
        yield made


def undo_address(browser: Browser) -> str:
    """Where the message on the next page says that it can be undone."""
    found = re.search(r'action="(/decisions/[\d,]+/undo)"', browser.get("/help").text)
    assert found, "there is no undo on the page"
    return found[1]
