"""Every host at its own pace: what may be inside the downloader, and whose turn it is."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from mentions.crawling.downloader import MOST_INSIDE, PacedDownloader
from mentions.crawling.scheduler import HostsInTurn


class Transfers:
    """In place of the network: every transfer goes on until the test ends it."""

    def __init__(self) -> None:
        self.under_way: dict[str, asyncio.Event] = {}
        self.most = 0

    async def download(self, request: Request) -> Response:
        done = self.under_way[request.url] = asyncio.Event()
        self.most = max(self.most, len(self.under_way))
        await done.wait()
        del self.under_way[request.url]
        return Response(request.url)

    def end_all(self) -> None:
        for done in self.under_way.values():
            done.set()


def downloader_for(transfers: Transfers, **settings: Any) -> PacedDownloader:
    """A downloader whose transfers are the test's."""
    crawler = get_crawler(Spider, settings_dict={"DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, **settings})
    downloader = PacedDownloader(crawler)
    downloader.handlers.download_request_async = transfers.download  # type: ignore[method-assign]  # the test's own
    return downloader


async def until_quiet() -> None:
    """Lets everything run that can run without an answer."""
    for _ in range(20):
        await asyncio.sleep(0)


async def all_through(downloader: PacedDownloader, transfers: Transfers, urls: list[str]) -> list[Response]:
    tasks = [asyncio.ensure_future(downloader._enqueue_request(Request(url))) for url in urls]
    while not all(task.done() for task in tasks):
        await until_quiet()
        transfers.end_all()
    downloader.close()
    return [task.result() for task in tasks]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
@pytest.mark.parametrize(("settings", "most"), [({"CONCURRENT_REQUESTS": 3}, 3), ({"CONCURRENT_REQUESTS": 50}, 10)])
async def test_transfers_over_all_hosts_and_of_each_are_limited(settings: dict[str, int], most: int) -> None:
    """Stock Scrapy starts all 40 at once: it looks at a slot's transfers before their tasks have run."""
    transfers = Transfers()
    downloader = downloader_for(transfers, CONCURRENT_REQUESTS_PER_DOMAIN=2, **settings)
    urls = [f"http://host{number % 5}.example/{number}" for number in range(40)]
    answers = await all_through(downloader, transfers, urls)
    assert [answer.url for answer in answers] == urls
    assert transfers.most == most


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.usefixtures("reactor")
async def test_a_host_has_room_until_its_own_limit_is_inside() -> None:
    transfers = Transfers()
    downloader = downloader_for(transfers, CONCURRENT_REQUESTS_PER_DOMAIN=2)
    told: list[str] = []
    downloader.on_room = told.append
    downloader.middleware.download_async = lambda download, request: download(request)  # type: ignore[method-assign,assignment]  # no middleware
    first = downloader.fetch(Request("http://site.example/1"))
    assert downloader.has_room("site.example")
    second = downloader.fetch(Request("http://site.example/2"))
    assert not downloader.has_room("site.example")
    assert downloader.has_room("other.example")
    assert not downloader.needs_backout()
    await until_quiet()
    transfers.end_all()
    await until_quiet()
    assert (first.called, second.called) == (True, True)
    assert told == ["site.example"] * 2
    assert downloader.has_room("site.example")
    downloader.close()


def test_there_is_an_end_to_what_is_inside() -> None:
    downloader = cast("PacedDownloader", SimpleNamespace(active=range(MOST_INSIDE)))
    assert PacedDownloader.needs_backout(downloader)


class Rooms(PacedDownloader):
    """A downloader with as much room as the test says."""

    def __init__(self) -> None:
        self.full: set[str] = set()
        self.on_room = None

    def get_slot_key(self, request: Request) -> str:
        return request.url.split("/")[2]

    def has_room(self, key: str) -> bool:
        return key not in self.full


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def scheduler(rooms: Rooms) -> HostsInTurn:
    return HostsInTurn(cast("Crawler", SimpleNamespace(engine=SimpleNamespace(downloader=rooms))))


def drained(scheduler: HostsInTurn) -> Iterator[str]:
    """What comes out, by its address without the scheme."""
    while (request := scheduler.next_request()) is not None:
        yield request.url.removeprefix("http://")


def ask(scheduler: HostsInTurn, *addresses: str, priority: int = 0) -> None:
    for address in addresses:
        assert scheduler.enqueue_request(Request(f"http://{address}", priority=priority))


def test_hosts_take_turns_and_the_best_of_each_goes_first(scheduler: HostsInTurn) -> None:
    ask(scheduler, "a/1", "a/2", "a/3", "b/1", "c/1", "c/2")
    ask(scheduler, "a/feed", priority=10)
    assert len(scheduler) == 7
    assert list(drained(scheduler)) == ["a/feed", "b/1", "c/1", "a/1", "c/2", "a/2", "a/3"]
    assert not scheduler.has_pending_requests()


def test_a_full_host_waits_without_holding_up_the_others(scheduler: HostsInTurn, rooms: Rooms) -> None:
    ask(scheduler, "a/1", "a/2", "b/1")
    rooms.full = {"a"}
    assert list(drained(scheduler)) == ["b/1"]
    assert scheduler.has_pending_requests()
    rooms.full = set()
    assert list(drained(scheduler)) == []  # nobody said that there is room
    assert rooms.on_room is not None
    rooms.on_room("a")
    rooms.on_room("b")  # has nothing that waits
    assert list(drained(scheduler)) == ["a/1", "a/2"]
