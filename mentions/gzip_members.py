"""The members of a gzip file, unpacked one at a time by libdeflate: a third quicker than any reader of streams.

What is not plainly written (a member that is huge, cut off, damaged, or followed by something else) is left to whoever
reads the file from there on: nothing is guessed, and nothing is reported here.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import BinaryIO, Final

_MAGIC: Final = b"\x1f\x8b\x08"
_BEGINNING: Final = re.compile(_MAGIC)  # finds three bytes in half the time that bytes.find needs
_SMALLEST: Final = 18  # bytes of a member: a header of ten, two of content, checksum and size
_BLOCK: Final = 1 << 18
_MOST_PACKED: Final = 8 << 20  # bytes of a member as it lies in the file
_MOST_UNPACKED: Final = 11_000_000
_MOST_BEGINNINGS: Final = 20  # places in one member that look like the beginning of another


def unpacked_members(stream: BinaryIO) -> Iterator[tuple[int, bytearray]]:
    """(place in the file, content) of each member, from the beginning of `stream`, as long as they are plain.

    Afterwards the stream stands at the first byte that was not given out. Each content is checked against the size and
    the checksum that stand behind it. Raises OSError where the file cannot be read.
    """
    if find_spec("deflate") is None:  # there is no build for every platform
        return
    place, data, at = stream.tell(), stream.read(_BLOCK), 0  # `data` lies at `place` in the file, the member at `at`
    while data.startswith(_MAGIC, at):
        end, content = _member(data, at)
        if content is None and len(data) - at < _MOST_PACKED and (more := stream.read(_BLOCK)):
            place, data, at = place + at, data[at:] + more, 0
            continue
        if content is None:  # the last one ends with the file, and with nothing behind it to know it by
            end, content = len(data), _content(data, at, len(data))
        if content is None:
            break
        yield place + at, content
        del content
        at = end
    stream.seek(place + at)


def _member(data: bytes, at: int) -> tuple[int, bytearray | None]:
    """Where the member ends that begins at `at`, and what it holds; None where another does not surely follow it."""
    beginnings = islice(_BEGINNING.finditer(data, at + _SMALLEST), _MOST_BEGINNINGS)
    for number, beginning in enumerate(beginnings):
        end = beginning.start()
        content = _content(data, at, end, first=not number)
        if content is not None:
            return end, content
    return at, None


def _content(data: bytes, at: int, end: int, *, first: bool = False) -> bytearray | None:
    """What `data[at:end]` holds; None where that is not one whole member of ordinary size.

    `first`: nothing in it but its beginning looks like that of a member, so that it cannot be two.
    """
    from deflate import DeflateError, crc32, gzip_decompress

    size = int.from_bytes(data[end - 4 : end], "little")
    if not 0 < size <= _MOST_UNPACKED:
        return None
    try:
        content = gzip_decompress(memoryview(data)[at:end], size)
    except DeflateError:
        return None
    if len(content) != size:
        return None
    # libdeflate verifies the member's checksum and says nothing of what stands behind it: of two members of one size it
    # would give the first, and the second's size and checksum were those at the end.
    return content if first or crc32(content) == int.from_bytes(data[end - 8 : end - 4], "little") else None
