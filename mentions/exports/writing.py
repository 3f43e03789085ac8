"""An export as a file: whole or not at all, the same bytes for the same state."""

import os
import tempfile
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from mentions.exceptions import ExportError
from mentions.exports.files import Row, write_csv, write_jsonl, write_xlsx
from mentions.exports.tables import RECLAIM_TABLE, Table


class Format(StrEnum):
    """The forms in which a table is exported; each is its file's suffix."""

    CSV = "csv"  # for spreadsheets, mail merges and other tools
    XLSX = "xlsx"  # for spreadsheets, with header and filter
    JSONL = "jsonl"  # for programs: one JSON object a line


def file_name(table: Table, form: Format) -> str:
    """The name of the file when nobody names one: ours, never made from what was crawled."""
    return f"{table.file_stem}.{form.value}"


def write_table(rows: Iterable[Row], stream: IO[bytes], form: Format, table: Table = RECLAIM_TABLE) -> int:
    """Writes a table to a stream of bytes; returns how many rows it holds.

    `rows` as Store.reclaim_rows gives them; with `more` for every table but the reclamation list.
    """
    held = table.rows(rows)
    if form is Format.CSV:
        return write_csv(held, table.columns, stream)
    if form is Format.JSONL:
        return write_jsonl(held, table.columns, stream)
    return write_xlsx(held, table.columns, stream, sheet=table.name.capitalize())


def save_table(rows: Iterable[Row], path: Path, form: Format, table: Table = RECLAIM_TABLE) -> int:
    """Writes a table to a file; returns how many rows it holds. Raises ExportError when it cannot be written."""
    return save(path, lambda stream: write_table(rows, stream, form, table))


def save(path: Path, write: Callable[[IO[bytes]], int]) -> int:
    """Lets `write` fill a file, which stays as it was until the new one is whole; returns what `write` returns.

    What is no file (/dev/null, /dev/stdout, a named pipe) is written to, and stays what it is. Raises ExportError when
    the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as device:
                return write(device)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                count = write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        unfinished.chmod(0o644 & ~_umask())  # temporary files are readable by their owner only
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error
    return count


# Reading the mask means setting it, for the whole process.
_READ: Final = 0o077


def _umask() -> int:
    mask = os.umask(_READ)
    os.umask(mask)
    return mask
