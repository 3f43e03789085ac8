"""The three forms of a table: CSV, XLSX, JSON Lines. Each takes rows one by one, in memory that does not grow."""

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mentions.exceptions import ExportError
from mentions.exports.cells import csv_cells, plain, xlsx_cell

Row = Mapping[str, object]

SHEET_ROWS: Final = 1_048_576  # with the header; what a sheet of Excel holds
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file knows; two exports of one state are equal bytes
_WIDTHS: Final = {"sentence": 60, "page_title": 40, "page_url": 40, "suggested_html": 40, "subject": 40}


def write_csv(rows: Iterable[Row], columns: Sequence[str], stream: IO[bytes]) -> int:
    """UTF-8 with byte order mark (Excel needs it), CRLF, every field quoted. Returns how many rows were written."""
    stream.write(b"\xef\xbb\xbf")
    writer = csv.writer(_Utf8(stream), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    in_order = itemgetter(*columns)  # of two columns and more
    count = 0
    for row in rows:
        writer.writerow(csv_cells(in_order(row)))
        count += 1
    return count


def write_jsonl(rows: Iterable[Row], columns: Sequence[str], stream: IO[bytes]) -> int:
    """One object a line with every column, null where there is nothing; texts whole. Returns how many rows."""
    count = 0
    for row in rows:
        line = {column: _json_value(row[column]) for column in columns}
        stream.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def write_xlsx(rows: Iterable[Row], columns: Sequence[str], stream: IO[bytes], *, sheet: str) -> int:
    """A workbook of one sheet: header frozen, filter on, no formula, no link. Returns how many rows were written.

    Raises ExportError when there are more rows than a sheet holds.
    """
    with tempfile.TemporaryDirectory(prefix="mentions-export-") as folder:
        path = Path(folder) / "export.xlsx"
        # The options keep texts from becoming formulas, links or numbers; constant_memory writes each row to disk.
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        with closing(Workbook(str(path), options)) as workbook:
            workbook.set_properties({"created": datetime(*_ZIP_DATE)})  # noqa: DTZ001  # the file format has no zone
            count = _fill(workbook, workbook.add_worksheet(sheet), rows, columns)
        _repack(path, stream)
    return count


def _fill(workbook: Workbook, worksheet: Worksheet, rows: Iterable[Row], columns: Sequence[str]) -> int:
    worksheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, column in enumerate(columns):
        worksheet.set_column(place, place, _WIDTHS.get(column, 16))
        worksheet.write_string(0, place, column, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count >= SHEET_ROWS:
            raise ExportError(f"a sheet holds {SHEET_ROWS - 1:,} rows and there are more; use --format csv, or filters")
        for place, column in enumerate(columns):
            value = row[column]
            if isinstance(value, int) and not isinstance(value, bool):
                worksheet.write_number(count, place, value)
            elif value is not None:
                worksheet.write_string(count, place, xlsx_cell(value))
    worksheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _repack(path: Path, stream: IO[bytes]) -> None:
    """The same zip with every entry dated 1980-01-01."""
    with (
        zipfile.ZipFile(path) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        for entry in made.infolist():
            dated = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            dated.compress_type, dated.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            dated.file_size = entry.file_size  # tells zipfile beforehand whether 64-bit sizes are needed
            with made.open(entry) as source, packed.open(dated, "w") as target:
                copyfileobj(source, target)


def _json_value(value: object) -> object:
    return plain(value) if isinstance(value, datetime) else value


class _Utf8:
    """What csv.writer writes to: a stream of bytes that takes text, and is not closed with it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode("utf-8", "replace"))
