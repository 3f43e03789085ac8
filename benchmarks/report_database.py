"""What reports count, added to the years of benchmarks/desk_database.py; and how long reports of it take."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import insert, select, update

from benchmarks.common import console, table
from mentions.extraction.article import Zone
from mentions.inbound.tallies import own_publishers
from mentions.own_pages.reading import read_tallies
from mentions.rechecking import Happening, Truth
from mentions.reporting.facts import By
from mentions.reporting.periods import period
from mentions.reporting.report import report
from mentions.store import open_store
from mentions.store.engine import make_engine, parse_url
from mentions.store.models import Event, Finding, Link, Opportunity
from mentions.store.records import OpportunityState
from mentions.targets import Target

Answer = TypeVar("Answer")

_BATCH: Final = 5_000
_ASKED: Final = (
    OpportunityState.SENT,
    OpportunityState.REPLIED,
    OpportunityState.RECLAIMED,
    OpportunityState.NO_REPLY,
    OpportunityState.DECLINED,
)
_PAGES_OF_OURS: Final = 400
_OURS: Final = Target(name="Quillon Robotics", domains=("quillon.example",), url="https://quillon.example/")


def add_outcomes(url: str, *, seed: int = 7) -> int:
    """Adds the events that the opportunities' states tell of, and links; returns how many events.

    Everybody who was asked has an email, a third a follow-up; three pages of four that name us hold a link of ours.
    """
    chance = random.Random(seed)
    engine = make_engine(parse_url(url))
    with engine.begin() as connection:
        asked = connection.execute(
            select(Opportunity.id, Opportunity.state, Opportunity.created_at, Opportunity.finding_id).where(
                Opportunity.state.in_(_ASKED)
            )
        ).all()
        events = [event for row in asked for event in _events(row, chance)]
        for start in range(0, len(events), _BATCH):
            connection.execute(insert(Event), events[start : start + _BATCH])
        for row in asked[:: len(asked) // 2_000 or 1]:
            sent = row.created_at + timedelta(days=2)
            connection.execute(update(Opportunity).where(Opportunity.id == row.id).values(sent_at=sent))
        findings = connection.execute(select(Finding.id, Finding.first_seen_at, Finding.last_checked_at)).all()
        links = [link for row in findings if chance.random() < 0.75 for link in _links(row, chance)]
        for start in range(0, len(links), _BATCH):
            connection.execute(insert(Link), links[start : start + _BATCH])
    engine.dispose()
    return len(events)


def report_figures(
    url: str, events: int, *, now: datetime, on_report: Callable[[], None] = lambda: None
) -> dict[str, object]:
    """Seconds of the slowest report of the last 30 days and of everything, each group once: wall clock and CPU.

    `events`: how many `add_outcomes` added; `on_report` is called after each report.
    """
    store = open_store(url)
    shown = table(f"reports over {events:,} events", ("", "of 30 days, s", "of everything, s", "CPU s"))
    slowest = {"30d": 0.0, "all": 0.0}
    cpu = 0.0
    for by in By:
        took = {}
        for since in slowest:
            about = period(since, None, now=now)
            began, cpu_began = time.perf_counter(), time.process_time()
            report(store.report_facts(about, by), about, by, now=now)
            on_report()
            took[since], used = time.perf_counter() - began, time.process_time() - cpu_began
            slowest[since], cpu = max(slowest[since], took[since]), max(cpu, used)
        shown.add_row(f"by {by.value}", f"{took['30d']:.2f}", f"{took['all']:.2f}", f"{used:.2f}")
    store.close()
    console.print(shown)
    return {
        "report_s": round(slowest["30d"], 2),
        "report_of_everything_s": round(slowest["all"], 2),
        "report_cpu_s": round(cpu, 2),
    }


def link_figures(url: str) -> dict[str, object]:
    """CPU seconds in which it is known who links to us: by page of ours (as /pages shows), and by referring domain."""
    store = open_store(url)
    pages, pages_s = timed(lambda: read_tallies(store, [_OURS]))
    own = own_publishers([_OURS])
    domains, domains_s = timed(lambda: store.referring_domains(own_domains=own))
    store.close()
    shown = table("who links to us", ("", "how many", "CPU s"))
    shown.add_row("pages of ours", f"{len(pages):,}", f"{pages_s:.2f}")
    shown.add_row("referring domains", f"{len(domains):,}", f"{domains_s:.2f}")
    console.print(shown)
    return {"own_pages_s": round(pages_s, 2), "referring_domains_s": round(domains_s, 2)}


def timed(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """Whatever it returns, with its CPU seconds."""
    started = time.process_time()
    answer = work()
    return answer, time.process_time() - started


def _events(row: Any, chance: random.Random) -> Iterator[dict[str, Any]]:
    def event(kind: str, days: float, **detail: object) -> dict[str, Any]:
        at = row.created_at + timedelta(days=days)
        return {"at": at, "kind": kind, "subject": f"opportunity/{row.id}", "actor": None, "detail": detail}

    yield event("sent", 2)
    if chance.random() < 1 / 3:
        yield event("sent", 8)
    if row.state in {OpportunityState.REPLIED, OpportunityState.RECLAIMED}:
        yield event("replied", 4)
    if row.state is OpportunityState.RECLAIMED:
        truth = chance.choice((Truth.LINKED, Truth.LINKED, Truth.QUALIFIED))
        yield event(Happening.RECLAIMED.value, 3 + chance.random() * 30, truth=truth.value, url="https://q.example/")
        if chance.random() < 0.1:
            yield event(Happening.LINK_LOST.value, 60, truth=Truth.UNLINKED.value)
    if row.state is OpportunityState.DECLINED:
        yield event("declined", 5)
    if row.state is OpportunityState.NO_REPLY:
        yield event("no reply", 30)


def _links(row: Any, chance: random.Random) -> Iterator[dict[str, Any]]:
    url = f"https://quillon.example/page/{int(chance.random() ** 3 * _PAGES_OF_OURS)}"
    stands = chance.random() < 0.95
    yield {
        "finding_id": row.id,
        "link_key": f"{row.id:032x}",
        "nth": 0,
        "place": 0,
        "url": url,
        "effective_url": url,
        "rel": [],
        "zone": Zone.BODY,
        "anchor": "Quillon Robotics",
        "ours": True,
        "hidden": False,
        "first_seen_at": row.first_seen_at,
        "last_seen_at": row.last_checked_at if stands else row.first_seen_at,
    }
