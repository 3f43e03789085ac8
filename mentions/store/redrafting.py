"""What a person wants an email to ask for: the page of ours, the words that carry the link; and the text for it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mentions.exceptions import DecisionRefused
from mentions.store import changes, workflow
from mentions.store.connecting import Connecting
from mentions.store.models import Event, Opportunity
from mentions.store.records import NewDraft, OpportunityState, StoredDraft
from mentions.undoing import LINK_CHOICE_BACK, LINK_CHOSEN

_OPEN = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})


class Redrafting(Connecting):
    """Part of mentions.store.Store."""

    def redraft(self, new: NewDraft, *, by: str, now: datetime, rev: int | None = None) -> StoredDraft:
        """Stores a text of ours that a person asked for, in the place of any text; the old one stays a revision.

        An approval is taken back. Raises DecisionRefused, StaleRevision.
        """
        with self._write() as connection:
            return workflow.redraft(connection, new, by=by, now=now, rev=rev, key=self._key)

    def choose_link(
        self,
        opportunity_id: int,
        url: str | None,
        anchor: str | None,
        *,
        by: str,
        now: datetime,
        rev: int | None = None,
    ) -> int:
        """Keeps which page of ours should be linked, and by which words; None: as the sentence calls for.

        Returns the number by which it is undone. The texts of drafts stay as they are: `redraft` follows. Raises
        DecisionRefused once the email is approved, StaleRevision.
        """
        with self._write() as connection:
            return choose_link(connection, opportunity_id, url, anchor, by=by, now=now, rev=rev)


def choose_link(
    connection: Connection,
    opportunity_id: int,
    url: str | None,
    anchor: str | None,
    *,
    by: str,
    now: datetime,
    rev: int | None,
) -> int:
    """Writes the choice and one event; returns the number of the change."""
    standing = workflow.checked(connection, opportunity_id, rev)
    if standing.state not in _OPEN:
        state = standing.state.value.replace("_", " ")
        raise DecisionRefused(f"draft {opportunity_id}: it is {state}; what it asks for does not change any more")
    of_this = Opportunity.id == opportunity_id
    old = connection.execute(select(Opportunity.link_url, Opportunity.link_anchor).where(of_this)).one()
    connection.execute(
        update(Opportunity).where(of_this).values(link_url=url, link_anchor=anchor, rev=Opportunity.rev + 1)
    )
    detail: dict[str, Any] = {"url": url, "anchor": anchor}
    kind = LINK_CHOSEN if url or anchor else LINK_CHOICE_BACK
    event = {"at": now, "kind": kind, "subject": f"opportunity/{opportunity_id}", "actor": by}
    connection.execute(insert(Event), [event | {"detail": {k: v for k, v in detail.items() if v is not None}}])
    made = {"link": {"url": old.link_url, "anchor": old.link_anchor}}
    after = replace(standing, rev=standing.rev + 1)
    return changes.record(connection, opportunity_id, kind, standing, after, by=by, now=now, made=made)
