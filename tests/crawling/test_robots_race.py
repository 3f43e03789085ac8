"""F-01: nothing is fetched before the rules are there, however many requests wait for them."""

import time

import pytest

from tests.crawling.harness import config_for, crawl
from tests.hostile_web import Answer, Asked, Web, text

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("reactor")]


async def test_thirty_pages_wait_for_one_robots_txt_and_none_is_fetched() -> None:
    def slow_rules(asked: Asked) -> Answer:
        time.sleep(0.3)  # in the server's own thread: the crawl has time to go wrong
        return text("User-agent: *\nDisallow: /\n")

    with Web({"/robots.txt": slow_rules}) as web:
        urls = [web.url(f"/p{number}") for number in range(30)]
        result = await crawl(urls, config_for(web.port, concurrency=16), CONCURRENT_REQUESTS_PER_DOMAIN=8)
        assert web.paths() == []
        assert len(web.asked) == 1
    assert {result.trouble(url).counter for url in urls} == {"skipped/robots"}
