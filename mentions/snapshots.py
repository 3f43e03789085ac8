"""Saved copies of pages: the bytes as they came, compressed, one file for each content, in a folder of their own.

A copy is evidence: it shows what stood there on the day of the look. It is found by the digest of its bytes, which the
database keeps with each look, so that a page that stays as it is takes its room once.
"""

import gzip
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

LARGEST: Final = 50_000_000  # bytes of a page; no configuration allows larger ones (network.max_body_bytes)
_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}")
_ENDING: Final = ".html.gz"
_LEVEL: Final = 5  # of 9: 233 KB of HTML become 45 KB in 4 ms; the last tenth would take twice as long


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many copies went, and how many bytes of disk that freed."""

    files: int = 0
    bytes: int = 0


class Snapshots:
    """The copies in one folder. Several processes may use it at once: files appear whole, and never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the copy with this digest lies, if it is there. Raises ValueError for what is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"{digest!r} is not the digest of a page")
        return self.folder / digest[:2] / f"{digest}{_ENDING}"

    def keep(self, digest: str, body: bytes, now: datetime) -> bool:
        """Keeps a page; returns whether it is new. One that is known counts as seen `now`. Raises OSError.

        A copy that cannot be read any more is as good as none: it is written again.
        """
        path = self.path(digest)
        new = self.read(digest) != body
        if new:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, gzip.compress(body, _LEVEL, mtime=0))
        os.utime(path, (now.timestamp(), now.timestamp()))
        return new

    def has(self, digest: str | None) -> bool:
        """Is there a copy with this digest?"""
        return bool(digest and _DIGEST.fullmatch(digest)) and self.path(str(digest)).is_file()

    def read(self, digest: str) -> bytes | None:
        """The page as it came; None where there is no copy, or one that cannot be read any more."""
        try:
            with gzip.open(self.path(digest)) as packed:
                body = packed.read(LARGEST + 1)
        except (OSError, EOFError, ValueError, zlib.error):
            return None
        return body if len(body) <= LARGEST else None

    def files(self) -> Iterator[Path]:
        """Every copy, in no order."""
        return self.folder.glob(f"??/*{_ENDING}")

    def clear(self, *, seen_before: datetime, most_bytes: int) -> Cleared:
        """Deletes copies that were last seen before then; and the oldest others, where all take more than `most_bytes`.

        A file that cannot be deleted stays for the next time.
        """
        found = sorted(filter(None, map(_seen, self.files())))
        left = sum(size for _, size, _ in found)
        files = freed = 0
        for seen_s, size, path in found:
            if seen_s >= seen_before.timestamp() and left <= most_bytes:
                break
            with suppress(OSError):
                path.unlink()
                files, freed, left = files + 1, freed + size, left - size
        return Cleared(files, freed)


def _seen(path: Path) -> tuple[float, int, Path] | None:
    try:
        status = path.stat()
    except OSError:  # another process deleted it just now
        return None
    return status.st_mtime, status.st_size, path


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a reader, or a crash, never meets half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
