"""How long a night stays at one publisher: `max_minutes` of its politeness (F-12)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from mentions.config import Config
from mentions.crawling.configuration import crawl_settings
from mentions.crawling.job import open_job, summary_at_end
from mentions.store.records import RunState, RunSummary
from spiders.news import NewsSpider
from tests.crawling.harness import QUICK
from tests.crawling.newsweb import NOW, config_in, newspaper, query
from tests.hostile_web import Answer, Asked, Route, Web

STORIES = 40
AT_ONCE = 16  # pages that are handed to Scrapy at the same time; the next ones follow when half of them are done


class Clock:
    """A clock that stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def night(config: Config, clock: Clock) -> RunSummary:
    """A run of the news spider by that clock."""
    with open_job(config, kind="test", clock=clock, analysts=0) as job:
        await AsyncCrawlerRunner(crawl_settings(config, QUICK)).crawl(NewsSpider, job=job)
    return summary_at_end(job)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_minutes_at_a_publisher_are_a_budget_and_the_rest_waits_for_another_night(tmp_path: Path) -> None:
    """Each story takes a minute, and a night may stay for five: what was asked for by then comes, and nothing after."""
    clock = Clock()

    def slowly(answer: Route) -> Route:
        def answers(asked: Asked) -> Answer:
            clock.now += timedelta(minutes=1)
            assert isinstance(answer, Answer)
            return answer

        return answers

    routes = {
        key: slowly(route) if "story" in key else route for key, route in newspaper("courier.example", STORIES).items()
    }
    with Web(routes) as web:
        table = (
            'name = "The Courier"\ndomain = "courier.example"\n'
            f'feeds = ["http://courier.example:{web.port}/feed.xml"]\n'
            "politeness = { delay_s = 0, concurrency = 1, max_minutes = 5 }"
        )
        config = config_in(tmp_path, web.port, publishers=[table])
        first = await night(config, clock)
        clock.now = NOW + timedelta(days=1)
        second = await night(config, clock)
        asked = [path for path in web.paths() if "story" in path]
    assert first.state is RunState.FINISHED
    assert (first.counts["pages/fetched"], first.counts["pages/beyond_budget"]) == (AT_ONCE, STORIES - AT_ONCE)
    assert any("max_minutes 5 a night" in warning for warning in first.warnings)
    assert second.counts["pages/fetched"] == AT_ONCE, "the clock of another night starts anew"
    assert len(asked) == len(set(asked)) == 2 * AT_ONCE
    assert query(config, "select count(*) from page where last_looked_at is null") == [(STORIES - 2 * AT_ONCE,)]
