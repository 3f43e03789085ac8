"""Tables that people and tools export (CSV, TSV, XLSX, plain lines) → rows of text. Encodings are found by looking."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mentions.exceptions import SourceError
from mentions.extraction.charset import decode

MAX_ROWS = 200_000  # of one file; the largest exports of the tools we know have 100,000 to 150,000
MAX_CELLS = 400  # of one row
MAX_UNPACKED = 500_000_000  # bytes an XLSX may unpack to

_SEPARATORS = ("\t", ";", ",", "|")
_SAMPLE = 30  # lines
_CELL = 131_072  # characters; csv's own default, said here because it is a limit on what a file may do to us


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `line` counts as an editor or spreadsheet shows it, from 1."""

    line: int
    cells: tuple[str, ...]


def read_rows(body: bytes) -> Iterator[Row]:
    """The rows of a table that are not empty, MAX_ROWS at most. Raises SourceError with a plain reason."""
    if body[:4] == b"PK\x03\x04":
        yield from _of_workbook(body)
    else:
        yield from _of_text(text_of(body))


def text_of(body: bytes) -> str:
    """The text of an export: UTF-16 with or without mark (Ahrefs), UTF-8 with or without, else windows-1252."""
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", errors="replace")
    head = body[:4_000]
    if head[1::2].count(0) > len(head) // 4:
        return body.decode("utf-16-le", errors="replace")
    if head[0::2].count(0) > len(head) // 4:
        return body.decode("utf-16-be", errors="replace")
    if b"\x00" in head:
        raise SourceError("this is a binary file, not a list")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(body, "text/plain")


def _of_text(text: str) -> Iterator[Row]:
    csv.field_size_limit(_CELL)
    lines = text.splitlines(keepends=True)
    separator = _separator([line for line in lines[:_SAMPLE] if line.strip()])
    # A quote that is never closed would swallow the rest of the file: such a file is read line by line.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    count, last = 0, 0
    try:
        for cells in reader:
            last, before = reader.line_num, last
            if any(cell.strip() for cell in cells):
                count += 1
                if count > MAX_ROWS:
                    return
                yield Row(before + 1, tuple(cell.strip() for cell in cells[:MAX_CELLS]))
    except csv.Error:
        for number, line in enumerate(lines[last : last + MAX_ROWS - count], start=last + 1):
            if line.strip():
                yield Row(number, tuple(cell.strip(' "\r\n') for cell in line.split(separator)[:MAX_CELLS]))


def _separator(lines: list[str]) -> str:
    """What separates the cells: the one that splits the lines into the same number of cells, the more the better."""

    def worth(separator: str) -> tuple[float, int]:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=separator)]
        first = counts[0] if counts else 1
        same = sum(count == first for count in counts) / max(len(counts), 1)
        return (same if first > 1 else 0.0), first

    try:
        best = max(_SEPARATORS, key=worth)
    except csv.Error:
        return "\t" if any("\t" in line for line in lines) else ","
    return best if worth(best)[1] > 1 else "\t"


def _of_workbook(body: bytes) -> Iterator[Row]:
    """The first sheet that holds anything, as a person sees it."""
    from openpyxl import load_workbook  # here, because importing it takes longer than reading most lists

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise SourceError("the workbook unpacks to more than any list; save it as CSV")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that nobody looks at
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            sheets = list(book.worksheets)
            for sheet in sheets:
                sheet.reset_dimensions()  # some tools write that the sheet has one row
                rows = _of_sheet(sheet.iter_rows(values_only=True))
                first = next(rows, None)
                if first is not None:
                    yield first
                    yield from rows
                    return
    except (SourceError, GeneratorExit):
        raise
    # openpyxl leaks whatever a damaged file makes it stumble over: KeyError, BadZipFile, its XML parser's own errors.
    except Exception as error:
        raise SourceError(f"the workbook cannot be read ({type(error).__name__}: {error}); save it as CSV") from error


def _of_sheet(rows: Iterator[tuple[object, ...]]) -> Iterator[Row]:
    count = 0
    for number, values in enumerate(rows, start=1):
        cells = tuple(_shown(value) for value in values[:MAX_CELLS])
        if any(cells):
            count += 1
            if count > MAX_ROWS:
                return
            yield Row(number, cells)


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value).strip()
