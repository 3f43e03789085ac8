"""G-10: whatever a crawl writes, in whatever order, what people decided stays, and nothing leaves a final state."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, update

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.store import Store, open_store
from mentions.store.engine import make_engine, parse_url
from mentions.store.models import Event, Finding, Mention, Opportunity
from mentions.store.records import OpportunityState
from tests.store.building import ACME, COURIER, NIGHT, ORBIT, draft, finding, found, link, outcome

HUMAN = (
    "state_by",
    "rev",
    "assigned_to",
    "contact_id",
    "approved_by",
    "approved_at",
    "handed_off_via",
    "handed_off_at",
    "sent_at",
    "snoozed_until",
    "reason",
    "note",
)
FINAL = (OpportunityState.IGNORED, OpportunityState.DECLINED, OpportunityState.SUPPRESSED)
PAGES = st.integers(0, 2)
# What drafting and looking may make of a state in any number of runs: a link that came may go, and be asked for again.
ASKED_ANEW = {OpportunityState.NEW, OpportunityState.DRAFTED, OpportunityState.RECLAIMED}
MOVES = {
    OpportunityState.NEW: {OpportunityState.DRAFTED},
    OpportunityState.APPROVED: ASKED_ANEW,
    OpportunityState.RECLAIMED: ASKED_ANEW,
    OpportunityState.NO_REPLY: ASKED_ANEW,
    OpportunityState.HANDED_OFF: ASKED_ANEW,
    OpportunityState.SENT: ASKED_ANEW,
    OpportunityState.REPLIED: ASKED_ANEW,
}


class Crawls(RuleBasedStateMachine):
    """Runs of the crawler and people at the desk, taking turns."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'mentions.db'}"
        self.store: Store = open_store(url)
        self.engine = make_engine(parse_url(url))
        self.at = NIGHT
        self.decided: dict[int, dict[str, Any]] = {}
        self.senses: dict[int, tuple[Any, ...]] = {}
        self.events = 0

    @initialize()
    def start(self) -> None:
        self.store.register([ACME, ORBIT], [COURIER], self.at)
        self.run_id = self.store.start_run("nightly", self.at)

    def teardown(self) -> None:
        self.store.close()
        self.engine.dispose()
        self.folder.cleanup()

    # What a crawl does.

    @rule(
        page=PAGES,
        state=st.sampled_from(PageState),
        status=st.sampled_from([200, 304, 403, 404, 503, None]),
        verdict=st.none() | st.sampled_from(Verdict),
        level=st.sampled_from(Level),
        sentences=st.lists(st.sampled_from(["Acme grows.", "Acme wins."]), max_size=2),
        hours=st.integers(-2, 40),
    )
    def look(
        self,
        page: int,
        state: PageState,
        status: int | None,
        verdict: Verdict | None,
        level: Level,
        sentences: list[str],
        hours: int,
    ) -> None:
        self.at += timedelta(hours=hours)
        links = (link(),) if verdict in {Verdict.LINKED, Verdict.QUALIFIED, Verdict.MISDIRECTED} else ()
        judged = [finding(verdict, sentences=sentences, links=links, level=level)] if verdict else []
        self.store.save_outcomes(self.run_id, [outcome(page, *judged, at=self.at, state=state, http_status=status)])

    @rule(page=PAGES)
    def find(self, page: int) -> None:
        self.store.add_found([found(page, at=self.at)])

    @rule(watched=st.sampled_from([(ACME, ORBIT), (ORBIT,), (ACME,)]))
    def configure(self, watched: tuple[Any, ...]) -> None:
        # A crawl that judges for a target registers it first; both are put back for the next look.
        self.store.register(list(watched), [COURIER], self.at)
        self.store.register([ACME, ORBIT], [COURIER], self.at)

    @rule(subject=st.sampled_from(["One", "Two"]))
    def write_drafts(self, subject: str) -> None:
        with self.engine.begin() as connection:
            ids = list(connection.execute(select(Opportunity.id)).scalars())
        self.store.save_drafts([draft(number, subject=subject, at=self.at) for number in ids])

    @rule()
    def next_run(self) -> None:
        self.run_id = self.store.start_run("nightly", self.at)

    # What people do.

    @rule(state=st.sampled_from(OpportunityState), note=st.none() | st.just("call first"), assigned=st.booleans())
    def decide(self, state: OpportunityState, note: str | None, *, assigned: bool) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                update(Opportunity).values(
                    state=state,
                    state_by="kim",
                    note=note,
                    reason="why not",
                    assigned_to="kim" if assigned else None,
                    approved_by="kim",
                    approved_at=self.at,
                    rev=Opportunity.rev + 1,
                )
            )
            connection.execute(update(Mention).values(person_sense="not_us", person_sense_by="kim"))
            self.decided = {row.id: dict(row._mapping) for row in connection.execute(select(Opportunity.__table__))}
            self.senses = {
                row.id: (row.person_sense, row.person_sense_by)
                for row in connection.execute(select(Mention.id, Mention.person_sense, Mention.person_sense_by))
            }

    # What must hold after each.

    @invariant()
    def people_s_columns_are_theirs(self) -> None:
        now = self._all(lambda connection: connection.execute(select(Opportunity.__table__)))
        for number, before in self.decided.items():
            after = now[number]
            kept = [name for name in HUMAN if name != "state_by"]
            assert [after[name] for name in kept] == [before[name] for name in kept]
            if after["state"] is before["state"]:
                continue
            assert after["state"] in MOVES.get(before["state"], ()), (before["state"], after["state"])
            if before["state"] in FINAL:
                assert after["state"] is before["state"]
        senses = self._all(lambda c: c.execute(select(Mention.id, Mention.person_sense, Mention.person_sense_by)))
        for number, said in self.senses.items():
            assert (senses[number]["person_sense"], senses[number]["person_sense_by"]) == said

    @invariant()
    def times_run_forward_and_nothing_is_lost(self) -> None:
        for row in self._all(lambda c: c.execute(select(Finding.__table__))).values():
            assert row["first_seen_at"] <= row["last_seen_at"] <= row["last_checked_at"]
        events = len(self._all(lambda c: c.execute(select(Event.__table__))))
        assert events >= self.events
        self.events = events

    def _all(self, ask: Callable[[Any], Any]) -> dict[int, dict[str, Any]]:
        with self.engine.begin() as connection:
            return {row.id: dict(row._mapping) for row in ask(connection)}


Crawls.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
TestCrawls = Crawls.TestCase
