"""G-01: a run that follows at once on a killed one keeps the pauses that were promised."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from mentions.crawling.start_gap import rested_s
from mentions.store import open_store
from mentions.store.records import RunState, RunSummary
from tests.crawling.newsweb import NAMELESS, config_in, feed, night, story
from tests.hostile_web import Web

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("last", "seconds"),
    [
        (None, float("inf")),
        (RunSummary(1, NOW, None, RunState.RUNNING), 0.0),
        (RunSummary(1, NOW, None, RunState.DIED), 0.0),
        (RunSummary(1, NOW - 9 * SECOND, NOW - 4 * SECOND, RunState.FINISHED), 4.0),
        (RunSummary(1, NOW, NOW + 3_600 * SECOND, RunState.FINISHED), 0.0),  # G-13: the clock was put back
    ],
)
def test_how_long_hosts_were_left_alone(last: RunSummary | None, seconds: float) -> None:
    assert rested_s(last, now=NOW) == seconds


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_the_first_request_after_a_killed_run_waits_for_the_delay(tmp_path: Path) -> None:
    routes = {"courier.example/feed.xml": feed(["/a"]), "courier.example/a": story(NAMELESS)}
    with Web(dict(routes)) as web:
        table = f"""name = "Courier"\ndomain = "courier.example"\nfeeds = ["http://courier.example:{web.port}/feed.xml"]
politeness = {{ delay_s = 0.5 }}"""
        config = config_in(tmp_path, web.port, publishers=[table])
        store = open_store(config.store_url)
        store.start_run("nightly", NOW)  # and then its process was killed
        store.close()
        started_s = monotonic()
        await night(config)
        assert [asked.path for asked in web.asked] == ["/robots.txt", "/feed.xml", "/a"]
        assert web.asked[0].at_s - started_s >= 0.5
