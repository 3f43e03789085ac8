"""Plain records are read as FastWARC reads them; every other one is left to it."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from mentions import archive
from mentions.archive import read_pages
from mentions.exceptions import ArchiveError
from mentions.pages import Page
from mentions.plain_records import plain_records
from tests.archive.writing import record

HTML = "Content-Type: text/html"
PLAIN = (
    record(),
    record(headers=(), body=b""),
    record(status="404 Not Found", headers=(HTML, "X-Robots-Tag: noindex", "x-robots-tag:nofollow ", "Empty:")),
    record(status="301 Moved", headers=(HTML, "Location: /b")),
    record(status="200", body=bytes(range(256)) * 50),
    record("<https://courier.example/<b>>", warc=("WARC-Truncated: length",)),
    record(body=b"\r\n\r\n" * 9),
    record(kind="request"),
    record(kind="warcinfo", headers=("Content-Type: application/warc-fields",)),
)
ODD = (
    record(kind="resource", headers=(HTML,)),
    record(headers=("Folded: one", "  two", HTML)),
    record(headers=("Name: Zoë", HTML)),
    record(headers=("no colon", HTML)),
    record(headers=(f"Long: {'x' * 20_000}", HTML)),
    record(headers=("Space : before the colon", HTML)),
    record().replace(b"HTTP/1.1", b"HTTP/2"),
    record().replace(b"HTTP/1.1 200 OK", b"200 is what it is"),
    record().replace(b"application/http", b"text/html"),
    record().replace(b"WARC-Type: response", b"WARC-Type: Response"),
    record().replace(b"WARC/1.0", b"WARC/0.18"),
    record(warc=("WARC-Target-URI: https://courier.example/other",)),
    record(warc=("X-Ünknown: value",)),
    record() + record("https://courier.example/b"),
    record()[:-4] + b"\r\n",
    record()[:-20],
    b"noise\r\n\r\n",
)


def read(path: Path) -> tuple[list[Page], Counter[str], list[int], str]:
    """All that reading an archive gives: pages, records left out, places, and what went wrong."""
    pages: list[Page] = []
    skipped: Counter[str] = Counter()
    places: list[int] = []
    error = ""
    try:
        pages.extend(read_pages(path, skipped=skipped, on_record=places.append))
    except ArchiveError as broken:
        error = str(broken)
    return pages, skipped, places, error


def written(folder: Path, *records: bytes) -> Path:
    path = folder / "pages.warc.gz"
    path.write_bytes(b"".join(gzip.compress(each, mtime=0) for each in records))
    return path


@pytest.fixture
def only_fastwarc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "unpacked_members", lambda _stream: iter(()))


@pytest.mark.parametrize("data", PLAIN)
def test_a_plain_record_is_read_as_fastwarc_reads_it(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, record("https://courier.example/first"), data, record("https://courier.example/last"))
    assert plain_records(bytearray(data)) is not None
    ours = read(path)
    monkeypatch.setattr(archive, "unpacked_members", lambda _stream: iter(()))
    assert ours == read(path)
    assert ours[0][-1].url == "https://courier.example/last"


@pytest.mark.parametrize("data", ODD)
def test_an_odd_record_is_left_to_fastwarc(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, record("https://courier.example/first"), data, record("https://courier.example/last"))
    assert plain_records(bytearray(data)) is None
    ours = read(path)
    monkeypatch.setattr(archive, "unpacked_members", lambda _stream: iter(()))
    theirs = read(path)
    assert (ours[0], ours[1], ours[3]) == (theirs[0], theirs[1], theirs[3])
    assert ours[0][0].url == "https://courier.example/first"


def test_a_record_that_goes_on_in_the_next_member_is_read_whole(tmp_path: Path) -> None:
    whole = record(body=b"<p>Acme</p>" * 100)
    path = written(tmp_path, record(), whole[:500], whole[500:], record())
    assert [len(page.body) for page in read_pages(path)] == [11, 1100, 11]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_where_members_cannot_be_unpacked_fastwarc_reads_all(
    only_fastwarc: None, tmp_path: Path, pack: type[bytes]
) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(pack(record()) + pack(record()))
    assert len(read(path)[0]) == 2
