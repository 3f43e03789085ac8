"""An open database: its two kinds of transactions, and the key of its suppression list."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from mentions.store.engine import plain_errors, reading
from mentions.store.key import AddressKey


class Connecting:
    """What the parts of the store share. Every method of a store raises StoreError, in plain words."""

    def __init__(self, engine: Engine, key: AddressKey | None = None) -> None:
        self._engine = engine
        self._reading = reading(engine)
        self._key = key or AddressKey(engine.url)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with plain_errors(self._engine.url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with plain_errors(self._engine.url), self._reading.connect() as connection:
            yield connection
