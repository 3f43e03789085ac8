"""Following redirects so that every page asked for gets an answer, and no site learns where we come from."""

from math import inf
from typing import Any, NoReturn

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from w3lib.html import get_meta_refresh

from mentions.crawling.refusals import RedirectsWithoutEnd
from mentions.urls import canonical_url

REFRESH_SEARCHED_BYTES = 4_096  # as in Scrapy: a refresh stands in the head


class _Follow(BaseRedirectMiddleware):
    """What both kinds of redirect have in common here."""

    def _engine_started(self) -> None:
        """Scrapy's looks for its RefererMiddleware, and warns that there is none."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Sends no Referer, whatever a page's Referrer-Policy asks for: where we were is nobody's business."""
        request.headers.pop("Referer", None)

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            following = super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            _give_up(request, error)
        # Two pages may lead to one target, and a page to itself: the duplicate filter would drop the second request
        # without a word, and its page would wait for ever. REDIRECT_MAX_TIMES ends circles.
        following.dont_filter = True
        # An ETag or a date of one address says nothing of the next: an article that moved unchanged has moved.
        if canonical_url(following.url) != canonical_url(request.url):
            following.headers.pop("If-None-Match", None)
            following.headers.pop("If-Modified-Since", None)
        # Scrapy keeps the first host's slot for the whole chain; the next host has its own delay.
        following.meta.pop("download_slot", None)
        return following


class Redirects(_Follow, RedirectMiddleware):
    """HTTP redirects."""


class InstantRefreshes(_Follow, MetaRefreshMiddleware):
    """`<meta http-equiv=refresh>` that leads elsewhere at once; pages that reload themselves stay where they are."""

    def process_response(  # type: ignore[override]  # Scrapy 2.19 passes no spider
        self, request: Request, response: Response
    ) -> Request | Response:
        """The request that follows a refresh, else the response.

        Decodes as little as it needs by itself: a page may declare a charset that makes `response.text` raise.
        """
        if not isinstance(response, HtmlResponse) or request.meta.get("dont_redirect", False):
            return response
        head = response.body[:REFRESH_SEARCHED_BYTES].decode("utf-8", errors="replace")
        try:
            delay_s, url = get_meta_refresh(head, response.url, "utf-8", ignore_tags=self._ignore_tags)
        except ValueError:
            return response  # the address makes no sense
        if url is None or _same_page(url, response.url) or (inf if delay_s is None else delay_s) >= self._maxdelay:
            return response
        if not url.startswith(("http://", "https://")):
            return response  # to an app, a file: the page itself is what a reader without it sees
        try:
            following = self._redirect_request_using_get(request, response, url)
        except ValueError:
            return response
        return self._redirect(following, request, "meta refresh")


def _same_page(url: str, other: str) -> bool:
    return url.partition("#")[0] == other.partition("#")[0]


def _give_up(request: Request, error: IgnoreRequest) -> NoReturn:
    hops = request.meta.get("redirect_times", 0)
    raise RedirectsWithoutEnd(f"still redirected after {hops} redirects") from error
