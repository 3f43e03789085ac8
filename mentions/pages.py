"""What we fetched: pages, and the key under which one page is known for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class PageState(StrEnum):
    """What the last good look at a page said. Crawler-owned; NULL in the store means never fetched."""

    LIVE = "live"  # fetched and read
    GONE = "gone"  # 404 or 410 on three looks on three days
    SOFT_404 = "soft_404"  # says 200 and shows an error page
    REDIRECTED = "redirected"  # leads to another page, judged there
    PAYWALLED = "paywalled"  # the text stands behind a payment or a login
    BLOCKED = "blocked"  # the site refuses us (401, 403, 429, bot check)
    ROBOTS_DENIED = "robots_denied"  # robots.txt asks us not to fetch it
    UNPARSABLE = "unparsable"  # bytes that cannot or must not be parsed
    ERROR = "error"  # 5xx, timeout, DNS, TLS: try again


# A look that cannot see changes no verdict. What stands between us and a newer one, in words: said beside the verdict.
UNSEEN: Final[Mapping[PageState, str]] = {
    PageState.GONE: "the page is gone",
    PageState.SOFT_404: "its address shows a “not found” page",
    PageState.REDIRECTED: "its address leads to another page",
    PageState.PAYWALLED: "behind a paywall now",
    PageState.BLOCKED: "the site refuses to show it now",
    PageState.ROBOTS_DENIED: "robots.txt keeps us out now",
    PageState.UNPARSABLE: "it could not be read any more",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One URL with its bytes as fetched.

    `url` is the address the bytes came from (after redirects); `headers` has lower-case names, several values of
    one name joined by ", "; `fetched_at` is aware UTC, None for saved pages whose time is not known.
    `rendered`: the bytes are what a browser made of the page. `unrendered` says why a page that scripts draw was not
    rendered, so that it is never judged by what happened to stand in its bytes; None for every other page.
    """

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None
    rendered: bool = False
    unrendered: str | None = None
