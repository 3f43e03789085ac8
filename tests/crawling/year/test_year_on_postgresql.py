"""The first weeks of the simulated year on PostgreSQL: the same states, events and looks as on SQLite. G-10, G-12."""

from pathlib import Path

import pytest

from tests.crawling.year.living import live
from tests.crawling.year.plot import read_plot
from tests.store.conftest import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]  # fixtures, which pytest finds by their names here

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.service]

DAYS = 30  # every look at a fresh link, the first four at who was asked, blocks, paywalls, a site that is down


async def test_the_states_of_the_first_weeks_are_right_on_postgresql_too(
    tmp_path: Path, reactor: None, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTIONS_TEST_KEY", "0123456789abcdef")
    plot = read_plot()
    store = f'[store]\nurl = "{postgres_url}"\nkey_env = "MENTIONS_TEST_KEY"\npages = "pages"\n'
    year = await live(plot, tmp_path, days=DAYS, more=store)
    assert not year.differences, "\n" + year.told()
    assert year.compared > DAYS * len(plot.articles)
    assert not (tmp_path / "mentions.db").exists()
