"""Reading WARC files: whole ones, odd ones, broken ones."""

import gzip
import zlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentions import archive
from mentions.archive import read_pages
from mentions.exceptions import ArchiveError
from mentions.pages import Page
from tests.archive.writing import record


def written(folder: Path, data: bytes, name: str = "pages.warc") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(folder: Path, data: bytes) -> tuple[list[Page], Counter[str]]:
    skipped: Counter[str] = Counter()
    return list(read_pages(written(folder, data), skipped=skipped)), skipped


def test_a_record_becomes_a_page_with_its_headers(tmp_path: Path) -> None:
    headers = ("Content-Type: text/html; charset=utf-8", "X-Robots-Tag: noindex", "x-robots-tag: nofollow")
    pages, skipped = read(tmp_path, record(headers=headers, status="404 Not Found"))
    assert pages == [
        Page(
            url="https://courier.example/a",
            body=b"<p>Acme</p>",
            status=404,
            headers={"content-type": "text/html; charset=utf-8", "x-robots-tag": "noindex, nofollow"},
            fetched_at=datetime(2026, 11, 20, 22, 15, tzinfo=UTC),
        )
    ]
    assert not skipped


@pytest.mark.parametrize("whole", [False, True])
def test_gzip_is_read_member_by_member_or_whole(tmp_path: Path, whole: bool) -> None:
    records = [record(f"https://courier.example/{n}") for n in range(3)]
    data = gzip.compress(b"".join(records)) if whole else b"".join(map(gzip.compress, records))
    pages, _ = read(tmp_path, data)
    assert [page.url[-1] for page in pages] == ["0", "1", "2"]


def test_the_place_of_every_record_is_told_also_of_those_without_a_page(tmp_path: Path) -> None:
    records = [gzip.compress(r) for r in (record(), record(headers=("Content-Type: image/png",)), record())]
    places: list[int] = []
    assert len(list(read_pages(written(tmp_path, b"".join(records)), on_record=places.append))) == 2
    assert places == [0, len(records[0]), len(records[0]) + len(records[1])]


def test_pages_saved_without_http_are_read_and_other_records_left_out(tmp_path: Path) -> None:
    data = (
        record(kind="warcinfo", headers=("Content-Type: application/warc-fields",))
        + record(kind="request")
        + record("<https://courier.example/saved>", kind="resource")
    )
    pages, skipped = read(tmp_path, data)
    assert [(page.url, page.status) for page in pages] == [("https://courier.example/saved", 200)]
    assert not skipped


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (record(headers=("Content-Type: image/png",)), "not HTML"),
        (record(headers=(), body=b"\x89PNG\r\n"), "not HTML"),
        (record(status="301 Moved", headers=("Content-Type: text/html", "Location: /b")), "redirect"),
        (record("dns:courier.example"), "no web address"),
        (record(warc=("WARC-Truncated: length",)), "cut off by its crawler"),
    ],
)
def test_what_holds_no_whole_page_is_counted_and_the_next_record_read(tmp_path: Path, data: bytes, reason: str) -> None:
    pages, skipped = read(tmp_path, data + record("https://courier.example/next"))
    assert [page.url for page in pages] == ["https://courier.example/next"]
    assert skipped == {reason: 1}


def test_a_page_without_a_content_type_is_read_when_it_looks_like_one(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, record(headers=()))
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(b"<p>Acme</p>", mtime=0)),
        ("Content-Encoding: deflate", zlib.compress(b"<p>Acme</p>")),
        ("Transfer-Encoding: chunked", b"5\r\n<p>Ac\r\n6\r\nme</p>\r\n0\r\n\r\n"),
        ("Content-Encoding: gzip", b"<p>Acme</p>"),  # decoded by the crawler, which kept the header
        ("Content-Encoding: br", b"<p>Acme</p>"),
        ("Content-Encoding: zstd", b"<p>Acme</p>"),
        ("Transfer-Encoding: chunked", b"<p>Acme</p>"),
        ("Content-Encoding: rot13", b"<p>Acme</p>"),
    ],
)
def test_encodings_are_undone_where_they_are_true(tmp_path: Path, header: str, body: bytes) -> None:
    data = record(body=body, headers=("Content-Type: text/html", header)) + record("https://courier.example/next")
    pages, _ = read(tmp_path, data)
    assert [page.body for page in pages] == [b"<p>Acme</p>"] * 2


def test_a_bomb_is_skipped_without_being_unpacked_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-06 for archives."""
    monkeypatch.setattr(archive, "MAX_BODY_BYTES", 100_000)
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    data = record(body=bomb, headers=("Content-Type: text/html", "Content-Encoding: gzip")) + record()
    pages, skipped = read(tmp_path, data)
    assert (len(pages), skipped) == (1, {"too large": 1})


def test_a_page_that_is_too_large_as_it_lies_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BODY_BYTES", 1000)
    pages, skipped = read(tmp_path, record(body=b"<p>" * 1000) + record())
    assert (len(pages), skipped) == (1, {"too large": 1})


@pytest.mark.parametrize("compressed", [False, True])
def test_a_file_that_breaks_off_gives_its_whole_pages_and_says_where(tmp_path: Path, compressed: bool) -> None:
    first, second = record(), record("https://courier.example/b", bytes(range(256)) * 400)
    pack = gzip.compress if compressed else bytes
    path = written(tmp_path, pack(first) + pack(second)[:-200])
    pages = read_pages(path)
    assert next(pages).url == "https://courier.example/a"
    with pytest.raises(ArchiveError, match=rf"pages\.warc: breaks off .* byte {len(pack(first))} .*; 1 pages before"):
        next(pages)


def test_a_file_whose_second_record_is_damaged_gives_the_first(tmp_path: Path) -> None:
    pages = read_pages(written(tmp_path, record() + b"noise\r\n\r\n" + record()))
    assert next(pages).body == b"<p>Acme</p>"
    with pytest.raises(ArchiveError, match="damaged"):
        next(pages)


@pytest.mark.parametrize("data", [b"<html>hello</html>" * 20, gzip.compress(b"hello", mtime=0), b"\x00" * 500])
def test_a_file_that_is_no_archive_is_called_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ArchiveError, match="no WARC file"):
        list(read_pages(written(tmp_path, data)))


def test_an_empty_file_and_a_missing_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="empty"):
        list(read_pages(written(tmp_path, b"")))
    with pytest.raises(ArchiveError, match="cannot be opened"):
        list(read_pages(tmp_path / "missing.warc"))
    with pytest.raises(ArchiveError):
        list(read_pages(tmp_path))
