"""A split's pages, and what the engine or a baseline says of them: shared by the benchmarks of the verdicts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.common import cpu_seconds
from benchmarks.scoring import Label, Pair, as_label
from mentions.analysis import analyse
from mentions.archive import read_pages
from mentions.config import load_config
from mentions.findings import Finding
from mentions.matching import Watchlist, compile_watchlist
from mentions.pages import Page
from mentions.targets import Target

NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
Said = dict[Pair, str]
Baseline = Callable[[Page, Sequence[Target]], Iterator[tuple[Target, str]]]


@dataclass(frozen=True, slots=True)
class Split:
    """Labelled pages with the targets they are labelled for."""

    labels: Sequence[Label]
    pages: Sequence[Page]
    watchlist: Watchlist


def read_split(labels: Sequence[Label], archive: Path, targets: Sequence[Target]) -> Split:
    """The labelled pages of an archive."""
    wanted = {label["url"] for label in labels}
    pages = [page for page in read_pages(archive) if page.url in wanted]
    return Split(labels, pages, compile_watchlist(targets))


def read_folder(folder: Path, labels: Sequence[Label]) -> Split:
    """A split of the benchmark: `pages.warc.gz` and `targets.toml`."""
    return read_split(labels, folder / "pages.warc.gz", load_config(folder / "targets.toml").targets)


def judged_pages(folder: Path, labels: Sequence[Label]) -> Said:
    """What the engine says of every labelled page of a split."""
    return labels_said(engine(read_folder(folder, labels))[0])


def labels_said(findings: Mapping[Pair, Finding]) -> Said:
    """The benchmark's word for each finding."""
    return {pair: as_label(finding) for pair, finding in findings.items()}


def engine(split: Split) -> tuple[dict[Pair, Finding], float]:
    """Every finding by (URL, target), and CPU milliseconds a page."""
    found: dict[Pair, Finding] = {}
    with cpu_seconds() as elapsed:
        for page in split.pages:
            for finding, _ in analyse(page, split.watchlist, now=NOW).findings:
                found[page.url, finding.target] = finding
    return found, elapsed() * 1000 / len(split.pages)


def by_baseline(split: Split, baseline: Baseline) -> tuple[Said, float]:
    """What a baseline says of the labelled pairs, and CPU milliseconds a page."""
    asked = defaultdict(list)
    by_name = {target.name: target for target in split.watchlist.targets}
    for label in split.labels:
        asked[label["url"]].append(by_name[label["target"]])
    said: Said = {}
    with cpu_seconds() as elapsed:
        for page in split.pages:
            for target, guess in baseline(page, asked[page.url]):
                said[page.url, target.name] = guess
    return said, elapsed() * 1000 / len(split.pages)
