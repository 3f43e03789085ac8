"""Why a page was not fetched although nothing broke: the refusals the crawl's own parts raise.

Each is counted once under its `counter` by whoever handles the failed request; none is tried again in the same run.
"""

from typing import ClassVar

from scrapy.exceptions import IgnoreRequest

from mentions.exceptions import MentionsError
from mentions.pages import PageState


class Refused(MentionsError, IgnoreRequest):
    """We did not fetch a page, on purpose. Its text is the reason in plain words.

    Scrapy hands it to the request's errback like any failure, and logs nothing.
    """

    state: ClassVar[PageState] = PageState.ERROR
    counter: ClassVar[str]


class RequestRefused(Refused):
    """An address we never ask for: scheme, port, user name, length, form. Raised by `request_guard`."""

    counter = "skipped/forbidden_address"


class AddressRefused(Refused):
    """The host is, or resolves to, an address that is not public. Raised by `request_guard` and `retries`."""

    counter = "skipped/private_address"


class RobotsDenied(Refused):
    """robots.txt asks us not to fetch this page. Raised by `robots`."""

    state = PageState.ROBOTS_DENIED
    counter = "skipped/robots"


class RobotsUnreadable(Refused):
    """robots.txt could not be read, so we do not know what it asks; looked at again in a later run."""

    counter = "skipped/robots_unreadable"


class HostPaused(Refused):
    """The host asked for a longer rest than this run can wait, or refused us again and again. Raised by `retries`."""

    counter = "skipped/host_paused"


class BodyTooLarge(Refused):
    """The body, as sent or once unpacked, is larger than `network.max_body_bytes`. Raised by `bodies`."""

    state = PageState.UNPARSABLE
    counter = "skipped/too_large"


class BodyUndecodable(Refused):
    """The body does not hold what its Content-Encoding says. Raised by `bodies`."""

    state = PageState.UNPARSABLE
    counter = "skipped/undecodable"


class RedirectsWithoutEnd(Refused):
    """More redirects in a row than we follow. Raised by `redirects`."""

    counter = "skipped/redirects"


class NotRendered(Refused):
    """A page that scripts draw could not be drawn: no browser, no budget, too slow, crashed. Raised by `rendering`."""

    counter = "skipped/needs_rendering"
