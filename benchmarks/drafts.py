"""How fast drafts are written and the reclamation list is exported, and how much memory that takes.

usage: python benchmarks/drafts.py [--count N] [--drafts N]

Invented findings go the whole way: stored, rendered and linted, stored as drafts, built as .eml, exported as CSV, XLSX
and JSON Lines. Beside it in the same run: the bare Jinja2 rendering of one of our templates, csv.writer on finished
strings, and pandas' to_csv and to_excel on the same rows out of the same store (pip install pandas; left out where it
is missing). Each export runs in a process of its own, so that its memory is its own.
"""

import argparse
import csv
import io
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from jinja2 import Environment

from benchmarks.common import ROOT, best_of, console, cpu_seconds, finish, table
from mentions.config import Sender
from mentions.exports.columns import RECLAIM
from mentions.exports.writing import Format, save_table
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
    """The most memory this process ever held, MB. On Linux not from getrusage, which starts at the parent's peak."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1_000
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_000_000 if sys.platform == "darwin" else 1_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one export cost."""

    cpu_s: float
    rows: int
    peak_mb: float


def exported(folder: str, form: str) -> Cost:
    """One of our exports, as `mentions export` writes it."""
    store = open_store(f"sqlite:///{folder}/mentions.db")
    with cpu_seconds() as elapsed:
        rows = save_table(store.reclaim_rows(), Path(folder) / f"reclaim.{form}", Format(form))
        return Cost(elapsed(), rows, peak_mb())


def exported_by_pandas(folder: str, form: str) -> Cost:
    """The same rows as a DataFrame, written by pandas. It guards no cell against formulas."""
    import pandas as pd

    store = open_store(f"sqlite:///{folder}/mentions.db")
    with cpu_seconds() as elapsed:
        frame = pd.DataFrame(list(store.reclaim_rows()), columns=list(RECLAIM))
        if form == "csv":
            frame.to_csv(Path(folder) / "pandas.csv", index=False, quoting=csv.QUOTE_ALL)
        else:
            for column in frame.select_dtypes(include=["datetimetz"]).columns:  # a workbook knows no time zones
                frame[column] = frame[column].dt.tz_localize(None)
            frame.to_excel(Path(folder) / "pandas.xlsx", index=False, engine="xlsxwriter")
        return Cost(elapsed(), len(frame), peak_mb())


def alone(work: Callable[[str, str], Cost], folder: str, form: str) -> Cost:
    """The same in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, folder, form).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=100_000, help="opportunities (default: 100,000)")
    parser.add_argument(
        "--drafts", type=int, default=20_000, help="of which so many are timed as drafts and .eml files"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/mentions.db")
        filled(store, options.count)
        findings = store.to_draft(min_priority=0)
        drafting = written(store, findings, options.drafts)
        store.close()
        timed = findings[: options.drafts]
        jinja_s, _ = best_of(3, lambda: bare_jinja(timed))
        findings.clear()
        report(options.count, drafting, jinja_s / len(timed), folder)


@dataclass(frozen=True, slots=True)
class Drafting:
    """CPU seconds for each email."""

    render_s: float
    store_s: float
    eml_s: float


def written(store: Store, findings: list[StoredFinding], timed: int) -> Drafting:
    """Every draft is rendered and stored, so that the export has them; the first `timed` are measured."""
    publishers = {publisher.domain: publisher for publisher in PUBLISHERS}
    render_s = store_s = eml_s = 0.0
    count = min(timed, len(findings))
    for start in range(0, len(findings), BATCH):
        part = findings[start : start + BATCH]
        with cpu_seconds() as elapsed:
            drafts = [render_draft(each, TARGET, SENDER, publishers[each.publisher], now=NOW) for each in part]
            render_part = elapsed()
        with cpu_seconds() as elapsed:
            stored = store.save_drafts(drafts)
            store_part = elapsed()
        if start >= count:
            continue
        render_s, store_s = render_s + render_part, store_s + store_part
        with cpu_seconds() as elapsed:
            for draft in stored:
                as_eml(draft, SENDER)
            eml_s += elapsed()
    return Drafting(render_s / count, store_s / count, eml_s / count)


def report(count: int, drafting: Drafting, jinja_s: float, folder: str) -> None:
    """Exports, and prints what everything cost."""
    ours = {form: alone(exported, folder, form) for form in ("csv", "xlsx", "jsonl")}
    with (Path(folder) / "reclaim.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    csv_s, _ = best_of(3, lambda: bare_csv(rows))
    rows.clear()
    pandas = {form: alone(exported_by_pandas, folder, form) for form in ("csv", "xlsx")} if find_spec("pandas") else {}
    shown = table("Emails, CPU of one core", ("", "µs each", "a second"))
    for name, seconds in (
        ("bare Jinja2, one template", jinja_s),
        ("draft: place, render, lint", drafting.render_s),
        ("draft stored (SQLite)", drafting.store_s),
        ("draft as .eml, parsed again and compared", drafting.eml_s),
    ):
        shown.add_row(name, f"{seconds * 1e6:,.0f}", f"{1 / seconds:,.0f}")
    console.print(shown)
    shown = table(f"{count:,} opportunities out of the store, CPU of one core", ("", "rows a second", "peak MB"))
    shown.add_row("csv.writer on finished strings", f"{count / csv_s:,.0f}", "")
    for who, costs in (("ours", ours), ("pandas", pandas)):
        for form, cost in costs.items():
            shown.add_row(f"{form}, {who}", f"{cost.rows / cost.cpu_s:,.0f}", f"{cost.peak_mb:,.0f}")
    console.print(shown)
    if not pandas:
        console.print("pandas is not installed: pip install pandas shows it beside")
    figures: dict[str, object] = {
        "drafts_per_s": round(1 / drafting.render_s),
        "eml_per_s": round(1 / drafting.eml_s),
        "export_rows_per_s": round(count / ours["csv"].cpu_s),
        "xlsx_rows_per_s": round(count / ours["xlsx"].cpu_s),
        "jsonl_rows_per_s": round(count / ours["jsonl"].cpu_s),
        "peak_mb": round(max(cost.peak_mb for cost in ours.values())),
    }
    figures |= {f"pandas_{form}_rows_per_s": round(count / cost.cpu_s) for form, cost in pandas.items()}
    figures |= {f"pandas_{form}_peak_mb": round(cost.peak_mb) for form, cost in pandas.items()}
    finish("drafts", {**figures, "opportunities": count})


if __name__ == "__main__":
    main()
