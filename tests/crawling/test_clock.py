"""G-13: a clock that is put back an hour in the middle of a run: nothing twice, no negative time, nothing kept back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from mentions.crawling.configuration import crawl_settings
from mentions.crawling.job import open_job, summary_of
from mentions.crawling.ledger import Ledger
from mentions.store import open_store
from mentions.store.records import RunState
from mentions.summary import night_summary
from spiders.news import NewsSpider
from tests.crawling.harness import QUICK
from tests.crawling.newsweb import NOW, config_in, newspaper, query
from tests.hostile_web import Web

HOUR = timedelta(hours=1)


class PutBack:
    """A clock that goes on a second a look, and is put back an hour at the twentieth."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return NOW + timedelta(seconds=self.looks) - (HOUR if self.looks >= 20 else timedelta(0))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_a_run_during_which_the_clock_is_put_back(tmp_path: Path) -> None:
    with Web(newspaper("courier.example", 12)) as web:
        config = config_in(tmp_path, web.port)
        for _ in range(2):
            with open_job(config, kind="test", clock=PutBack(), analysts=0) as job:
                await AsyncCrawlerRunner(crawl_settings(config, QUICK)).crawl(NewsSpider, job=job)
            run = summary_of(job)
            assert run.state is RunState.FINISHED
            assert run.ended_at is not None
            assert run.ended_at >= run.started_at
            assert night_summary(run, [], drafts_folder=tmp_path).seconds >= 0
        asked = [path for path in web.paths() if "story" in path]
    assert len(asked) == len(set(asked)) == 12
    assert query(config, "select count(*) from mention") == [(6,)]


def test_outcomes_do_not_wait_for_the_clock_to_catch_up(tmp_path: Path) -> None:
    times = [NOW, NOW - HOUR, NOW - HOUR, NOW - HOUR]
    store = open_store(f"sqlite:///{tmp_path / 'mentions.db'}")
    run_id = store.start_run("test", NOW)
    ledger = Ledger(store, run_id, lambda: times.pop(0) if len(times) > 1 else times[0])
    ledger.count("pages/fetched")
    ledger.flush_if_due()
    found = store.run(run_id)
    assert found is not None
    assert found.counts == {"pages/fetched": 1}
    store.close()
