"""The key of the hashes on the suppression list: from the environment, else a file beside an SQLite database.

It is made once, when the first address is hashed, and never replaced: with another key nobody on the list would be
known again. So a key that is not the one that made the hashes is refused (mentions.store.suppression), never used.
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from mentions.exceptions import StoreError
from mentions.redaction import remember
from mentions.store.engine import shown, sqlite_path

SHORTEST: Final = 16  # characters; what `openssl rand -hex 16` gives has 32
_BYTES: Final = 32  # of a key made here: as long as the hash (RFC 2104 section 3)


class AddressKey:
    """The key of one database. `given` is what the environment says; it wins over the file."""

    def __init__(self, url: URL, given: str | None = None) -> None:
        database = sqlite_path(url)
        self.path: Path | None = database.with_name(f"{database.name}.key") if database else None
        self._url, self._given = url, given
        self._found: bytes | None = None

    def find(self) -> bytes | None:
        """The key, None where there is none yet. Raises StoreError where it cannot be read or is too short."""
        if self._found is None:
            text = self._given if self._given is not None else _read(self.path)
            if text is not None and len(text.strip()) < SHORTEST:
                where = "the variable named in store.key_env" if self._given is not None else self.path
                raise StoreError(f"the key of the suppression list ({where}) has fewer than {SHORTEST} characters")
            self._found = remember(text.strip()).encode() if text is not None else None
        return self._found

    def get(self) -> bytes:
        """The key; made and written beside the database where there is none yet. Raises StoreError."""
        found = self.find()
        if found is not None:
            return found
        if self.path is None:
            raise StoreError(
                f"the database {shown(self._url)} has no place for a key: addresses on the suppression list are kept "
                "as hashes, and need one. Set an environment variable to the output of `openssl rand -hex 32`, name it "
                "in mentions.toml as key_env under [store], and keep it as long as the database"
            )
        _write(self.path, secrets.token_hex(_BYTES))
        return self.get()


def _read(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"the key of the suppression list cannot be read from {path}: {error}") from error


def _write(path: Path, text: str) -> None:
    """Readable by this user only; whole or not at all, and never over a key that another process wrote first."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"the key of the suppression list cannot be written to {path}: {error.strerror}") from error
