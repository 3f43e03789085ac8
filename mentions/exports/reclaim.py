"""The reclamation list as a file: whole or not at all, the same bytes for the same state."""

import os
import tempfile
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, Final, Protocol

from mentions.exceptions import ExportError
from mentions.exports.columns import RECLAIM
from mentions.exports.files import Row, write_csv, write_jsonl, write_xlsx


class Format(StrEnum):
    """The forms in which a table is exported; each is its file's suffix."""

    CSV = "csv"  # for spreadsheets and mail merges
    XLSX = "xlsx"  # for spreadsheets, with header and filter
    JSONL = "jsonl"  # for programs: one JSON object a line


class _Writer(Protocol):
    def __call__(self, rows: Iterable[Row], columns: tuple[str, ...], stream: IO[bytes]) -> int: ...


_WRITERS: Final[dict[Format, _Writer]] = {
    Format.CSV: write_csv,
    Format.JSONL: write_jsonl,
    Format.XLSX: partial(write_xlsx, sheet="Reclaim"),
}


def file_name(form: Format) -> str:
    """The name of the file when nobody names one: ours, never made from what was crawled."""
    return f"reclaim.{form.value}"


def write_reclaim(rows: Iterable[Row], stream: IO[bytes], form: Format) -> int:
    """Writes the list to a stream of bytes; returns how many rows. `rows` as Store.reclaim_rows gives them."""
    return _WRITERS[form](rows, RECLAIM, stream)


def save_reclaim(rows: Iterable[Row], path: Path, form: Format) -> int:
    """Writes the list to a file, which stays as it was until the new one is whole; returns how many rows.

    Raises ExportError when the file cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                count = write_reclaim(rows, stream, form)
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


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
