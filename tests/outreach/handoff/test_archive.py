"""drafts.zip: equal data, equal bytes; a list that no spreadsheet calculates (A-07)."""

import csv
import hashlib
import io
from dataclasses import replace
from zipfile import ZipFile

from mentions.outreach.eml import as_eml
from mentions.outreach.handoff.archive import MANIFEST, Archived, write_archive
from mentions.store.records import StoredDraft
from tests.outreach.building import SENDER, draft


def drafts(count: int) -> list[StoredDraft]:
    return [replace(draft(opportunity_id=number, subject="=1+1"), id=number) for number in range(1, count + 1)]


def written(of: list[StoredDraft]) -> tuple[bytes, Archived]:
    stream = io.BytesIO()
    archived = write_archive(of, SENDER, stream)
    return stream.getvalue(), archived


def test_the_same_drafts_give_the_same_bytes() -> None:
    content, archived = written(drafts(3))
    assert content == written(drafts(3))[0]
    assert len(archived.written) == 3
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [
            "0001-courier.example.eml",
            "0002-courier.example.eml",
            "0003-courier.example.eml",
            "manifest.csv",
        ]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("0001-courier.example.eml") == as_eml(drafts(1)[0], SENDER)


def test_the_list_names_every_file() -> None:
    content, _ = written(drafts(2))
    with ZipFile(io.BytesIO(content)) as archive:
        raw = archive.read("manifest.csv")
        first = archive.read("0001-courier.example.eml")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 3
    header, row, _ = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert tuple(header) == MANIFEST
    assert row[:5] == ["0001-courier.example.eml", "1", "1", "jane.doering@courier.example", "'=1+1"]
    assert row[6] == hashlib.sha256(first).hexdigest()


def test_one_bad_draft_stops_no_other_a07() -> None:
    many = drafts(100)
    many[40] = replace(many[40], draft=replace(many[40].draft, to_address="a@b.example, evil@x.example"))
    content, archived = written(many)
    assert [(bad.draft.opportunity_id, "refused" in why) for bad, why in archived.refused] == [(41, True)]
    with ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 100  # 99 emails and the list
