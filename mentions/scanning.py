"""Archives → findings: many saved pages, one at a time, in flat memory; what fails is counted, the rest goes on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from mentions.analysis import analyse
from mentions.archive import read_pages
from mentions.asking import NO_RULES, Rules
from mentions.exceptions import ArchiveError
from mentions.findings import Finding
from mentions.matching import Watchlist
from mentions.pages import Page, PageState


@dataclass(slots=True)
class Tally:
    """What a scan did, in counts and a few sentences: its size does not grow with the archives."""

    pages: int = 0
    early: int = 0  # pages that hold no name of ours: told by their bytes, or by their text alone
    verdicts: Counter[str] = field(default_factory=Counter)  # verdict → findings
    unread: Counter[PageState] = field(default_factory=Counter)  # state → pages that could not be judged
    skipped: Counter[str] = field(default_factory=Counter)  # reason → records that hold no page
    broken: list[str] = field(default_factory=list)  # one sentence for each archive that could not be read whole
    failures: list[str] = field(default_factory=list)  # the first pages on which our own code failed
    failed: int = 0

    @property
    def parsed(self) -> int:
        """Pages that were read whole, zones and links included, because their text may hold a name."""
        return self.pages - self.early


def scan_archives(
    paths: Iterable[Path],
    watchlist: Watchlist,
    *,
    now: datetime,
    tally: Tally,
    on_page: Callable[[Path, Page], None] | None = None,
    on_record: Callable[[Path, int], None] | None = None,
    rules: Rules = NO_RULES,
) -> Iterator[Finding]:
    """The findings of every page of these archives, in order; counts go to `tally`. Never raises on what they hold.

    `on_page` sees every page before it is judged, `on_record` where in its archive each record lies, in bytes.
    """
    for path in paths:
        try:
            place = partial(on_record, path) if on_record else None
            for page in read_pages(path, skipped=tally.skipped, on_record=place):
                if on_page:
                    on_page(path, page)
                yield from _findings(page, watchlist, now, tally, rules)
                del page  # before the next one is read, which then takes its place in memory
        except ArchiveError as error:
            tally.broken.append(str(error))


def _findings(page: Page, watchlist: Watchlist, now: datetime, tally: Tally, rules: Rules) -> Iterator[Finding]:
    tally.pages += 1
    try:
        analysis = analyse(page, watchlist, now=now, rules=rules)
    except Exception as error:  # noqa: BLE001 (the edge of the worker: one page that breaks our code must not end a scan of millions)
        tally.failed += 1
        if len(tally.failures) < 10:
            tally.failures.append(f"{page.url}: {type(error).__name__}: {error}")
        return
    tally.early += analysis.early
    if analysis.state is not PageState.LIVE:
        tally.unread[analysis.state] += 1
    for finding, _ in analysis.findings:
        tally.verdicts[finding.verdict.value] += 1
        yield finding
