"""drafts.zip: the .eml files of approved drafts and a list of them (docs/reference/exports.md)."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from mentions.config import Sender
from mentions.exceptions import DraftError
from mentions.exports.cells import csv_cell
from mentions.outreach.eml import as_eml, file_name
from mentions.store.records import StoredDraft

MANIFEST: Final = ("file", "id", "draft_revision", "to", "subject", "page_url", "sha256")

_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say; a real one would make equal data unequal files
_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Archived:
    """What came of an archive: the drafts in it, and for each draft left out its reason."""

    written: tuple[StoredDraft, ...]
    refused: tuple[tuple[StoredDraft, str], ...]


def write_archive(drafts: Iterable[StoredDraft], sender: Sender, stream: IO[bytes]) -> Archived:
    """Writes the archive in the order of the drafts. The same drafts give the same bytes, on every machine.

    One that cannot be exported is left out with its reason and stops no other (A-07). Raises OSError of the stream.
    """
    written: list[StoredDraft] = []
    refused: list[tuple[StoredDraft, str]] = []
    rows = [list(MANIFEST)]
    # Stored, not compressed: compression differs between versions of zlib, and emails are small.
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for draft in drafts:
            try:
                content = as_eml(draft, sender)
            except DraftError as error:
                refused.append((draft, str(error)))
                continue
            name = file_name(draft)
            archive.writestr(_entry(name), content)
            rows.append(_row(draft, name, content))
            written.append(draft)
        archive.writestr(_entry("manifest.csv"), _csv(rows))
    return Archived(tuple(written), tuple(refused))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _TIME)
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    return entry


def _row(draft: StoredDraft, name: str, content: bytes) -> list[str]:
    email = draft.draft
    values = (name, email.opportunity_id, draft.revision, email.to_address, email.subject, draft.finding.page_url)
    return [*map(csv_cell, values), hashlib.sha256(content).hexdigest()]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
