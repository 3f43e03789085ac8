"""What is tried again within a run, and what is not."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.response import response_status_message

from mentions.crawling.backoff import Backoff, retry_after_s
from mentions.crawling.politeness import hold
from mentions.crawling.refusals import AddressRefused, HostPaused
from mentions.crawling.resolver import installed_guard

NOT_NOW = frozenset({429, 503})


class Retries(RetryMiddleware):
    """Scrapy's retries, but a host that says "not now" is left alone, and a refused address stays refused.

    Scrapy asks again at once after 429 and 503, and does not read Retry-After.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._backoff = Backoff(
            first_s=settings.getfloat("BACKOFF_FIRST_S"), longest_s=settings.getfloat("BACKOFF_LONGEST_S")
        )

    def process_request(self, request: Request) -> None:
        """Raises HostPaused for a host that was given up in this run."""
        reason = self._backoff.reason_to_stay_away(_host(request))
        if reason:
            raise HostPaused(reason)

    def process_response(  # type: ignore[override]  # Scrapy 2.19 passes no spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request to try again once the host has rested."""
        host = _host(request)
        if response.status not in NOT_NOW:
            self._backoff.answered(host)
            return super().process_response(request, response)
        header = response.headers.get("Retry-After")
        asked_s = retry_after_s(header.decode("latin-1") if header else None, now=datetime.now(UTC))
        pause = self._backoff.refused(host, asked_s)
        self.crawler.stats.inc_value("backoff/pauses" if pause.resting_s is not None else "backoff/hosts_given_up")
        if pause.resting_s is None:
            return response
        downloader = self.crawler.engine.downloader
        hold(downloader, downloader.get_slot_key(request), pause.resting_s)
        return self._retry(request, response_status_message(response.status)) or response

    def process_exception(  # type: ignore[override]  # likewise
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """A request to try again, or None. Raises AddressRefused where the address guard is what stopped it."""
        if isinstance(exception, CannotResolveHostError):
            guard = installed_guard()
            reason = guard.reason_refused(_host(request)) if guard else None
            if reason:
                raise AddressRefused(reason) from exception
        return super().process_exception(request, exception)


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""
