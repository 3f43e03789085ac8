"""An article under a new address, from spider to drafts: one opportunity, one email, whichever way we learn it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mentions.config import Config, load_config
from mentions.crawling.publisher_spider import PublisherSpider
from mentions.store import Store, open_store
from mentions.workflow import OpportunityState
from spiders.news import NewsSpider
from spiders.recheck import RecheckSpider
from tests.crawling.changing import Changing, tale
from tests.crawling.newsweb import LINKED, UNLINKED, query, write_config
from tests.hostile_web import Answer, Web

pytestmark = pytest.mark.asyncio(loop_scope="session")

OLD, NEW = "/2026/11/20/cranes-stand-still", "/harbour/2026/cranes-stand-still"
STORY = tale(1, UNLINKED)
MOVED = Answer(b"", 301, (("Location", NEW),))


def naming(original: str, page: Answer) -> Answer:
    """The same page, with another address named as its own."""
    return Answer(page.body.replace(b"</head>", f'<link rel="canonical" href="{original}"></head>'.encode()))


@dataclass
class Office:
    """The site, its configuration, and what the store knows."""

    news: Changing
    config: Config
    store: Store

    async def night(self, day: int, *order: type[PublisherSpider]) -> None:
        """The spiders one after the other, as the stages of a night are, and drafts."""
        for spider in order:
            await self.news.night(self.config, day, spiders=(spider,), drafting=True)

    def opportunities(self) -> list[tuple[str, str, str]]:
        """Path, state and level of each."""
        sql = (
            "SELECT p.url, o.state, f.level FROM opportunity o JOIN finding f ON f.id = o.finding_id"
            " JOIN page p ON p.id = f.page_id ORDER BY o.id"
        )
        return [("/" + url.split("/", 3)[3], state, level) for url, state, level in query(self.config, sql)]

    def drafts(self) -> int:
        """How many emails wait for somebody."""
        return len(self.store.drafts(state=OpportunityState.DRAFTED))


@pytest.fixture
def office(tmp_path: Path, reactor: None) -> Iterator[Office]:
    news = Changing()
    with Web(news.routes) as web:
        path = write_config(tmp_path, web.port)
        with path.open("a", encoding="utf-8") as file:
            file.write("[looks]\nmax_a_night = 0\n")
        config = load_config(path)
        store = open_store(config.store_url, key=config.store_key)
        yield Office(news, config, store)
        store.close()


async def test_a_look_again_that_is_led_elsewhere(office: Office) -> None:
    """The new address answers with the bytes and the ETag of the old one, which does not make that one unchanged."""
    office.news.page(OLD, {0: STORY, 1: MOVED})
    await office.night(0, NewsSpider)
    assert office.opportunities() == [(OLD, "drafted", "ask_now")]
    office.news.stories[NEW] = lambda day: STORY if day < 3 else tale(1, LINKED)
    await office.night(1, RecheckSpider)
    office.news.announced.append(NEW)
    await office.night(2, NewsSpider, RecheckSpider)
    assert office.opportunities() == [(NEW, "drafted", "ask_now")]
    assert office.drafts() == 1
    await office.night(3, RecheckSpider)
    assert office.store.watched(1).link is not None, "the new address is looked at from now on"


async def test_the_feed_brings_the_new_address_before_the_old_one_is_looked_at(office: Office) -> None:
    office.news.page(OLD, {0: STORY, 1: MOVED})
    await office.night(0, NewsSpider)
    office.news.page(NEW, {0: STORY})
    await office.night(1, NewsSpider, RecheckSpider)
    assert [(path, level) for path, _, level in office.opportunities()] == [(OLD, "skip"), (NEW, "ask_now")]


async def test_an_address_that_stays_and_names_another_one_makes_one_email(office: Office) -> None:
    """It keeps its finding; the other one tells the same story, and waits."""
    office.news.page(OLD, {0: STORY, 1: naming(NEW, STORY)})
    await office.night(0, NewsSpider)
    office.news.page(NEW, {0: STORY})
    await office.night(1, NewsSpider, RecheckSpider)
    assert sorted(level for _, _, level in office.opportunities()) == ["ask_now", "hold"]
    assert office.drafts() == 1
