"""Saved copies: found by the digest of their bytes, whole or not there, and gone when their time is over."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from mentions.snapshots import Cleared, Snapshots

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ALL = 10**9


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


@pytest.fixture
def copies(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "pages")


def test_a_page_comes_back_byte_for_byte(copies: Snapshots) -> None:
    body = b"<p>caf\xe9</p>" * 1000
    assert copies.keep(digest(body), body, NOW)
    assert copies.has(digest(body))
    assert copies.read(digest(body)) == body
    assert copies.path(digest(body)).stat().st_size < len(body) / 20


def test_the_same_bytes_take_their_room_once_and_count_as_seen(copies: Snapshots) -> None:
    copies.keep(digest(b"a"), b"a", NOW)
    assert not copies.keep(digest(b"a"), b"a", NOW + DAY)
    assert len(list(copies.files())) == 1
    assert copies.clear(seen_before=NOW + DAY / 2, most_bytes=ALL) == Cleared()


def test_what_was_never_kept_or_is_damaged_is_not_there(copies: Snapshots) -> None:
    assert copies.read(digest(b"a")) is None
    assert not copies.has(digest(b"a"))
    assert not copies.has(None)
    copies.keep(digest(b"a"), b"a" * 1000, NOW)
    whole = copies.path(digest(b"a")).read_bytes()
    for damaged in (b"", b"no gzip", whole[:-9], whole[:12] + b"\xff" * 9 + whole[21:]):
        copies.path(digest(b"a")).write_bytes(damaged)
        assert copies.read(digest(b"a")) in {None, b""}
        assert copies.keep(digest(b"a"), b"a" * 1000, NOW), "a damaged copy is written again"
        assert copies.read(digest(b"a")) == b"a" * 1000


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "a" * 31, "a" * 32 + "/x", "a" * 65])
def test_only_digests_name_files(copies: Snapshots, name: str) -> None:
    with pytest.raises(ValueError, match="is not the digest of a page"):
        copies.path(name)
    assert copies.read(name) is None
    assert not copies.has(name)


def test_copies_go_when_their_time_is_over(copies: Snapshots) -> None:
    for days, body in enumerate((b"old", b"new")):
        copies.keep(digest(body), body, NOW + days * DAY)
    cleared = copies.clear(seen_before=NOW + DAY, most_bytes=ALL)
    assert cleared.files == 1
    assert (copies.has(digest(b"old")), copies.has(digest(b"new"))) == (False, True)


def test_the_oldest_go_first_when_there_is_too_little_room(copies: Snapshots) -> None:
    bodies = [os.urandom(1000) for _ in range(5)]
    for minutes, body in enumerate(bodies):
        copies.keep(digest(body), body, NOW + minutes * timedelta(minutes=1))
    cleared = copies.clear(seen_before=NOW - DAY, most_bytes=2500)
    assert cleared.files == 3
    assert cleared.bytes > 3000
    assert [copies.has(digest(body)) for body in bodies] == [False, False, False, True, True]


def test_a_write_that_fails_leaves_nothing_behind(copies: Snapshots, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mentions.snapshots.Path.replace", full)
    with pytest.raises(OSError, match="No space left"):
        copies.keep(digest(b"a"), b"a", NOW)
    assert [path for path in copies.folder.rglob("*") if path.is_file()] == []


def test_clearing_a_folder_that_is_not_there_is_fine(tmp_path: Path) -> None:
    assert Snapshots(tmp_path / "nowhere").clear(seen_before=NOW, most_bytes=0) == Cleared()
