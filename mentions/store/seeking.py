"""What is watched, and the pages found there: the frontier of a crawl and the sources it is fed by."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from mentions.publishers import Publisher
from mentions.store import elsewhere, frontier, sources
from mentions.store.connecting import Connecting
from mentions.store.records import FoundPage, KnownPage, SourceLook, SourceNews, WaitingPage
from mentions.store.statements import chunks
from mentions.targets import Target

_ROWS_AT_ONCE: Final = 200  # pages found in one transaction


class Seeking(Connecting):
    """Part of mentions.store.Store."""

    def register(self, targets: Iterable[Target], publishers: Iterable[Publisher], now: datetime) -> None:
        """Writes down what the configuration watches. To be called at the start of a run."""
        with self._write() as connection:
            frontier.register(connection, targets, publishers, now)

    def add_found(self, pages: Sequence[FoundPage]) -> int:
        """Writes down found pages; returns how many were new. A known page stays exactly as it is."""
        new = 0
        for part in chunks(pages, _ROWS_AT_ONCE):
            with self._write() as connection:
                new += frontier.add_found(connection, part)
        return new

    def waiting(self, publisher: str, limit: int, *, now: datetime) -> list[WaitingPage]:
        """At most `limit` pages of a publisher to look at; see frontier.waiting."""
        with self._read() as connection:
            return frontier.waiting(connection, publisher, limit, now)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the page keys that are written down already."""
        with self._read() as connection:
            return frontier.known(connection, keys)

    def last_good_looks(self, keys: Iterable[str]) -> dict[str, datetime]:
        """When the pages of these keys were last looked at well; those that never were are left out."""
        with self._read() as connection:
            return frontier.last_good_looks(connection, keys)

    def known_page(self, key: str) -> KnownPage | None:
        """What is known of the page of that key; None where it was never found."""
        with self._read() as connection:
            return frontier.known_page(connection, key)

    def make_due(self, keys: Iterable[str], now: datetime) -> None:
        """Another look at these pages is due; they wait until one was made."""
        with self._write() as connection:
            frontier.make_due(connection, keys, now)

    def publishers_waiting(self, *, now: datetime) -> list[str]:
        """The domains of every publisher that has pages to look at; see elsewhere.publishers_waiting."""
        with self._read() as connection:
            return elsewhere.publishers_waiting(connection, now)

    def looked_at(self, keys: Iterable[str]) -> set[str]:
        """Those of the page keys that were fetched at least once."""
        with self._read() as connection:
            return elsewhere.looked_at(connection, keys)

    def source_validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a source's last good answer, for the next conditional request."""
        with self._read() as connection:
            return sources.validators(connection, url)

    def source_last_good_at(self, url: str) -> datetime | None:
        """When a source was last read without a problem; None: never."""
        with self._read() as connection:
            return sources.last_good_at(connection, url)

    def save_source(self, look: SourceLook) -> None:
        """Writes down a look at a source; with a `problem` it keeps what the last good look said."""
        with self._write() as connection:
            sources.save(connection, look)

    def source_news(self, since: datetime) -> list[SourceNews]:
        """How often each source brought new pages since then, sorted by address."""
        with self._read() as connection:
            return sources.news(connection, since)
