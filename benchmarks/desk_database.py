"""A database of some years' finds for the benchmark of the review desk: invented, and spread as such finds are.

A few publishers bring most of the finds; a few targets are named in most of them; most finds are closed, some wait.
Rows go straight into the tables, for writing 200,000 findings the way of the crawl would measure the crawl.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from mentions.extraction.article import Zone
from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.outreach.contacts.model import Confidence, Role
from mentions.pages import PageState
from mentions.publishers import SourceKind
from mentions.store import open_store
from mentions.store.engine import make_engine, parse_url
from mentions.store.models import (
    Base,
    Contact,
    Draft,
    Event,
    Finding,
    Opportunity,
    Page,
    Publisher,
    Run,
    Source,
    Target,
)
from mentions.store.records import OpportunityState, RunState
from mentions.targets import Kind

PUBLISHERS: Final = 4_000
TARGETS: Final = (
    "Quillon Robotics",
    "Quillon",
    "Tallgrass Index",
    "Marrowby",
    "Fen & Moor",
    "Ostrava Pump",
    "Hallo Kurier",
)
PEOPLE: Final = ("ada", "bo", "cleo", "dev", "eszter")
_BATCH: Final = 5_000
_YEARS: Final = 3

# How many of a hundred opportunities stand where, after some years.
_STATES: Final = {
    OpportunityState.NEW: 22,
    OpportunityState.DRAFTED: 18,
    OpportunityState.APPROVED: 1,
    OpportunityState.HANDED_OFF: 1,
    OpportunityState.SENT: 9,
    OpportunityState.REPLIED: 2,
    OpportunityState.RECLAIMED: 11,
    OpportunityState.DECLINED: 4,
    OpportunityState.NO_REPLY: 10,
    OpportunityState.IGNORED: 20,
    OpportunityState.SUPPRESSED: 2,
}
_VERDICTS: Final = {Verdict.UNLINKED: 78, Verdict.BARE_URL: 4, Verdict.OUTSIDE: 10, Verdict.MISDIRECTED: 8}
_LEVELS: Final = {Level.ASK_NOW: 50, Level.ASK_AFTER_FIX: 5, Level.HOLD: 30, Level.SKIP: 15}
_LANGUAGES: Final = {"en": 60, "de": 20, "fr": 8, "es": 6, "nl": 4, "ja": 1, None: 1}
_SYLLABLES: Final = (
    "ar",
    "bel",
    "cor",
    "den",
    "el",
    "fas",
    "gor",
    "hin",
    "il",
    "jur",
    "kal",
    "lim",
    "mon",
    "nur",
    "os",
    "pel",
)


def build(
    url: str, *, opportunities: int, now: datetime, seed: int = 5, on_rows: Callable[[int], object] = int
) -> None:
    """Makes the database at `url` with so many opportunities of the years before `now`, the same for the same seed.

    `on_rows` hears how many opportunities more were written; by itself nobody listens.
    """
    open_store(url).close()
    engine = make_engine(parse_url(url))
    made = _Made(random.Random(seed), opportunities, now)
    with engine.begin() as connection:
        for model, some in made.few():
            connection.execute(insert(model), list(some))
    for start in range(1, opportunities + 1, _BATCH):
        numbers = range(start, min(start + _BATCH, opportunities + 1))
        with engine.begin() as connection:
            for model, rows in made.many(numbers):
                if rows:
                    connection.execute(insert(model), rows)
        on_rows(len(numbers))
    store = open_store(url)
    store.fold_counts()  # as every night ends
    store.close()
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


class _Made:
    """Rows of every table, by number."""

    def __init__(self, chance: random.Random, opportunities: int, now: datetime) -> None:
        self._chance = chance
        self._now = now
        self._opportunities = opportunities
        self._words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(30_000)]

    def few(self) -> Iterator[tuple[type[Base], Iterator[dict[str, Any]]]]:
        """What there is some of: targets, publishers, sources, contacts and runs."""
        early = self._now - timedelta(days=365 * _YEARS)
        yield (
            Target,
            (
                {
                    "id": n,
                    "name": name,
                    "kind": Kind.BRAND,
                    "url": "https://quillon.example/",
                    "first_seen_at": early,
                    "retired_at": None,
                }
                for n, name in enumerate(TARGETS, 1)
            ),
        )
        yield (
            Publisher,
            (
                {
                    "id": n,
                    "domain": f"paper{n}.example",
                    "name": f"The {self._words[n].title()} Paper",
                    "language": "en",
                    "caveat": None,
                    "first_seen_at": early,
                }
                for n in range(1, PUBLISHERS + 1)
            ),
        )
        yield (
            Source,
            (
                {
                    "url": f"https://paper{n}.example/rss",
                    "publisher_id": n,
                    "kind": SourceKind.FEED,
                    "last_looked_at": self._now,
                    "last_good_at": self._now,
                    "found": 20,
                }
                for n in range(1, PUBLISHERS + 1)
            ),
        )
        yield (
            Contact,
            (
                {
                    "id": n,
                    "publisher_id": n,
                    "email": f"desk{n}@paper{n}.example",
                    "name": None,
                    "role": Role.NEWSROOM.value,
                    "confidence": Confidence.HIGH.value,
                    "source_url": f"https://paper{n}.example/contact",
                    "why": "contact page",
                    "first_seen_at": early,
                    "last_seen_at": self._now,
                }
                for n in range(1, PUBLISHERS, 2)
            ),
        )
        yield (
            Run,
            (
                {
                    "id": n,
                    "kind": "nightly",
                    "started_at": self._now - timedelta(days=30 - n, hours=5),
                    "ended_at": self._now - timedelta(days=30 - n, hours=3),
                    "state": RunState.FINISHED,
                    "counts": {"pages/fetched": 4000, "pages/judged": 180},
                    "publishers": {},
                    "warnings": [],
                }
                for n in range(1, 31)
            ),
        )

    def many(self, numbers: range) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
        """What there is much of, for opportunities of these numbers: pages, findings, drafts, events."""
        made = [self._one(number) for number in numbers]
        for model in (Page, Finding, Opportunity, Draft, Event):
            yield model, [rows[model] for rows in made if model in rows]

    def _one(self, number: int) -> dict[type[Base], dict[str, Any]]:
        chance = self._chance
        publisher = int(PUBLISHERS * chance.random() ** 3) + 1  # the first brings one find in sixteen
        found = self._now - timedelta(days=365 * _YEARS) * (1 - number / self._opportunities)
        state, level = _one_of(chance, _STATES), _one_of(chance, _LEVELS)
        if state not in {OpportunityState.NEW, OpportunityState.IGNORED}:
            level = Level.ASK_NOW
        moved = min(self._now, found + timedelta(hours=chance.randint(0, 200)))
        target = min(int(chance.paretovariate(1.0)), len(TARGETS))
        name = TARGETS[target - 1]
        address = f"desk{publisher}@paper{publisher}.example" if chance.random() < 0.6 else None
        open_one = state in {OpportunityState.NEW, OpportunityState.DRAFTED}
        url = f"https://paper{publisher}.example/news/{number}"
        rows: dict[type[Base], dict[str, Any]] = {
            Page: {
                "id": number,
                "key": url,
                "url": url,
                "publisher_id": publisher,
                "found_at": found,
                "state": PageState.LIVE,
                "last_good_at": found,
                "final_url": url,
                "http_status": 200,
                "title": self._sentence(9).capitalize(),
                "author": "A. Writer",
                "published_at": found,
                "language": _one_of(chance, _LANGUAGES),
                "last_looked_at": found,
                "body_bytes": 40_000,
            },
            Finding: {
                "id": number,
                "page_id": number,
                "target_id": target,
                "run_id": 1,
                "verdict": _one_of(chance, _VERDICTS),
                "reasons": ["the article names us and nothing on the page links to us"],
                "level": level,
                "priority": None if level is Level.SKIP else min(100, max(0, int(chance.gauss(55, 18)))),
                "parts": [],
                "level_reasons": ["worth asking: the article names us and does not link to us"],
                "contact_address": address,
                "sentence": f"{self._sentence(12).capitalize()} {name} {self._sentence(14)}.",
                "matched": name,
                "zone": Zone.BODY,
                "similarity": 1.0,
                "first_seen_at": found,
                "last_seen_at": found,
                "last_checked_at": found,
            },
            Opportunity: {
                "id": number,
                "finding_id": number,
                "created_at": found,
                "state": state,
                "state_at": moved,
                "state_by": None if state is OpportunityState.NEW else chance.choice(PEOPLE),
                "rev": 0,
                "assigned_to": chance.choice(PEOPLE) if open_one and chance.random() < 0.2 else None,
                "sent_at": moved
                if state in {OpportunityState.SENT, OpportunityState.REPLIED, OpportunityState.NO_REPLY}
                else None,
                "snoozed_until": self._now + timedelta(days=9) if open_one and chance.random() < 0.03 else None,
            },
            Event: {
                "at": moved,
                "kind": "opportunity found",
                "subject": f"opportunity/{number}",
                "actor": None,
                "detail": {},
            },
        }
        if state not in {OpportunityState.NEW, OpportunityState.IGNORED}:
            rows[Draft] = {
                "opportunity_id": number,
                "revision": 1,
                "template": "unlinked_brand/en",
                "subject": "A link in your article",
                "body": "Hello,\n\nyour article names us. Would you add a link?\n\nThank you",
                "to_address": address,
                "suggested_url": "https://quillon.example/",
                "suggested_anchor": name,
                "suggested_html": f'<a href="https://quillon.example/">{name}</a>',
                "problems": [],
                "message_id": f"<{number}@quillon.example>",
                "rendered_at": found,
            }
        return rows

    def _sentence(self, words: int) -> str:
        chosen = (self._words[int(len(self._words) * self._chance.random() ** 3)] for _ in range(words))
        return " ".join(chosen)


def _one_of(chance: random.Random, shares: Mapping[Any, int]) -> Any:
    return chance.choices(list(shares), list(shares.values()))[0]
