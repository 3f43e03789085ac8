"""The store's methods about contacts: who is known, whom a person chose, which pages were looked at for more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentions.outreach.contacts.model import Lead, PageContacts
from mentions.store import changes, contacts, workflow
from mentions.store.connecting import Connecting
from mentions.store.contacts import StoredContact
from mentions.undoing import CONTACT_CHOICE_BACK, CONTACT_CHOSEN


class Reaching(Connecting):
    """A part of the store."""

    def save_published(self, publisher: str, found: PageContacts, now: datetime) -> int:
        """Writes down everybody whom a page publishes, and where it says to look for more; returns how many are new.

        See contacts.save.
        """
        with self._write() as connection:
            new = contacts.save(connection, self._key, publisher, found.contacts, now) if found.contacts else 0
            if found.leads:
                contacts.save_leads(connection, self._key, publisher, found.leads, now)
            return new

    def contacts_of(self, publisher: str) -> tuple[StoredContact, ...]:
        """Everybody known at a publisher (its domain), by role and address."""
        with self._read() as connection:
            return contacts.of_publisher(connection, publisher)

    def publishers_with_contacts(self) -> tuple[str, ...]:
        """The domains of the publishers of which somebody is known, in order."""
        with self._read() as connection:
            return contacts.publishers_with_contacts(connection)

    def article_of(self, opportunity_id: int) -> tuple[str, str]:
        """The address of the article that an opportunity is about, and its publisher's domain."""
        with self._read() as connection:
            return contacts.article_of(connection, opportunity_id)

    def contacts_for(self, opportunity_id: int) -> tuple[StoredContact, ...]:
        """Who may be asked about an article: a person's choice, then the best first."""
        with self._read() as connection:
            return contacts.for_opportunity(connection, opportunity_id)

    def choose_contact(
        self, opportunity_id: int, contact_id: int | None, *, by: str, now: datetime, rev: int | None = None
    ) -> int:
        """A person's choice; None takes it back. Returns the number by which it is undone. See contacts.choose."""
        with self._write() as connection:
            before = workflow.checked(connection, opportunity_id, rev)
            made = {"contact": {"id": contacts.chosen(connection, opportunity_id)}}
            contacts.choose(connection, self._key, opportunity_id, contact_id, by=by, now=now)
            kind = CONTACT_CHOICE_BACK if contact_id is None else CONTACT_CHOSEN
            after = replace(before, rev=before.rev + 1)
            return changes.record(connection, opportunity_id, kind, before, after, by=by, now=now, made=made)

    def save_leads(self, publisher: str, leads: Sequence[Lead], now: datetime) -> None:
        """Writes down pages that may publish contacts; a known one stays as it is."""
        with self._write() as connection:
            contacts.save_leads(connection, self._key, publisher, leads, now)

    def leads_left(self, publisher: str, now: datetime) -> tuple[Lead, ...]:
        """The pages that may be looked at now; see contacts.leads_left."""
        with self._read() as connection:
            return contacts.leads_left(connection, publisher, now)

    def save_contact_look(
        self, publisher: str, url: str, *, now: datetime, problem: str | None, contacts_found: int | None
    ) -> None:
        """A page was looked at for contacts; `problem` says why it was not read."""
        with self._write() as connection:
            contacts.save_look(connection, publisher, url, now=now, problem=problem, contacts=contacts_found)

    def contact_looks_since(self, publisher: str, since: datetime) -> int:
        """How many pages of a publisher were looked at for contacts since then."""
        with self._read() as connection:
            return contacts.looks_since(connection, publisher, since)
