"""G-02: a crawl that writes, and two people who decide at the desk, all on one SQLite file.

usage: python benchmarks/writers.py [--seconds N] [--people N] [--pace N]

The real desk serves on loopback; each person puts a find off and takes it up again, over and over. Meanwhile a process
of its own saves pages as the crawl does, batch after batch: first at the pace of the fastest crawl that is likely, then
without any pause, which is the worst there can be. Asked: does anybody hear "database is locked", and how long does a
person wait for a decision? Beside it: the same people without a crawl.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from threading import Thread
from typing import Final

from httpx2 import Client

from benchmarks.common import console, finish, table
from benchmarks.desk import serving
from mentions.assessments import Assessment, Level
from mentions.extraction.article import Zone
from mentions.findings import Finding, JudgedMention, LinkDistance, Verdict
from mentions.matching.mention import Decision, Mention, Method, Sense
from mentions.pages import PageState
from mentions.publishers import Publisher
from mentions.store import open_store
from mentions.store.records import NewDraft, PageOutcome
from mentions.targets import Target

PAPER: Final = Publisher(name="The Daily Courier", domain="courier.example", feeds=("https://courier.example/rss",))
TARGET: Final = Target(name="Quillon Robotics", domains=("quillon.example",))
SENTENCES: Final = ("Quillon Robotics builds cranes.", "Quillon Robotics grows again this year.")
FINDS: Final = 400  # of which people decide, each of their own part
PACE: Final = 100.0  # pages that name us, a second; a crawl of 100 sites at one request a second finds a few of them
PAGES_A_BATCH: Final = 50  # as many as a crawl of a dozen pages a second hands to the store at once


@dataclass
class Waited:
    """What people experienced."""

    milliseconds: list[float] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)  # answers that were no decision
    crawled: int = 0  # pages saved meanwhile
    seconds: float = 0.0

    def percentile(self, nth: int) -> float:
        """Milliseconds within which so many of a hundred decisions were made."""
        return quantiles(self.milliseconds, n=100)[nth - 1]


def page(number: int, at: datetime) -> PageOutcome:
    """A page that names us twice and links nowhere."""
    url = f"https://courier.example/{number}"
    mentions = tuple(
        JudgedMention(
            Mention(
                target=TARGET.name,
                alias=TARGET.name,
                matched=TARGET.name,
                start=0,
                end=len(TARGET.name),
                zone=Zone.BODY,
                sentence=sentence,
                similarity=1.0,
                method=Method.EXACT,
                sense=Sense(Decision.US, 0.9, ("named in full",)),
            ),
            LinkDistance.NONE,
        )
        for sentence in SENTENCES
    )
    found = Finding(url, TARGET.name, Verdict.UNLINKED, mentions, reasons=("the article names us",), priority=60)
    return PageOutcome(
        key=url,
        url=url,
        publisher=PAPER.domain,
        state=PageState.LIVE,
        looked_at=at,
        final_url=url,
        http_status=200,
        content_hash=str(number),
        body_bytes=70_000,
        title=f"Cranes, part {number}",
        text=" ".join(SENTENCES) * 40,
        findings=((found, Assessment(Level.ASK_NOW, 60, (), ("worth asking",))),),
    )


def prepare(url: str) -> list[int]:
    """A database with drafts that wait; their numbers."""
    now = datetime.now(UTC)
    store = open_store(url)
    store.register([TARGET], [PAPER], now)
    store.save_outcomes(store.start_run("nightly", now), [page(number, now) for number in range(FINDS)])
    drafts = [
        NewDraft(
            opportunity_id=finding.opportunity_id,
            template="unlinked_brand/en",
            subject="Your article",
            body="Dear editor, …",
            to_name=None,
            to_address="desk@courier.example",
            contact_source_url="https://courier.example/contact",
            suggested_url="https://quillon.example/",
            suggested_anchor=TARGET.name,
            suggested_html="",
            rendered_at=now,
        )
        for finding in store.to_draft(min_priority=0)
        if finding.opportunity_id is not None
    ]
    numbers = [stored.draft.opportunity_id for stored in store.save_drafts(drafts)]
    store.close()
    return numbers


def crawl(url: str, seconds: float, pace: float) -> None:
    """Saves new pages until the time is over; prints how many. What the process of its own does.

    `pace`: pages a second; 0: without a pause.
    """
    store = open_store(url)
    run_id = store.start_run("crawl", datetime.now(UTC))
    started, number = time.monotonic(), FINDS
    until = started + seconds
    while time.monotonic() < until:
        at = datetime.now(UTC) + timedelta(microseconds=number)
        store.save_outcomes(run_id, [page(each, at) for each in range(number, number + PAGES_A_BATCH)])
        number += PAGES_A_BATCH
        if pace:
            time.sleep(max(0.0, started + (number - FINDS) / pace - time.monotonic()))
    store.close()
    print(json.dumps({"pages": number - FINDS}))


def decide(base: str, numbers: list[int], until: float, waited: Waited) -> None:
    """One person: a find is put off and taken up again, then the next; each form is sent as a browser sends it."""
    with Client(base_url=base, timeout=60, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/help").text)
        assert token, "the desk's forms have no token"
        fields = {"csrf": token[1], "days": "7"}
        revs: Counter[int] = Counter()  # the version of each find that this person saw: nobody else decides about it
        for number in _for_ever(numbers):
            for word in ("snooze", "wake"):
                started = time.perf_counter()
                answer = client.post(f"/opportunities/{number}/{word}", data=fields | {"rev": str(revs[number])})
                waited.milliseconds.append((time.perf_counter() - started) * 1000)
                revs[number] += answer.status_code == 303
                if answer.status_code != 303:
                    waited.locked.append(f"{answer.status_code}: {' '.join(answer.text.split())[-300:]}")
            if time.monotonic() >= until:
                return


def _for_ever(numbers: list[int]) -> Iterator[int]:
    while True:
        yield from numbers


def measure(folder: Path, *, seconds: float, people: int, pace: float | None) -> Waited:
    """What people experience on a fresh database, with a crawl of that pace (0: without a pause; None: without one)."""
    url = f"sqlite:///{folder / 'mentions.db'}"
    numbers = prepare(url)
    waited = Waited()
    with serving(url, folder) as (base, _), _crawl(url, seconds, pace) as process:
        started = time.monotonic()
        threads = [
            Thread(target=decide, args=(base, numbers[part::people], started + seconds, waited))
            for part in range(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        waited.seconds = time.monotonic() - started
        if process is not None:
            said, errors = process.communicate()
            if process.returncode != 0:
                waited.locked.append(f"the crawl: {errors.strip().splitlines()[-1]}")
            else:
                waited.crawled = json.loads(said)["pages"]
    return waited


@contextmanager
def _crawl(url: str, seconds: float, pace: float | None) -> Iterator["subprocess.Popen[str] | None"]:
    if pace is None:
        yield None
        return
    command = [sys.executable, "-m", "benchmarks.writers", "--crawl", url, "--seconds", str(seconds)]
    command += ["--pace", str(pace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def main() -> None:
    """Measures both, and prints them side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--people", type=int, default=2)
    parser.add_argument("--pace", type=float, default=PACE, help="pages that name us, which the crawl saves a second")
    parser.add_argument("--crawl", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        crawl(options.crawl, options.seconds, options.pace)
        return
    shown = table(
        f"{options.people} people decide for {options.seconds:.0f} s on one SQLite file",
        ("", "decisions", "p50 ms", "p95 ms", "p99 ms", "most ms", "pages saved a second", "not done"),
    )
    measured = {}
    ways = {"while a crawl writes": options.pace, "… without any pause": 0.0, "without a crawl": None}
    for name, pace in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            found = measure(Path(folder), seconds=options.seconds, people=options.people, pace=pace)
        measured[name] = found
        shown.add_row(
            name,
            f"{len(found.milliseconds):,}",
            *(f"{found.percentile(nth):.0f}" for nth in (50, 95, 99)),
            f"{max(found.milliseconds):.0f}",
            f"{found.crawled / found.seconds:.0f}",
            str(len(found.locked)),
        )
    console.print(shown)
    busy, worst, calm = measured.values()
    for line in (busy.locked + worst.locked)[:5]:
        console.print(line, markup=False)
    finish(
        "writers",
        {
            "not_done": len(busy.locked) + len(worst.locked) + len(calm.locked),
            "p99_ms": round(busy.percentile(99), 1),
            "p50_ms": round(busy.percentile(50), 1),
            "worst_p99_ms": round(worst.percentile(99), 1),
            "calm_p99_ms": round(calm.percentile(99), 1),
            "decisions": len(busy.milliseconds),
            "crawled_pages_per_s": round(busy.crawled / busy.seconds, 1),
        },
    )


if __name__ == "__main__":
    main()
