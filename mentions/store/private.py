"""The store's methods about people: who must not be written to."""

from datetime import datetime

from mentions.outreach.suppression import Suppression, SuppressionKind, SuppressionList
from mentions.store import suppression
from mentions.store.connecting import Connecting


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

    def put_suppression(self, entry: Suppression) -> bool:
        """An entry of another store's list, domain or hash; False: it was there. Raises ValueError, StoreError."""
        with self._write() as connection:
            if entry.kind is SuppressionKind.DOMAIN:
                key = None
            else:
                key = suppression.key_for_writing(connection, self._key)
                suppression.check_same_key(entry, key)
            return suppression.put(
                connection,
                entry.kind,
                entry.value,
                key=key,
                reason=entry.reason,
                by=entry.created_by,
                now=entry.created_at,
            )
