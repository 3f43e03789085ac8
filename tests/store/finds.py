"""Finds for tests of lists: written straight into the tables, so that each says only what it is about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.pages import PageState
from mentions.store.engine import make_engine, parse_url
from mentions.store.models import Finding, Opportunity, Page, Publisher, Run, Target
from mentions.store.records import OpportunityState, RunState
from mentions.targets import Kind
from tests.store.building import NIGHT


@contextmanager
def tables(url: str) -> Iterator[Connection]:
    """The tables themselves, in one transaction."""
    engine = make_engine(parse_url(url), pooled=False)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def add_find(
    connection: Connection,
    number: int,
    *,
    target: str = "Acme Robotics",
    publisher: str = "courier.example",
    publisher_name: str = "The Daily Courier",
    title: str = "Robots at night",
    sentence: str = "Acme Robotics builds them.",
    matched: str = "Acme Robotics",
    verdict: Verdict = Verdict.UNLINKED,
    level: Level = Level.ASK_NOW,
    level_reasons: Sequence[str] = (),
    priority: int | None = 50,
    language: str | None = "en",
    address: str | None = None,
    at: datetime = NIGHT,
    page_state: PageState = PageState.LIVE,
    state: OpportunityState = OpportunityState.NEW,
    **human: Any,
) -> None:
    """One page with one finding and its opportunity, all of this number."""
    url = f"https://{publisher}/news/{number}"
    page = {
        "id": number,
        "key": url,
        "url": url,
        "publisher_id": _publisher(connection, publisher, publisher_name),
        "found_at": at,
        "state": page_state,
        "title": title,
        "language": language,
    }
    finding = {
        "id": number,
        "page_id": number,
        "target_id": _target(connection, target),
        "run_id": _run(connection),
        "verdict": verdict,
        "reasons": [],
        "level": level,
        "priority": priority,
        "parts": [],
        "level_reasons": list(level_reasons),
        "contact_address": address,
        "sentence": sentence,
        "matched": matched,
        "zone": Zone.BODY,
        "similarity": 1.0,
        "first_seen_at": at,
        "last_seen_at": at,
        "last_checked_at": at,
    }
    opportunity = {"id": number, "finding_id": number, "created_at": at, "state": state, "state_at": at, **human}
    for model, row in ((Page, page), (Finding, finding), (Opportunity, opportunity)):
        connection.execute(insert(model), [row])


def hours(number: int) -> datetime:
    """So many hours after the night that the tests of the store are about."""
    return NIGHT + timedelta(hours=number)


def _publisher(connection: Connection, domain: str, name: str) -> int:
    found = connection.execute(select(Publisher.id).where(Publisher.domain == domain)).scalar()
    row = {"domain": domain, "name": name, "first_seen_at": NIGHT}
    return found or connection.execute(insert(Publisher).returning(Publisher.id), row).scalar_one()


def _target(connection: Connection, name: str) -> int:
    found = connection.execute(select(Target.id).where(Target.name == name)).scalar()
    row = {"name": name, "kind": Kind.BRAND, "url": "https://acme.example/", "first_seen_at": NIGHT}
    return found or connection.execute(insert(Target).returning(Target.id), row).scalar_one()


def _run(connection: Connection) -> int:
    found = connection.execute(select(Run.id)).scalar()
    row = {
        "kind": "nightly",
        "started_at": NIGHT,
        "state": RunState.FINISHED,
        "counts": {},
        "publishers": {},
        "warnings": [],
    }
    return found or connection.execute(insert(Run).returning(Run.id), row).scalar_one()
