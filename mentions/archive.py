"""WARC files: saved pages, one after the other, in flat memory."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from mentions.exceptions import ArchiveError
from mentions.gzip_members import unpacked_members
from mentions.pages import Page
from mentions.plain_records import Record, joined, plain_records

MAX_BODY_BYTES: Final = 10_000_000  # of a decoded page; larger ones are skipped and counted, as the crawl does
_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_WITH_CONTENT: Final = WarcRecordType.response | WarcRecordType.resource


def read_pages(
    path: Path, *, skipped: Counter[str] | None = None, on_record: Callable[[int], None] | None = None
) -> Iterator[Page]:
    """The HTML pages of a WARC file (gzip member by member, zstd, or plain), in order.

    `on_record` is told the place of every record in the file, in bytes as they lie there.

    Records that hold no whole HTML page are left out and counted in `skipped` under a plain reason. Raises
    ArchiveError, naming file and offset, when the file cannot be opened, is no WARC file, or breaks off; pages read
    before that have been given.
    """
    skipped = Counter() if skipped is None else skipped
    offset = 0
    read = 0
    try:
        # An open file, not its name: FastWARC would open "http://…" too, and guesses compression from the name.
        with path.open("rb") as stream:
            for offset, record in _records(stream):
                if on_record:
                    on_record(offset)
                page = _page(record, skipped)
                if page:
                    read += 1
                    yield page
                    del page  # the next one takes its place in memory, which is still at hand there
            if not stream.tell():
                raise ArchiveError(f"{path}: the file is empty")
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{path}: {_in_words(error, offset, read)}") from error


def _in_words(error: Exception, offset: int, read: int) -> str:
    if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
        return f"cannot be opened: {error.strerror}"
    if not read and not offset:
        return f"this is no WARC file ({error})"
    return (
        f"breaks off or is damaged at or after the record at byte {offset} ({error}); {read} pages before it were read"
    )


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """(place in the file, record) of all that may hold a page: plain ones quickly, whatever else by FastWARC."""
    for place, member in unpacked_members(stream):
        records = plain_records(member)
        if records is None and not (member.startswith(b"WARC/") and member.endswith(b"\r\n\r\n")):
            stream.seek(place)  # its record may go on in the next member
            break
        for record in _slowly(BytesIO(member)) if records is None else records:
            yield place, record
    for written in ArchiveIterator(stream, record_types=_WITH_CONTENT):
        yield written.stream_pos, _record(written)


def _slowly(stream: BinaryIO) -> Iterator[Record]:
    return map(_record, ArchiveIterator(stream, record_types=_WITH_CONTENT))


def _record(record: WarcRecord) -> Record:
    headers, status = _http(record)
    length = record.content_length
    return Record(
        url=record.headers.get("WARC-Target-URI") or "",
        date=record.headers.get("WARC-Date"),
        truncated=bool(record.headers.get("WARC-Truncated")),
        status=status,
        headers=headers,
        length=length,
        content=partial(record.reader.read, length),
    )


def _http(record: WarcRecord) -> tuple[Mapping[str, str], int]:
    """Headers with lower-case names, several values of one name joined by ", "; status 200 for a saved resource."""
    if record.record_type is not WarcRecordType.response or record.http_headers is None:
        return {"content-type": record.headers.get("Content-Type") or ""}, 200
    fields = [(name.lower(), value) for name, value in record.http_headers.items()]
    return joined(fields), record.http_headers.status_code or 200


def _page(record: Record, skipped: Counter[str]) -> Page | None:
    url, headers, status = record.url.strip().strip("<>"), record.headers, record.status
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    problem = (
        "no web address" if not url.lower().startswith(("http://", "https://"))
        else "not HTML" if content_type and content_type not in _HTML_TYPES
        else "redirect" if 300 <= status < 400
        else "cut off by its crawler" if record.truncated
        else "too large" if record.length > MAX_BODY_BYTES
        else None
    )  # fmt: skip
    if problem:
        skipped[problem] += 1
        return None
    raw = record.content()
    if len(raw) < record.length:
        raise OSError(f"the record has {len(raw)} of its {record.length} bytes")
    body = _decoded(raw, headers)
    if body is None:
        skipped["too large"] += 1
        return None
    if not content_type and b"<" not in body[:1024]:
        skipped["not HTML"] += 1
        return None
    return Page(url=url, body=body, status=status, headers=headers, fetched_at=_date(record.date))


def _date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except ValueError:
        return None


def _decoded(raw: bytes, headers: Mapping[str, str]) -> bytes | None:
    """The body without transfer and content encodings; None where it grows beyond MAX_BODY_BYTES.

    Many crawlers store the decoded body and keep the header: a body that is not encoded as it says comes back as it
    is. FastWARC's own decoding loses the records that follow such a body, and knows no limit.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _or_as_it_is(raw, "chunked")
    for encoding in reversed(headers.get("content-encoding", "").lower().split(",")):
        raw = _or_as_it_is(raw, encoding.strip())
        if len(raw) > MAX_BODY_BYTES:
            return None
    return raw


def _or_as_it_is(raw: bytes, encoding: str) -> bytes:
    """At most MAX_BODY_BYTES + 1 bytes of the decoded body."""
    limit = MAX_BODY_BYTES + 1
    try:
        match encoding:
            case "gzip" | "x-gzip" | "deflate":
                # 32: gzip and zlib headers are told apart by themselves.
                return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(raw, limit)
            case "br":
                return bytes(BrotliReader(BytesIO(raw)).read(limit))
            case "zstd":
                return bytes(ZstdReader(BytesIO(raw)).read(limit))
            case "chunked":
                return bytes(ChunkedReader(BytesIO(raw)).read(limit))
            case _:
                return raw
    except (OSError, ValueError, zlib.error):
        return raw
