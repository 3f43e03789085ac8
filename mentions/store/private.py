"""The store's methods about people: who must not be written to, what is held about whom, and forgetting them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from mentions.outreach.suppression import Suppression, SuppressionList
from mentions.outreach.suppression_files import BadRow, Listed
from mentions.store import erasing, forgetting, queue_upkeep, suppression
from mentions.store.backups import copies_beside
from mentions.store.connecting import Connecting
from mentions.store.engine import compact
from mentions.store.erasing import Erased
from mentions.store.forgetting import KEPT_DAYS, Forgotten
from mentions.store.records import PageOutcome
from mentions.store.shielding import shielded
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

    def erase_contact(self, address: str, *, by: str, now: datetime) -> Erased:
        """Strikes a person out of everything stored, and suppresses them; see mentions.store.erasing.

        Afterwards an SQLite file is written anew, so that no free page keeps what was struck out. Raises ValueError.
        """
        with self._write() as connection:
            erased = erasing.erase(connection, self._key, address, by=by, now=now)
            queue_upkeep.drop_deleted_words(connection)
        compact(self._engine)
        return erased

    def names_suppressed(self, look: PageOutcome, html: str) -> bool:
        """Does a page name somebody who asked to be left alone, as far as they can be known again?

        What is stored of it is struck out by save_outcomes; a copy of its bytes cannot be.
        """
        whole = replace(look, text=html)
        with self._read() as connection:
            return list(shielded(connection, self._key, [whole])) != [whole]

    def backups(self) -> list[Path]:
        """The copies that upgrades and restores left beside an SQLite file, sorted: an erasure does not change them."""
        return copies_beside(self._engine.url)

    def export_contact(self, address: str) -> dict[str, object]:
        """Everything that is held about a person, as JSON values, with where and when it was found. Raises ValueError.

        Keys: "suppressed" (why they are not written to, or None) and "rows", each with its "table".
        """
        with self._read() as connection:
            domain = address.rpartition("@")[2]
            why = suppression.suppressed(connection, self._key, address, domain)
            return {"suppressed": why, "rows": erasing.held(connection, address)}

    def forget_unused_contacts(self, now: datetime, days: int = KEPT_DAYS) -> Forgotten:
        """Forgets contacts that nobody used for so many days; see mentions.store.forgetting.forget_unused."""
        with self._write() as connection:
            return forgetting.forget_unused(connection, now, days)
