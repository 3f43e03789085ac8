"""The same decisions and their undoing on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mentions.config import Config, load_config
from mentions.outreach.contacts import PageContacts
from mentions.review.offers import Word
from mentions.store import Store
from tests.review.conftest import CONFIGURATION, NOW, Browser, undo_address
from tests.review.finds import drafted, newsroom
from tests.review.test_decisions import LEADS_TO, press
from tests.store.conftest import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]  # fixtures, which pytest finds by their names here

pytestmark = pytest.mark.service


@pytest.fixture
def config(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A desk on PostgreSQL, with the key that its suppression list needs."""
    monkeypatch.setenv("MENTIONS_TEST_KEY", "0123456789abcdef")
    path = tmp_path / "mentions.toml"
    store = f'\n[store]\nurl = "{postgres_url}"\nkey_env = "MENTIONS_TEST_KEY"\n'
    path.write_text(CONFIGURATION + store, encoding="utf-8")
    return load_config(path)


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    """With the key of the configuration."""
    from mentions.store import open_store

    store = open_store(config.store_url, key=config.store_key)
    yield store
    store.close()


def test_every_decision_and_its_undo(browser: Browser, store: Store, config: Config) -> None:
    (number,) = drafted(store, config)
    store.save_published("courier.example", PageContacts((newsroom(),)), NOW)
    rev = 0
    for word, state in LEADS_TO.items():
        assert press(browser, number, word, rev=str(rev)).status_code == 303, word
        assert store.standing(number).state is state, word
        browser.submit(undo_address(browser), on="/help")
        rev += 2
        standing = store.standing(number)
        assert (standing.state, standing.rev, standing.assigned_to) == ("drafted", rev, None), word
    assert press(browser, number, Word.SKIP, rev="0").status_code == 409
    store.close()
