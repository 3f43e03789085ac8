"""A request for a rendered page, on its way through the download handler to the browser that all crawlers share."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from mentions.browsers import find_browser
from mentions.config import Config
from mentions.crawling.certificates import is_under
from mentions.crawling.configuration import CONFIG_SETTING, network_of, rendering_of
from mentions.crawling.politeness import PublisherPoliteness, hold
from mentions.crawling.refusals import AddressRefused, NotRendered, Refused
from mentions.crawling.rendering.browser import Browser
from mentions.crawling.rendering.flags import RENDERED
from mentions.crawling.request_guard import RequestGuard
from mentions.crawling.resolver import installed_guard
from mentions.crawling.robots import RobotsTxt


@dataclass(slots=True)
class _Shared:
    browser: Browser
    users: set[Crawler] = field(default_factory=set)


# By what a browser is started with. The crawlers of a run have the same, so they share one browser.
_shared: Final[dict[str, _Shared]] = {}


async def render(request: Request, crawler: Crawler) -> Response:
    """The rendered page. Raises NotRendered, or what keeps its navigations from where they lead."""
    config = crawler.settings.get(CONFIG_SETTING)
    excepted = [p.domain for p in config.publishers if p.untrusted_certificate] if isinstance(config, Config) else []
    host = urlparse_cached(request).hostname or ""
    response = await _browser_of(crawler).render(
        request,
        crawler,
        allows=partial(_refusal, crawler),
        max_bytes=crawler.settings.getint("DOWNLOAD_MAXSIZE"),
        any_certificate=is_under(host, excepted),
    )
    return response.replace(request=request, flags=[RENDERED])


async def close_browser(crawler: Crawler) -> None:
    """`crawler` renders nothing more; the last one closes the browser. Does nothing for one that rendered nothing."""
    for key, shared in list(_shared.items()):
        shared.users.discard(crawler)
        if not shared.users:
            del _shared[key]
            await shared.browser.close()


def _browser_of(crawler: Crawler) -> Browser:
    rendering, network = rendering_of(crawler.settings), network_of(crawler.settings)
    key = "\n".join((rendering.model_dump_json(), network.model_dump_json(), crawler.settings["USER_AGENT"]))
    if key not in _shared:
        path = find_browser(rendering.browser)
        if path is None:
            raise NotRendered("no browser is installed")
        _shared[key] = _Shared(Browser(path, network, rendering, _address))
    _shared[key].users.add(crawler)
    return _shared[key].browser


async def _address(name: str) -> str:
    """The address of a name, by the same rules as for every other request. Raises AddressRefused, OSError."""
    guard = installed_guard()
    if guard is None:
        raise AddressRefused("no address guard is installed")
    try:
        return await guard.getHostByName(name).asFuture(asyncio.get_running_loop())
    except DNSLookupError as error:
        reason = guard.reason_refused(name)
        if reason:
            raise AddressRefused(reason) from error
        raise


async def _refusal(crawler: Crawler, url: str) -> Refused | None:
    """Why a page may not go to `url`; where it may, the host's next request waits as if we had asked for it."""
    request = Request(url)
    try:
        guard = crawler.get_downloader_middleware(RequestGuard)
        manners = crawler.get_downloader_middleware(PublisherPoliteness)
        robots = crawler.get_downloader_middleware(RobotsTxt)
        if guard is None or manners is None or robots is None:
            return NotRendered("this crawl has no guard, so its pages may go nowhere")
        guard.process_request(request)
        manners.process_request(request)
        if (waiting := robots.process_request(request)) is not None:
            await waiting
    except Refused as refusal:
        return refusal
    except ValueError:
        return NotRendered("the page goes to what is no web address")
    downloader = crawler.engine.downloader
    hold(downloader, downloader.get_slot_key(request), 0.0)
    return None
