"""WARC records as nearly all of them are written, read without a parser of all that the format allows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

_END_OF_HEAD: Final = b"\r\n\r\n"
_END_OF_RECORD: Final = b"\r\n\r\n"
_LONGEST_HEAD: Final = 16_000  # bytes
_FIELD: Final = rb"\r\n[A-Za-z0-9_-]+:[ -~]*"
_WARC: Final = re.compile(rb"WARC/1\.[01](?:" + _FIELD + rb")+")
_HTTP: Final = re.compile(rb"HTTP/1\.[01] [1-5][0-9][0-9](?: [ -~]*)?(?:" + _FIELD + rb")*")
_STATUS: Final = slice(len("HTTP/1.1 "), len("HTTP/1.1 200"))
_WITHOUT_PAGE: Final = frozenset({"warcinfo", "request", "metadata", "revisit", "conversion"})


@dataclass(slots=True)
class Record:
    """What a page is made from. `headers` has lower-case names, several values of one name joined by ", "."""

    url: str
    date: str | None
    truncated: bool
    status: int
    headers: Mapping[str, str]
    length: int  # of the content, in bytes
    content: Callable[[], bytes]  # to be asked once; fewer bytes than `length` where the file breaks off


def plain_records(data: bytearray) -> tuple[Record, ...] | None:
    """The responses in a member of an archive that holds one record and no more: one, or none where it is another kind.

    None where the record is not plainly written: printable ASCII in its heads, no line folded, of its own fields none
    twice, its length that of what follows. FastWARC reads every plain record as this does.
    """
    start = _end_of_head(_WARC, data, 0)
    if start is None:
        return None
    lines = _fields(data, 0, start)
    fields = dict(lines)
    length = fields.get("content-length", "")
    if len(fields) < len(lines) or not length.isdigit() or len(data) != start + int(length) + len(_END_OF_RECORD):
        return None
    if not data.endswith(_END_OF_RECORD):
        return None
    kind = fields.get("warc-type", "")
    if kind in _WITHOUT_PAGE:
        return ()
    body = _end_of_head(_HTTP, data, start)
    if kind != "response" or body is None or not fields.get("content-type", "").startswith("application/http"):
        return None
    end = len(data) - len(_END_OF_RECORD)
    return (
        Record(
            url=fields.get("warc-target-uri", ""),
            date=fields.get("warc-date"),
            truncated=bool(fields.get("warc-truncated")),
            status=int(data[start:body][_STATUS]),
            headers=joined(_fields(data, start, body)),
            length=end - body,
            content=partial(_content, data, body, end),
        ),
    )


def joined(fields: list[tuple[str, str]]) -> dict[str, str]:
    """Fields by name, several values of one name joined by ", "."""
    headers: dict[str, str] = {}
    for name, value in fields:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _content(data: bytearray, start: int, end: int) -> bytes:
    return bytes(memoryview(data)[start:end])


def _end_of_head(pattern: re.Pattern[bytes], data: bytearray, start: int) -> int | None:
    """The first byte behind the head that begins at `start`; None where it is not what the pattern says."""
    end = data.find(_END_OF_HEAD, start, start + _LONGEST_HEAD)
    if end < 0 or not pattern.fullmatch(data, start, end):
        return None
    return end + len(_END_OF_HEAD)


def _fields(data: bytearray, start: int, end: int) -> list[tuple[str, str]]:
    """The fields of a head, names in lower case, without the line it begins with."""
    lines = data[start : end - len(_END_OF_HEAD)].decode("ascii").split("\r\n")
    return [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
