"""The store: plain records in and out, each method its own short transaction. SQL is in the modules beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from mentions.destinations import Destination
from mentions.exports.disavow import Disavowed
from mentions.findings import Verdict
from mentions.matching.feedback import Answer, Case
from mentions.store import answers as said
from mentions.store import (
    destinations,
    disavow,
    drafts,
    earlier,
    outcomes,
    queries,
    reclaim,
    workflow,
)
from mentions.store.addressees import Addressing
from mentions.store.admitting import Admitting
from mentions.store.approving import Approving
from mentions.store.deciding import Deciding
from mentions.store.handing import HandingOff
from mentions.store.inbound import Linking
from mentions.store.inspecting import Inspecting
from mentions.store.own_site import OwnSites
from mentions.store.private import Private
from mentions.store.publishers import Publishing
from mentions.store.queries import Filters
from mentions.store.queueing import Queueing
from mentions.store.reaching import Reaching
from mentions.store.reassessing import Reassessing
from mentions.store.rechecks import Rechecking
from mentions.store.records import (
    HistoryEntry,
    NewDraft,
    OpportunityState,
    PageOutcome,
    Saved,
    StoredDraft,
    StoredFinding,
)
from mentions.store.redrafting import Redrafting
from mentions.store.referring import Referring
from mentions.store.reports import Reporting
from mentions.store.running import Running
from mentions.store.seeking import Seeking
from mentions.store.shielding import shielded
from mentions.store.statements import chunks
from mentions.store.watching import Watching
from mentions.store.workflow import OpportunityChange
from mentions.workflow import Decision, Standing

_ROWS_AT_ONCE: Final = 200  # drafts written in one transaction


class Store(
    Seeking,
    Running,
    Private,
    HandingOff,
    Reassessing,
    Reaching,
    Redrafting,
    Deciding,
    Approving,
    Queueing,
    Publishing,
    Addressing,
    Watching,
    Reporting,
    Admitting,
    Inspecting,
    Rechecking,
    Linking,
    Referring,
    OwnSites,
):
    """An open database. Every method raises StoreError, in plain words, when the database cannot do it.

    Not to be shared by processes; each opens its own. Close it when done.
    """

    # What came of pages.

    def save_outcomes(self, run_id: int, pages: Sequence[PageOutcome]) -> Saved:
        """Writes looks with everything they proved, whole pages at a time; returns what is new.

        Writing the same look again adds nothing. A look that failed takes nothing away.
        """
        new_mentions = new_opportunities = 0
        looks: Counter[str] = Counter()
        for batch in outcomes.batches(pages):
            with self._write() as connection:
                saved = outcomes.save(connection, run_id, shielded(connection, self._key, batch))
            new_mentions += saved.new_mentions
            new_opportunities += saved.new_opportunities
            looks.update(saved.looks)
        return Saved(new_mentions, new_opportunities, looks)

    def findings(
        self,
        *,
        target: str | None = None,
        verdict: Verdict | None = None,
        publisher: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[StoredFinding]:
        """Findings sorted by publisher, page and id, read as they are asked for."""
        filters = Filters(target=target, verdict=verdict, publisher=publisher, since=since)
        with self._read() as connection:
            yield from queries.findings(connection, filters, limit)

    def counts_by_verdict(self, run_id: int | None = None) -> dict[Verdict, int]:
        """How many findings have each verdict; with `run_id` only those that this run judged last."""
        with self._read() as connection:
            return queries.counts_by_verdict(connection, run_id)

    def opportunities_by_state(self) -> dict[OpportunityState, int]:
        """How many opportunities stand where; every state is there."""
        with self._read() as connection:
            return queries.opportunities_by_state(connection)

    # Where addresses lead.

    def destinations(self, urls: Iterable[str]) -> dict[str, Destination]:
        """What is known of shorteners and of our own pages, by address; none that nobody looked at."""
        with self._read() as connection:
            return destinations.find(connection, urls)

    def own_pages(self) -> list[Destination]:
        """Every page of ours that was looked at, sorted by address."""
        with self._read() as connection:
            return destinations.own_pages(connection)

    def save_destinations(self, looks: Sequence[Destination]) -> None:
        """Writes down looks at addresses; see mentions.destinations.after."""
        with self._write() as connection:
            destinations.save(connection, looks)

    # Drafts and the reclamation list.

    def to_draft(self, *, min_priority: int) -> list[StoredFinding]:
        """Findings worth asking about that have no draft, the most worth first."""
        with self._read() as connection:
            return drafts.to_draft(connection, min_priority=min_priority)

    def save_drafts(self, new: Sequence[NewDraft]) -> list[StoredDraft]:
        """Stores drafts; returns the newest revision of each. The same text again adds none."""
        stored: list[StoredDraft] = []
        for part in chunks(new, _ROWS_AT_ONCE):
            with self._write() as connection:
                stored += drafts.save(connection, part)
        return stored

    def drafts(self, *, state: OpportunityState | None = None, target: str | None = None) -> list[StoredDraft]:
        """The newest revision of each draft, sorted by publisher, page and id."""
        with self._read() as connection:
            return drafts.find(connection, state=state, target=target)

    def earlier_texts(self, address: str, *, other_than: int) -> list[str]:
        """The texts that this person got, or may get, about other opportunities, the newest first."""
        with self._read() as connection:
            return earlier.texts_to(connection, address, other_than=other_than)

    def anchors_used(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """(page of ours, anchor) → the domains of the publishers that were, or may be, asked for it."""
        with self._read() as connection:
            return earlier.anchors_used(connection)

    # What people decide.

    def standing(self, opportunity_id: int) -> Standing:
        """Where an opportunity stands."""
        with self._read() as connection:
            return workflow.standing(connection, opportunity_id)

    def decide(
        self,
        opportunity_id: int,
        decision: Decision,
        *,
        by: str | None,
        now: datetime,
        rev: int | None = None,
        strict: bool = True,
    ) -> OpportunityChange:
        """Makes a decision; `by` None: this program. See mentions.workflow.after and outreach.approval.may_approve.

        Raises DecisionRefused with the reason, StaleRevision when the opportunity is not at `rev` any more.
        """
        with self._write() as connection:
            return workflow.decide(
                connection, opportunity_id, decision, key=self._key, by=by, now=now, rev=rev, strict=strict
            )

    def edit_draft(
        self,
        opportunity_id: int,
        *,
        subject: str,
        body: str,
        to_address: str | None,
        to_name: str | None,
        by: str,
        now: datetime,
        rev: int | None = None,
        contact_source_url: str | None = None,
        problems: Sequence[str] = (),
    ) -> StoredDraft:
        """Stores a person's text as the next revision; an approval of the old text is gone.

        `problems` is what mentions.outreach.drafts.problems_of_edited says of the new text. Raises DecisionRefused,
        StaleRevision.
        """
        with self._write() as connection:
            return workflow.edit_draft(
                connection,
                opportunity_id,
                subject=subject,
                body=body,
                to_address=to_address,
                to_name=to_name,
                contact_source_url=contact_source_url,
                problems=problems,
                by=by,
                now=now,
                rev=rev,
                key=self._key,
            )

    def history(self, opportunity_id: int) -> list[HistoryEntry]:
        """What happened to an opportunity, oldest first."""
        with self._read() as connection:
            return workflow.history(connection, opportunity_id)

    def reclaim_rows(self, filters: Filters | None = None, *, more: bool = False) -> Iterator[Mapping[str, object]]:
        """The reclamation list, one row an opportunity, read as it is asked for; see reclaim.rows."""
        with self._read() as connection:
            yield from reclaim.rows(connection, filters or Filters(), more=more)

    def count_reclaim_rows(self, filters: Filters | None = None) -> int:
        """How many rows reclaim_rows gives."""
        with self._read() as connection:
            return reclaim.count(connection, filters or Filters())

    def disavow(self, domain: str, *, reason: str | None, by: str, now: datetime) -> bool:
        """Marks a domain for the disavow file; returns whether it is new."""
        with self._write() as connection:
            return disavow.add(connection, domain, reason=reason, by=by, now=now)

    def no_longer_disavow(self, domain: str, *, by: str, now: datetime) -> bool:
        """Takes the mark away; returns whether there was one."""
        with self._write() as connection:
            return disavow.remove(connection, domain, by=by, now=now)

    def disavowed(self) -> list[Disavowed]:
        """The domains that a person marked, sorted."""
        with self._read() as connection:
            return disavow.find(connection)

    # What people said of senses.

    def case(self, opportunity_id: int) -> Case:
        """What is known of an opportunity that a person answers about; see answers.case."""
        with self._read() as connection:
            return said.case(connection, opportunity_id)

    def save_answers(self, answers: Sequence[Answer]) -> int:
        """Writes people's answers; of one mention the newest counts. Returns how many changed what was known."""
        with self._write() as connection:
            return said.save(connection, answers)

    def answers(self, *, target: str | None = None) -> list[Answer]:
        """Every answer, sorted by target, page and sentence."""
        with self._read() as connection:
            return said.find(connection, target=target)
