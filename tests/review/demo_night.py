"""A night of the demo newsroom, run once; and the same with hostile texts in everything that can hold one."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from mentions.config import Config, load_config
from mentions.store.models import Base
from mentions.store.types import StorableJson, StorableText
from tests.ports import free_port
from tests.review.harmless import ADDRESSES, ALL

# Words that only this program writes, and what others are found by; whatever else holds text is poisoned, so that a
# new column is too.
_OURS: Final = {
    ("contact", "role"),
    ("contact", "confidence"),
    ("contact", "email"),  # addresses are checked before they are stored
    ("publisher", "domain"),  # as the configuration has it, where nothing but a host name is read
    ("queue_row", "publisher"),  # the same
    ("change", "kind"),
    ("hand_off", "via"),
    ("opportunity", "handed_off_via"),
    ("draft", "to_address"),
    ("finding", "contact_address"),
    ("page", "content_hash"),
    ("page", "key"),
    ("check", "content_hash"),
    ("suppression", "value"),
    ("suppression", "key_id"),
    ("user", "password_hash"),
    ("session", "token_hash"),
}
_ADDRESSES: Final = ("url", "canonical", "redirects_to", "found_on")


def run(folder: Path) -> Path:
    """Runs the nightly job on the demo newsroom in a process of its own; the folder of configuration and database."""
    command = [sys.executable, "-m", "mentions.cli", "demo", "--folder", str(folder), "--port", str(free_port())]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    assert (folder / "mentions.db").exists(), done.stderr
    return folder


def copied(night: Path, folder: Path) -> Config:
    """A copy of the night in a folder of its own, to work on."""
    shutil.copytree(night, folder)
    return load_config(folder / "mentions.toml")


def poison(config: Config) -> int:
    """Writes an attacker's texts into every column that a crawl or a person can fill; how many columns."""
    done = 0
    with (
        closing(sqlite3.connect(config.store_url.removeprefix("sqlite:///"))) as connection,
        connection,
    ):
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if column.primary_key or (table.name, column.name) in _OURS or column.foreign_keys:
                    continue
                if isinstance(column.type, StorableText):
                    done += _poison_text(connection, table.name, column.name)
                elif isinstance(column.type, StorableJson):
                    done += _poison_json(connection, table.name, column.name)
    return done


def _poison_text(connection: sqlite3.Connection, table: str, column: str) -> int:
    if any(word in column for word in _ADDRESSES):
        addresses = cycle(ADDRESSES)
        numbers = connection.execute(f'SELECT rowid FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
        rows = [(f"{next(addresses)}#{number}", number) for (number,) in numbers]
        connection.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', rows)
        return 1
    connection.execute(f'UPDATE "{table}" SET "{column}" = "{column}" || ? WHERE "{column}" IS NOT NULL', (ALL,))
    return 1


def _poison_json(connection: sqlite3.Connection, table: str, column: str) -> int:
    numbers = connection.execute(f'SELECT rowid, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
    rows = [(json.dumps(_poisoned(json.loads(text))), number) for number, text in numbers]
    connection.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', rows)
    return 1


def _poisoned(value: Any) -> Any:
    """Sentences are poisoned; a single word is one of the program's own."""
    if isinstance(value, str):
        return value + ALL if " " in value else value
    if isinstance(value, dict):
        return {key: _poisoned(item) for key, item in value.items()}
    return [_poisoned(item) for item in value] if isinstance(value, list) else value
