"""How fast drafts are written and the reclamation list is exported, and how much memory that takes.

usage: python benchmarks/drafts.py [--count N]

Invented findings go the whole way: stored, rendered and linted, stored as drafts, built as .eml, exported as CSV.
Beside it in the same run: the bare Jinja2 rendering of one of our templates, and csv.writer on the same rows.
"""

import argparse
import csv
import io
import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from jinja2 import Environment

from benchmarks.common import ROOT, best_of, console, cpu_seconds, finish, table
from mentions.config import Sender
from mentions.exports.writing import Format, write_table
from mentions.extraction.article import Zone
from mentions.findings import Finding, JudgedMention, LinkDistance, Verdict
from mentions.matching.mention import Decision, Mention, Method, Sense
from mentions.opportunities import assess
from mentions.outreach.drafts import render_draft
from mentions.outreach.eml import as_eml
from mentions.pages import PageState
from mentions.publishers import Publisher
from mentions.store import Store, open_store
from mentions.store.records import PageOutcome, StoredFinding
from mentions.targets import Target, TargetPage

NOW: Final = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
BATCH: Final = 500
TARGET: Final = Target(
    name="Quillon Robotics",
    aliases=("Quillon",),
    domains=("quillon.example",),
    pages=(TargetPage(url="https://quillon.example/report", when=("report", "survey", "Studie")),),
)
SENDER: Final = Sender(
    name="Mara Lindqvist",
    role="Communications",
    email="mara@quillon.example",
    company="Quillon Robotics",
    postal_address="12 Harbour Street, 20457 Hamburg",
)
SENTENCES: Final = (
    "According to Quillon's State of the Warehouse report, one hall in three works at night without people.",
    "A machine by Quillon sorts the parcels while the town sleeps, and nobody has missed one yet.",
    "Die Studie der Quillon zeigt, dass jede dritte Halle nachts ohne Menschen arbeitet.",
)
LANGUAGES: Final = ("en", "en", "de", "fr")
PUBLISHERS: Final = tuple(
    Publisher(name=f"The Courier {n}", domain=f"courier{n}.example", feeds=(f"https://courier{n}.example/rss",))
    for n in range(50)
)


def outcomes(count: int) -> Iterator[PageOutcome]:
    """So many pages that name us without a link."""
    for number in range(count):
        publisher = PUBLISHERS[number % len(PUBLISHERS)]
        url = f"https://{publisher.domain}/news/{number:06d}"
        sentence = SENTENCES[number % len(SENTENCES)]
        start = sentence.index("Quillon")
        sense = Sense(Decision.US, 0.9, ("named in full",))
        mention = Mention(
            TARGET.name, "Quillon", "Quillon", start, start + 7, Zone.BODY, sentence, 1.0, Method.EXACT, sense
        )
        published = NOW - timedelta(days=number % 90)
        finding = Finding(
            url, TARGET.name, Verdict.UNLINKED, (JudgedMention(mention, LinkDistance.NONE),), published=published
        )
        yield PageOutcome(
            url,
            url,
            publisher.domain,
            PageState.LIVE,
            NOW,
            title=f"Hall number {number} works at night",
            author="Jane Doering",
            published=published,
            language=LANGUAGES[number % len(LANGUAGES)],
            findings=((finding, assess(finding, TARGET, now=NOW, publisher=publisher)),),
        )


def filled(store: Store, count: int) -> None:
    """Stores the pages in batches, as a run does."""
    store.register([TARGET], list(PUBLISHERS), NOW)
    run_id = store.start_run("nightly", NOW)
    batch: list[PageOutcome] = []
    for outcome in outcomes(count):
        batch.append(outcome)
        if len(batch) == BATCH:
            store.save_outcomes(run_id, batch)
            batch = []
    if batch:
        store.save_outcomes(run_id, batch)


def bare_jinja(findings: list[StoredFinding]) -> None:
    """The least any drafting costs: one template of the same length, rendered, nothing else."""
    source = (ROOT / "templates/outreach/unlinked_brand/en/body.txt").read_text(encoding="utf-8")
    template = Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True).from_string(source)
    for finding in findings:
        template.render(
            article={"title": finding.page_title, "url": finding.page_url},
            mention={"sentence": finding.sentence, "in_headline": False, "in_caption": False},
            target={"name": finding.target},
            link={"url": TARGET.link_url, "anchor": finding.matched, "html": "", "special_page": False},
        )


def bare_csv(rows: list[tuple[str, ...]]) -> None:
    """The least any CSV export costs: csv.writer on finished strings."""
    csv.writer(io.StringIO(), quoting=csv.QUOTE_ALL).writerows(rows)


def peak_mb() -> float:
    """The most memory this process ever held, MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=20_000, help="opportunities (default: 20,000)")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/mentions.db")
        filled(store, count)
        at_start_mb = peak_mb()
        findings = store.to_draft(min_priority=0)
        measure(store, findings, Path(folder), at_start_mb)


def measure(store: Store, findings: list[StoredFinding], folder: Path, at_start_mb: float) -> None:
    """Runs every part once (the baselines: best of three) and prints what it cost."""
    count = len(findings)
    publishers = {publisher.domain: publisher for publisher in PUBLISHERS}
    render_s = store_s = eml_s = 0.0
    for start in range(0, count, BATCH):
        part = findings[start : start + BATCH]
        with cpu_seconds() as elapsed:
            drafts = [render_draft(each, TARGET, SENDER, publishers[each.publisher], now=NOW) for each in part]
            render_s += elapsed()
        with cpu_seconds() as elapsed:
            stored = store.save_drafts(drafts)
            store_s += elapsed()
        with cpu_seconds() as elapsed:
            for draft in stored:
                as_eml(draft, SENDER)
            eml_s += elapsed()
    peak_after_drafts = peak_mb()
    path = folder / "reclaim.csv"
    with cpu_seconds() as elapsed, path.open("wb") as stream:
        exported = write_table(store.reclaim_rows(), stream, Format.CSV)
        export_s = elapsed()
    peak_after_export = peak_mb()
    jinja_s, _ = best_of(3, lambda: bare_jinja(findings))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    csv_s, _ = best_of(3, lambda: bare_csv(rows))
    shown = table(f"{count:,} opportunities, CPU of one core", ("", "µs each", "a second"))
    for name, seconds in (
        ("bare Jinja2, one template", jinja_s),
        ("draft: place, render, lint", render_s),
        ("draft stored (SQLite)", store_s),
        ("draft as .eml, parsed again and compared", eml_s),
        ("csv.writer on finished strings", csv_s),
        ("exported from the store as CSV", export_s),
    ):
        shown.add_row(name, f"{seconds / count * 1e6:,.0f}", f"{count / seconds:,.0f}")
    console.print(shown)
    console.print(f"memory: {at_start_mb:.0f} MB before drafting, {peak_after_drafts:.0f} MB at most while drafting")
    finish(
        "drafts",
        {
            "drafts_per_s": round(count / render_s),
            "eml_per_s": round(count / eml_s),
            "export_rows_per_s": round(exported / export_s),
            "peak_mb": round(peak_after_export),
            "opportunities": count,
        },
    )


if __name__ == "__main__":
    main()
