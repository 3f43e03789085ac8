"""What tests of looks share: nights by number, a linked article, and an opportunity whose email was sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.store import Store
from mentions.store.records import OpportunityState
from mentions.workflow import Decision, Move
from tests.store.building import DAY, NIGHT, draft, finding, link, outcome

State = OpportunityState
HOUR = timedelta(hours=1)


def at(day: float) -> datetime:
    return NIGHT + day * DAY


def linked(*rel: str, url: str = "https://acme.example/") -> tuple[object, ...]:
    verdict = Verdict.QUALIFIED if rel else Verdict.LINKED
    return finding(verdict, links=(link(url, rel=rel),), level=Level.SKIP, priority=None)


def look(store: Store, run_id: int, day: float, *findings: object, **more: object) -> None:
    store.save_outcomes(run_id, [replace(outcome(1, *findings, at=at(day)), **more)])  # type: ignore[arg-type]  # a test's own names


def sent(store: Store, run_id: int) -> int:
    """An opportunity that was found on day 0, and an email that was sent at noon."""
    look(store, run_id, 0, finding())
    (stored,) = store.findings()
    number = stored.opportunity_id
    assert number is not None
    store.save_drafts([replace(draft(number, at=at(0)), problems=())])
    store.decide(number, Decision(Move.APPROVE), by="kim", now=at(0.3))
    store.decide(number, Decision(Move.SENT), by="kim", now=at(0.5))
    return number


def kinds(store: Store, number: int) -> list[str]:
    """What looks wrote into the history."""
    ours = {"opportunity found", "draft rendered", "approve", "sent", "link found"}
    return [entry.kind for entry in store.history(number) if entry.kind not in ours]
