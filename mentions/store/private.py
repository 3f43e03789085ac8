"""The store's methods about people: who must not be written to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mentions.outreach.suppression import Suppression, SuppressionList
from mentions.outreach.suppression_files import BadRow, Listed
from mentions.store import suppression
from mentions.store.connecting import Connecting
from mentions.store.statements import chunks

_ROWS_AT_ONCE: Final = 200  # a transaction


class Private(Connecting):
    """Part of mentions.store.Store."""

    def suppress(self, text: str, *, reason: str | None, by: str, now: datetime) -> bool:
        """Nobody writes to this address, or to this domain and its subdomains, any more; False: nor did before.

        Raises ValueError, in plain words, for a text that is neither.
        """
        with self._write() as connection:
            return suppression.add(connection, self._key, text, reason=reason, by=by, now=now)

    def unsuppress(self, text: str, *, by: str, now: datetime) -> bool:
        """Takes an address, a domain or a hash off the list; False: it was not on it. Raises ValueError."""
        with self._write() as connection:
            return suppression.remove(connection, self._key, text, by=by, now=now)

    def suppressions(self) -> list[Suppression]:
        """The list as it is kept: domains, then hashes of addresses, each the newest first."""
        with self._read() as connection:
            return suppression.find(connection)

    def suppressed(self, address: str | None, domain: str) -> str | None:
        """Why nobody may write to this address about a page of this domain, in plain words; None: they may."""
        with self._read() as connection:
            return suppression.suppressed(connection, self._key, address, domain)

    def suppression_list(self) -> SuppressionList:
        """The list as it is now, for asking it often: mentions.outreach.suppression.blocking."""
        with self._read() as connection:
            return suppression.whole(connection, self._key)

    def import_suppressions(
        self, rows: Sequence[Listed], *, reason: str | None, by: str, now: datetime
    ) -> tuple[int, list[BadRow]]:
        """Suppresses the rows of a file; returns how many were new, and those that cannot be used, with why.

        `reason` is for rows that give none.
        """
        new, refused = 0, []
        for part in chunks(rows, _ROWS_AT_ONCE):
            with self._write() as connection:
                for row in part:
                    try:
                        new += suppression.take_over(connection, self._key, row, reason=reason, by=by, now=now)
                    except ValueError as error:
                        refused.append(BadRow(row.line, str(error)))
        return new, refused
