"""How fast are saved pages judged? An archive of real pages, scanned for 1, 100 and 10,000 names.

usage: python benchmarks/scan.py [--records N] [--names 1,100,10000] [--no-dev]

The archive is ../shared/articles repeated to N records in a temporary folder. Beside our scan: FastWARC's bare
iteration over the same file, trafilatura + re, and one regular expression over the raw HTML. Prints what each stage
costs and ends with one line of JSON. Pages a second are by CPU time of one process. The names: scan_names.py.
"""

import argparse
import re
import resource
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import trafilatura
from fastwarc.warc import ArchiveIterator

from benchmarks.common import ARTICLES, DEV, best_of, console, cpu_seconds, finish, needed, table
from benchmarks.scan_names import REAL, targets_of
from mentions.archive import read_pages
from mentions.collecting import seldom
from mentions.config import load_config
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page
from mentions.scanning import Tally, scan_archives

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SAMPLE = 300  # pages on which the slow comparisons and the single stages are measured


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--names", type=lambda text: [int(part) for part in text.split(",")], default=[1, 100, 10_000])
    parser.add_argument("--no-dev", action="store_true")
    arguments = parser.parse_args()
    source = needed(ARTICLES / "pages.warc.gz")
    with tempfile.TemporaryDirectory(prefix="mentions-bench-") as folder:
        path = Path(folder) / "pages.warc.gz"
        records = _repeat(source, path, arguments.records)
        figures = _compare(path, records, arguments.names)
    if not arguments.no_dev:
        figures["dev_scan_s"] = round(_dev_seconds(), 2)
    finish("scan", {"records": records, **figures})


def _repeat(source: Path, path: Path, records: int) -> int:
    """Writes the archive's bytes again and again, until it holds at least so many records; says how many."""
    data = source.read_bytes()
    each = sum(1 for _ in ArchiveIterator(str(source)))
    times = -(-records // each)
    with path.open("wb") as out:
        for _ in range(times):
            out.write(data)
    return times * each


def _compare(path: Path, records: int, counts: list[int]) -> dict[str, object]:
    bare, _ = best_of(2, lambda: _iterate(path))
    rows = [("FastWARC, bare iteration", records / bare)]
    seconds: dict[int, float] = {}
    parsed: dict[int, float] = {}  # share of the pages that pass the sieve
    growth = 0.0
    for count in counts:
        watchlist = compile_watchlist(targets_of(count))
        watchlist.prefilter.compile()
        seconds[count], (found, grown, tally) = best_of(2, partial(_scan, path, watchlist))
        growth = max(growth, grown)
        parsed[count] = (tally.pages - tally.early) / tally.pages
        share = f"{parsed[count]:.1%} of pages parsed, {found / tally.pages:.3f} findings a page"
        names = "one name" if count == 1 else f"{count:,} names"
        rows.append((f"mentions scan, {names} ({share})", records / seconds[count]))
    sample = [page.body for page, _ in zip(read_pages(path), range(SAMPLE), strict=False)]
    name = re.compile(re.escape(REAL[0]), re.IGNORECASE)
    raw, _ = best_of(2, lambda: [name.search(body.decode("utf-8", "replace")) for body in sample])
    rows.append(("one regular expression over raw HTML", SAMPLE / (raw + bare / records * SAMPLE)))
    text, _ = best_of(1, lambda: [name.search(trafilatura.extract(body) or "") for body in sample])
    rows.append(("trafilatura + re", SAMPLE / (text + bare / records * SAMPLE)))
    compared = table(f"{records:,} records", ("", "pages a second", "of bare iteration"))
    for label, rate in rows:
        compared.add_row(label, f"{rate:,.0f}", f"{rate * bare / records:.2f}")
    console.print(compared, "")
    _stages(path, counts)
    figures: dict[str, object] = {
        f"ratio_{count}_name{'s' if count > 1 else ''}": round(bare / spent, 3) for count, spent in seconds.items()
    }
    if 1 in seconds and 10_000 in seconds:
        figures["cost_10000_to_1"] = round(seconds[10_000] / seconds[1], 2)
    figures |= {f"parsed_share_{count}": round(share, 4) for count, share in parsed.items()}
    figures["pages_per_s"] = round(records / seconds[counts[0]])
    figures["bare_pages_per_s"] = round(records / bare)
    figures["growth_mb"] = round(growth, 1)  # after the first 1,000 pages: nothing may grow with the records
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures


def _iterate(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for _ in ArchiveIterator(stream))


def _scan(path: Path, watchlist: Watchlist) -> tuple[int, float, Tally]:
    """How many findings, by how many MB the process grew after the first 1,000 pages, and the scan's counts."""
    tally = Tally()
    early = 0.0

    def look(_path: Path, _page: Page) -> None:
        nonlocal early
        if tally.pages == 1000:
            early = _resident_mb()

    with seldom():  # as the command does
        found = sum(1 for _ in scan_archives([path], watchlist, now=NOW, tally=tally, on_page=look))
    return found, _resident_mb() - early if early else 0.0, tally


def _stages(path: Path, counts: list[int]) -> None:
    """What each stage costs a page, in microseconds."""
    from mentions.extraction import check_bytes, read_article
    from mentions.matching import match_article

    def read() -> list[Page]:
        return [page for page, _ in zip(read_pages(path), range(SAMPLE), strict=False)]

    pages = read()
    bodies = [page.body for page in pages]
    articles = [read_article(page) for page in pages]
    watchlist = compile_watchlist(targets_of(100))
    stages: list[tuple[str, Callable[[], object]]] = [("every page: read the record", read)]
    for count in counts:
        sieve = compile_watchlist(targets_of(count))
        sieve.prefilter.compile()
        stages.append((f"every page: sieve, {count:,} name{'s' * (count > 1)}", partial(_sift, sieve, bodies)))
    stages += [
        ("pages that pass: guard", lambda: list(map(check_bytes, bodies))),
        (
            "pages that pass: article with zones and links, guard included",
            lambda: [read_article(page) for page in pages],
        ),
        ("pages that pass: names and senses, 100 names", lambda: [match_article(a, watchlist) for a in articles]),
    ]
    costs = table("Cost of the stages", ("stage", "µs a page"))
    for name, work in stages:
        spent, _ = best_of(3, work)
        costs.add_row(name, f"{spent / len(pages) * 1e6:,.0f}")
    console.print(costs, "")


def _sift(watchlist: Watchlist, bodies: list[bytes]) -> int:
    return sum(map(watchlist.may_mention, bodies))


def _dev_seconds() -> float:
    """CPU seconds for the labelled pages with all their targets, compiling included."""
    with cpu_seconds() as elapsed:
        watchlist = compile_watchlist(load_config(needed(DEV) / "targets.toml").targets)
        tally = Tally()
        found = sum(1 for _ in scan_archives([DEV / "pages.warc.gz"], watchlist, now=NOW, tally=tally))
    seconds = elapsed()
    console.print(
        f"the {tally.pages} labelled pages, {len(watchlist.targets)} targets: {seconds:.1f} s, {found} findings\n"
    )
    return seconds


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
