"""G-08: a run that takes too much memory ends with what it has, and the rest comes next time."""

from pathlib import Path

import pytest

from mentions.crawling import job
from mentions.store.records import RunState
from tests.crawling.newsweb import config_in, newspaper, night, query
from tests.hostile_web import Web

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]

SLOWLY = "politeness = { delay_s = 1, concurrency = 1 }"


async def test_a_run_ends_at_its_limit_of_memory_with_everything_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "memory_mb", lambda: 2_345.0)
    with Web(newspaper("courier.example", 12)) as web:
        feed = f"http://courier.example:{web.port}/feed.xml"
        publisher = f'name = "C"\ndomain = "courier.example"\nfeeds = ["{feed}"]\n{SLOWLY}'
        config = config_in(tmp_path, web.port, publishers=[publisher])
        limited = await night(config, drafting=True)
        assert limited.state is RunState.LIMITED
        assert limited.warnings[0] == "the run ended when it had taken 2,345 MB of memory (limits.memory_mb)"
        assert [phase.name for phase in limited.phases] == ["weigh", "draft", "tidy"]
        waiting = query(config, "select count(*) from page where last_looked_at is null")
        assert waiting[0][0] > 0
        fetched, looks = (
            query(config, "select count(*) from page where state is not null"),
            query(config, 'select count(*) from "check"'),
        )
        assert fetched == looks


async def test_what_this_process_takes_is_measured() -> None:
    before = job.memory_mb()
    taken = bytearray(50_000_000)
    assert 30 < job.memory_mb() - before < 200
    assert len(taken) == 50_000_000
