"""The reclamation list as CSV, XLSX and JSON Lines."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from mentions.exceptions import ExportError
from mentions.exports.columns import RECLAIM
from mentions.exports.files import Row, write_xlsx
from mentions.exports.writing import Format, save_table, write_table

# The columns as users have them in their sheets and scripts; adding one at the end is the only change allowed.
DOCUMENTED = [
    "id",
    "target",
    "target_kind",
    "state",
    "verdict",
    "page_state",
    "priority",
    "publisher",
    "page_url",
    "page_title",
    "published_at",
    "author",
    "sentence",
    "matched_text",
    "zone",
    "language",
    "suggested_link_url",
    "suggested_anchor",
    "suggested_html",
    "contact_name",
    "contact_email",
    "contact_role",
    "contact_confidence",
    "contact_source_url",
    "contact_form_url",
    "subject",
    "assigned_to",
    "approved_by",
    "approved_at",
    "handed_off_at",
    "handed_off_via",
    "sent_at",
    "link_found_at",
    "link_url_found",
    "link_rel",
    "last_checked_at",
    "first_seen_at",
    "last_seen_at",
    "reason",
    "note",
]

HOSTILE = ["=1+1", "+1", "-1", "@SUM", "\t=1", " =1", "\u00a0=1", "＝1", "a\n=1", "http://evil.test/", "12", "\x01b"]


def row(number: int, **values: object) -> Row:
    empty: dict[str, object] = dict.fromkeys(RECLAIM)
    return {
        **empty,
        "id": number,
        "target": "Acme",
        "priority": 60,
        "published_at": datetime(2026, 1, 2, tzinfo=UTC),
        **values,
    }


def exported(form: Format, *rows: Row) -> bytes:
    stream = io.BytesIO()
    assert write_table(rows, stream, form) == len(rows)
    return stream.getvalue()


def test_columns_stand_in_the_documented_order() -> None:
    """E-03."""
    assert list(RECLAIM) == DOCUMENTED


def test_csv_round_trip() -> None:
    """E-03: byte order mark, CRLF, every field quoted."""
    data = exported(Format.CSV, row(1, sentence='He said "Acme", twice;'), row(2, author="Zoë 日本 🤖"))
    assert data.startswith(b'\xef\xbb\xbf"id","target",')
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert list(first) == DOCUMENTED
    assert (first["id"], first["sentence"], first["note"]) == ("1", 'He said "Acme", twice;', "")
    assert (second["author"], second["published_at"]) == ("Zoë 日本 🤖", "2026-01-02T00:00:00+00:00")


def test_jsonl_round_trip() -> None:
    lines = exported(Format.JSONL, row(1, sentence="a\nb\ud800")).decode().splitlines()
    (read,) = [json.loads(line) for line in lines]
    assert list(read) == DOCUMENTED
    assert (read["id"], read["sentence"], read["note"], read["published_at"]) == (
        1,
        "a\nb?",
        None,
        "2026-01-02T00:00:00+00:00",
    )


def test_xlsx_holds_no_formula_and_no_link_and_reads_back_the_same() -> None:
    """E-01, E-02."""
    data = exported(Format.XLSX, *(row(n, sentence=text, author=text) for n, text in enumerate(HOSTILE)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["Reclaim"]
    table = workbook["Reclaim"]
    assert [cell.value for cell in table[1]] == DOCUMENTED
    sentence = DOCUMENTED.index("sentence")
    assert [cells[sentence].value for cells in table.iter_rows(min_row=2)] == [*HOSTILE[:-1], "�b"]
    assert table.freeze_panes == "A2"
    assert table.auto_filter.ref == f"A1:AN{len(HOSTILE) + 1}"
    workbook.close()


def test_xlsx_cuts_what_no_cell_holds() -> None:
    """E-02."""
    data = exported(Format.XLSX, row(1, sentence="x" * 40_000, page_url="https://a.test/" + "y" * 2_100))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    cells = {cell.column: cell.value for cell in workbook["Reclaim"][2]}
    assert str(cells[DOCUMENTED.index("sentence") + 1]).endswith("… [cut]")
    assert cells[DOCUMENTED.index("page_url") + 1] == "https://a.test/" + "y" * 2_100
    workbook.close()


@pytest.mark.parametrize("form", Format)
def test_two_exports_of_one_state_are_the_same_bytes(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """E-05."""
    first = exported(form, *(row(n) for n in range(50)))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert exported(form, *(row(n) for n in range(50))) == first


def test_xlsx_entries_are_dated_1980() -> None:
    """E-05."""
    with zipfile.ZipFile(io.BytesIO(exported(Format.XLSX, row(1)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("form", Format)
def test_an_empty_list_is_a_file_that_opens(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"reclaim.{form}"
    assert save_table([], path, form) == 0
    assert path.exists()
    if form is Format.XLSX:
        assert openpyxl.load_workbook(path)["Reclaim"].max_row == 1


@pytest.mark.parametrize("form", Format)
def test_memory_does_not_grow_with_the_rows(form: Format) -> None:
    def peak(rows: int) -> int:
        class Nowhere(io.BytesIO):
            def write(self, data: object) -> int:
                return len(data)  # type: ignore[arg-type]  # bytes

        stream: io.BytesIO = io.BytesIO() if form is Format.XLSX else Nowhere()
        tracemalloc.start()
        write_table((row(n, sentence=f"sentence {n}") for n in range(rows)), stream, form)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found - stream.getbuffer().nbytes

    peak(10)  # imports and caches
    assert peak(2_000) < peak(200) + 300_000


def test_a_file_stays_as_it_was_when_the_export_fails(tmp_path: Path) -> None:
    path = tmp_path / "reclaim.csv"
    path.write_text("yesterday's")

    def broken() -> Iterator[Row]:
        yield row(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_table(broken(), path, Format.CSV)
    assert [entry.name for entry in tmp_path.iterdir()] == ["reclaim.csv"]
    assert path.read_text() == "yesterday's"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"nowhere.*No such file"):
        save_table([], tmp_path / "nowhere" / "reclaim.csv", Format.CSV)


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentions.exports.files.SHEET_ROWS", 3)
    with pytest.raises(ExportError, match="2 rows and there are more; use --format csv"):
        write_xlsx([row(n) for n in range(3)], RECLAIM, io.BytesIO(), sheet="Reclaim")
