"""Members of gzip files: each is unpacked whole or left where it lies."""

import gzip
import random
from io import BytesIO

import pytest

from mentions import gzip_members
from mentions.gzip_members import unpacked_members

MAGIC = b"\x1f\x8b\x08"


def stored(content: bytes) -> bytes:
    """A member whose content stands in it as it is."""
    return gzip.compress(content, compresslevel=0, mtime=0)


def unpacked(data: bytes) -> tuple[list[tuple[int, bytes]], int]:
    """What is given out, and where the stream stands then."""
    stream = BytesIO(data)
    members = [(place, bytes(content)) for place, content in unpacked_members(stream)]
    return members, stream.tell()


def test_every_member_comes_with_its_place_and_the_stream_stands_at_the_end() -> None:
    packed = [gzip.compress(content, mtime=0) for content in (b"one", b"two" * 1000, b"three")]
    members, end = unpacked(b"".join(packed))
    assert members == [
        (0, b"one"),
        (len(packed[0]), b"two" * 1000),
        (len(packed[0]) + len(packed[1]), b"three"),
    ]
    assert end == sum(map(len, packed))


@pytest.mark.parametrize("block", [3, 7, 64, 1 << 18])
def test_it_does_not_matter_where_the_blocks_of_the_file_end(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(gzip_members, "_BLOCK", block)
    dice = random.Random(3)
    contents = [dice.randbytes(dice.randrange(1, 400)) for _ in range(30)]
    members, _ = unpacked(b"".join(map(stored, contents)))
    assert [content for _, content in members] == contents


def test_bytes_in_a_member_that_look_like_the_beginning_of_another_are_none() -> None:
    inner = gzip.compress(b"a member in a member", mtime=0)
    contents = [b"x" + inner + b"y", MAGIC * 5, b"end"]
    members, _ = unpacked(b"".join(map(stored, contents)))
    assert [content for _, content in members] == contents


@pytest.mark.parametrize("odd", [b"", b"WARC/1.0\r\n", b"\0" * 100, b"\x1f\x8b", MAGIC, gzip.compress(b"")])
def test_what_is_no_whole_member_is_left_where_it_lies(odd: bytes) -> None:
    first = gzip.compress(b"first", mtime=0)
    data = first + gzip.compress(b"second", mtime=0)
    assert unpacked(data + odd)[0][:1] == [(0, b"first")]
    members, end = unpacked(odd + data if odd else b"")
    assert (members, end) == ([], 0)


@pytest.mark.parametrize("between", [b"\0" * 8, b"noise", b"\x1f"])
def test_of_equal_members_with_something_between_none_is_lost(between: bytes) -> None:
    packed = stored(b"the same size"), stored(b"size the same")
    members, end = unpacked(packed[0] + between + packed[1])
    assert (members, end) == ([], 0)


def test_a_damaged_or_cut_member_ends_the_reading_at_its_place() -> None:
    first, second = stored(b"first"), bytearray(stored(b"second"))
    second[12] ^= 1
    assert unpacked(first + bytes(second)) == ([(0, b"first")], len(first))
    assert unpacked(first + stored(b"second")[:-3]) == ([(0, b"first")], len(first))


def test_a_member_that_is_or_says_to_be_huge_is_not_unpacked() -> None:
    """F-06 for archives."""
    bomb = gzip.compress(b"a" * (gzip_members._MOST_UNPACKED + 1), mtime=0)
    first = stored(b"first")
    assert unpacked(first + bomb) == ([(0, b"first")], len(first))
    claimed = stored(b"small")[:-4] + (2**32 - 1).to_bytes(4, "little")
    assert unpacked(first + claimed) == ([(0, b"first")], len(first))
