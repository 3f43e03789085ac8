"""Suppression lists as files: read from CSV, XLSX or one entry a line; written as CSV with hashes. Pure.

Columns are found by their names: value (or address, email, domain), kind, reason, added_at, added_by, key_id. A file
without such a header is read as entries in its first column, each an address or a domain.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from mentions.exports.cells import csv_cell
from mentions.outreach.suppression import Suppression, SuppressionKind, entry_of, normal_domain
from mentions.sources.tables import MAX_ROWS, Row, read_rows

COLUMNS: Final = ("kind", "value", "reason", "added_at", "added_by", "key_id")

_VALUE: Final = ("value", "address", "email", "e-mail", "email address", "e-mail address", "domain", "recipient")
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kind", "type"),
    "reason": ("reason", "why", "note", "comment"),
    "added_at": ("added_at", "created_at", "date", "added"),
    "added_by": ("added_by", "created_by", "by", "added by"),
    "key_id": ("key_id",),
}
_HASH_CHARACTERS: Final = frozenset("0123456789abcdef")
_HASH_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """One row. `text` is an address or domain to suppress; where `entry` is set, it is a hash of another list."""

    line: int
    text: str
    reason: str | None = None
    entry: Suppression | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why. The others are."""

    line: int
    problem: str


def read_list(body: bytes, *, by: str, now: datetime) -> Iterator[Listed | BadRow]:
    """The rows of a file in order. `by` and `now` stand for who and when where it does not say.

    Raises SourceError for a file that is no table and no text.
    """
    columns: dict[str, int] | None = None
    count = 0
    for row in read_rows(body):
        if row.cells[0].startswith("#"):
            continue
        if columns is None:
            columns = _columns(row)
            if columns:
                continue
            columns = {"value": 0, "reason": 1}
        count += 1
        yield _read(row, columns, by=by, now=now)
    if count == MAX_ROWS:
        yield BadRow(MAX_ROWS, f"this may not be the whole file: at most {MAX_ROWS:,} rows are read; split it")


def _columns(row: Row) -> dict[str, int] | None:
    """Where each column is; None for a first row that is no header."""
    names = [cell.casefold() for cell in row.cells]
    value = next((names.index(name) for name in _VALUE if name in names), None)
    if value is None:
        return None
    others = {column: names.index(name) for column, known in _OTHERS.items() for name in known[::-1] if name in names}
    return {"value": value, **others}


def _read(row: Row, columns: Mapping[str, int], *, by: str, now: datetime) -> Listed | BadRow:
    def cell(name: str) -> str:
        at = columns.get(name)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    text, reason = cell("value"), cell("reason") or None
    if not text:
        return BadRow(row.line, "holds no address or domain")
    try:
        if _is_hash(text):
            added = _time(cell("added_at")) or now
            kind = SuppressionKind(cell("kind").casefold() or SuppressionKind.ADDRESS)
            if kind is SuppressionKind.DOMAIN:
                raise ValueError("a domain is not hashed")
            key = cell("key_id")
            return Listed(row.line, text, reason, Suppression(kind, text, reason, added, cell("added_by") or by, key))
        _checked(text, cell("kind").casefold())
    except ValueError as error:
        return BadRow(row.line, str(error))
    return Listed(row.line, text, reason)


def _checked(text: str, kind: str) -> None:
    """Raises ValueError for what cannot be suppressed, or is not what its row calls it."""
    if kind == SuppressionKind.DOMAIN:
        normal_domain(text)
    elif kind not in {"", "email", *SuppressionKind}:
        raise ValueError(f"the kind {kind!r} is not known; there are address and domain")
    elif kind and entry_of(text)[0] is SuppressionKind.DOMAIN:
        raise ValueError("it is a domain, and its row says address")
    else:
        entry_of(text)


def _is_hash(text: str) -> bool:
    return len(text) == _HASH_LENGTH and set(text) <= _HASH_CHARACTERS


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def write_list(entries: Iterable[Suppression], write: Callable[[str], object]) -> int:
    """Writes the list as CSV, addresses as hashes; returns how many. The same list gives the same bytes."""
    count = 0
    for values in (COLUMNS, *map(_values, entries)):
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow([csv_cell(value) for value in values])
        write(line.getvalue())
        count += 1
    return count - 1


def _values(entry: Suppression) -> tuple[object, ...]:
    return entry.kind.value, entry.value, entry.reason, entry.created_at, entry.created_by, entry.key_id
