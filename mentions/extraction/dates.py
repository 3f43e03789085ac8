"""Dates as pages write them in markup, read into aware UTC. What is not surely a date is None."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)  # the web has no older pages; a date before is a default value
_LATEST_YEAR: Final = 2100
_ISO: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?Z?\b")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.年]\s*(\d{1,2})[/.月]\s*(\d{1,2})")
_DAY_FIRST_DOTS: Final = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner janvier janv enero ene",
            "february feb februar février févr fév febrero",
            "march mar märz mär maerz mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août aout agosto ago",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre déc diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}
_DAY_MONTH_YEAR: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?([^\W\d]{3,10})\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_DAY_YEAR: Final = re.compile(r"([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_IN_PATH: Final = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|\b)")


def read_date(value: str) -> datetime | None:
    """The moment `value` names, as aware UTC; a time without zone is taken as UTC, a day alone as its midnight."""
    text = value.strip()[:80]
    moment = _read_iso(text) or _read_digits(text) or _read_words(text) or _read_mail(text)
    return moment if moment and moment >= _EARLIEST and moment.year < _LATEST_YEAR else None


def date_in_path(url: str) -> datetime | None:
    """The day that stands in the path of `url` (/2024/05/17/…), None where there is none."""
    found = _IN_PATH.search(url)
    return _moment(found[1], found[2], found[3]) if found else None


def _moment(year: str, month: str | int, day: str, *clock: str | None, zone: timezone = UTC) -> datetime | None:
    hour, minute, second = ([int(part) for part in clock if part] + [0, 0, 0])[:3]
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_iso(text: str) -> datetime | None:
    found = _ISO.match(text)
    return _moment(*found.group(1, 2, 3, 4, 5, 6), zone=_zone(found[7])) if found else None


def _zone(offset: str | None) -> timezone:
    if not offset or offset[0] not in "+-":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    return timezone(timedelta(minutes=minutes if offset[0] == "+" else -minutes)) if minutes < 24 * 60 else UTC


def _read_digits(text: str) -> datetime | None:
    if found := _COMPACT.match(text):
        return _moment(*found.group(1, 2, 3, 4, 5, 6))
    if found := _YEAR_FIRST.search(text):
        return _moment(*found.group(1, 2, 3))
    if found := _DAY_FIRST_DOTS.search(text):
        return _moment(found[3], found[2], found[1])
    return None


def _read_words(text: str) -> datetime | None:
    for found in (_DAY_MONTH_YEAR.search(text), _MONTH_DAY_YEAR.search(text)):
        if found:
            day, word = (found[1], found[2]) if found[1].isdigit() else (found[2], found[1])
            if month := _MONTHS.get(word.lower()):
                return _moment(found[3], month, day)
    return None


def _read_mail(text: str) -> datetime | None:
    """RFC 2822, as some publishing systems write it into meta tags."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
