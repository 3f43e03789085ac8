"""What a source announces: a page before anybody has fetched it. Plain data, and the helpers all readers share."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

MAX_TITLE = 500  # characters; a longer one is not a title
MAX_URL = 2_048  # characters; longer ones are traps or accidents

_TAG = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Announced:
    """A page as its source announces it. `url` is absolute http(s); None: the source does not say."""

    url: str
    title: str | None = None
    published: datetime | None = None  # aware UTC
    modified: datetime | None = None  # aware UTC; a page cannot have been published later than this

    @property
    def dated(self) -> datetime | None:
        """The best the source says about the page's age."""
        return self.published or self.modified


def web_address(href: str | None, base_url: str) -> str | None:
    """`href` as an absolute http(s) address without fragment; None where it leads to no web page."""
    if not href or len(href) > MAX_URL:
        return None
    try:
        # As browsers do: line breaks and tabs vanish, blanks around it too, those inside become %20.
        joined = urljoin(base_url, re.sub(r"[\t\r\n]+", "", href).strip().replace(" ", "%20"))
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        _ = parts.port  # raises ValueError where the port is not a number
    except ValueError:  # e.g. "http://[": Invalid IPv6 URL
        return None
    return parts._replace(fragment="").geturl()


def plain_title(text: str | None) -> str | None:
    """A title without mark-up, entities and line breaks; None when nothing is left."""
    if not text:
        return None
    words = html.unescape(_TAG.sub(" ", text[: 4 * MAX_TITLE])).split()
    return " ".join(words)[:MAX_TITLE].rstrip() or None


def iso_time(text: str | None) -> datetime | None:
    """A W3C date ("2026-11-21", "2026-11-21T04:00:00+01:00") as aware UTC; None when it is none. No zone: UTC."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def first_of_each(pages: list[Announced], limit: int) -> list[Announced]:
    """The first announcement of each address, in order, `limit` at most."""
    return list({page.url: page for page in reversed(pages)}.values())[::-1][:limit]
