"""Filters for templates. Everything crawled is untrusted: its text is made visible, its addresses are checked."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from markupsafe import Markup

Thing = TypeVar("Thing")

_SHOWN: Final = 6  # of a long list; a click shows the others
# Marks that turn the reading direction (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters)
# and controls; U+200E and U+200F stay, as Arabic and Hebrew need them and they turn nothing.
_INVISIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
# As strict as it can be: a browser drops tabs and line breaks inside an address before it reads the scheme.
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\`]+", re.IGNORECASE)


def crawled(text: object) -> str:
    """A text that somebody else wrote, with what nobody could see in it made visible: "[U+202E]". Empty for None."""
    return _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", "" if text is None else str(text))


def is_web_address(url: object) -> bool:
    """May this address get an href? Only whole http and https addresses may."""
    if not isinstance(url, str) or not _ADDRESS.fullmatch(url) or _INVISIBLE.search(url):
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def outside_link(url: str | None, text: str | None = None) -> Markup:
    """A link to a crawled address, or its text where it is no web address. `text`: what is shown instead of it."""
    shown = crawled(text or url)
    if not is_web_address(url):
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup('<a class="outside" href="{}" rel="noopener noreferrer nofollow"><bdi>{}</bdi></a>').format(
        url, shown
    )


def day(moment: datetime | None) -> Markup:
    """A <time> with the day, and the exact time as its title; "never" for None."""
    return _time(moment, f"{moment:%-d %B %Y}") if moment else Markup("never")


def minute(moment: datetime | None) -> Markup:
    """A <time> with day and time of day, in UTC; "never" for None."""
    return _time(moment, f"{moment:%Y-%m-%d %H:%M} UTC") if moment else Markup("never")


def ago(moment: datetime | None, now: datetime) -> Markup:
    """A <time> that says how long ago something was, or how long until it will be; "never" for None."""
    return _time(moment, _distance(moment - now)) if moment else Markup("never")


def _distance(apart: timedelta) -> str:
    seconds = abs(apart.total_seconds())
    if seconds < 60:
        return "just now"
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            words = f"{count} {word}{'s' if count > 1 else ''}"
            return f"in {words}" if apart > timedelta(0) else f"{words} ago"
    raise AssertionError("unreachable: anything of a minute or more has a size")


def _time(moment: datetime, shown: str) -> Markup:
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{moment:%Y-%m-%d %H:%M} UTC", shown
    )


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 find", "1,204 finds"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def foremost(things: Sequence[Thing]) -> Sequence[Thing]:
    """The first of a long list, or all of one that is not: what hides fewer than three is not worth a click."""
    return things if len(things) <= _SHOWN + 2 else things[:_SHOWN]


def others(things: Sequence[Thing]) -> Sequence[Thing]:
    """What `foremost` leaves out."""
    return things[len(foremost(things)) :]


def capitalize_first(text: str) -> str:
    """The text with a capital at its beginning, and every other letter as it is."""
    return f"{text[:1].upper()}{text[1:]}"


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "crawled": crawled,
    "outside_link": outside_link,
    "day": day,
    "minute": minute,
    "ago": ago,
    "count_of": count,
    "foremost": foremost,
    "others": others,
    "capitalize_first": capitalize_first,
}
