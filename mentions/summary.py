"""What a person wants to know in the morning: one night in a few numbers, the best finds, what failed, what to do next.

Pure: built from what the store remembers; mentions.cli shows it.
"""

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from mentions.findings import Verdict
from mentions.opportunities import Level
from mentions.phases import Phase
from mentions.rechecking.summary import LooksSummary, looks_summary
from mentions.store.records import RunState, RunSummary, StoredFinding

TOP: Final = 10  # finds shown; the rest by `mentions list`

ASKABLE: Final = frozenset({Verdict.UNLINKED, Verdict.BARE_URL, Verdict.MISDIRECTED, Verdict.OUTSIDE})
_NO_LOOKS: Final = LooksSummary(0, 0, ())
_ASKED: Final = frozenset({Level.ASK_NOW.value, Level.ASK_AFTER_FIX.value})

# In words a PR person understands; keys are those of RunSummary.counts after "skipped/".
SKIPPED_WORDS: Final[Mapping[str, str]] = {
    "too_old": "announced, but older than max_age_days",
    "no_page": "pictures, recordings and documents",
    "own_page": "our own pages, which searches and lists name too",
    "copy": "copies of a page of the same site, judged there",
    "over_nightly_limit": "announced beyond what one night takes up",
    "robots": "robots.txt asks us not to read them",
    "robots_unreadable": "robots.txt could not be read; tried again next night",
    "blocked": "the site refuses us",
    "paywalled": "behind a paywall",
    "unparsable": "cannot be read (broken, or drawn by scripts)",
    "needs_rendering": "drawn by scripts, and not rendered (see mentions doctor)",
    "too_large": "larger than network.max_body_bytes",
    "undecodable": "damaged on the way",
    "not_found": "not there any more",
    "soft_404": "error pages sent in place of an article",
    "server_error": "the site had a problem; tried again next night",
    "client_error": "the site did not accept the request",
    "timeout": "no answer in time; tried again next night",
    "dns": "the host does not exist",
    "connection": "the connection failed; tried again next night",
    "certificate": "the site's certificate cannot be trusted",
    "redirects": "redirected without end",
    "host_paused": "the host asked for a rest; tried again next night",
    "forbidden_address": "an address we never ask for",
    "private_address": "the address is not public",
    "other": "failed in a way nobody foresaw; tried again next night",
    "mistake_of_ours": "a mistake of ours; please report it",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A command to try, and what it does."""

    command: str
    what: str


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """One publisher's part of a run."""

    name: str
    new: int  # pages announced that were not known
    read: int
    named: int  # pages that gave a finding
    askable: int  # findings whose verdict is worth asking about
    failed: int  # pages that could not be read
    remark: str  # "" where all is well


@dataclass(frozen=True, slots=True)
class NightSummary:
    """One run for people. Numbers are of this run where nothing else is said."""

    state: RunState
    seconds: float
    publishers: int
    sources: int  # read, or unchanged since the run before
    fetched: int
    unnamed: int  # of these, pages that do not name us; most of them left before they were parsed
    known: int  # announced, and fetched in an earlier run
    failed: int  # could not be fetched
    verdicts: Mapping[Verdict, int]  # only those that occurred
    best: tuple[StoredFinding, ...]  # worth asking about and new, best first, TOP at most
    worth_asking: int  # how many are new and worth asking about
    left_alone: tuple[tuple[str, int], ...]  # why the others are not asked about, commonest first
    drafts_written: int
    drafts_failed: int
    drafts_folder: Path
    skipped: tuple[tuple[str, int], ...]  # pages not read, and why, commonest first
    warnings: tuple[str, ...]
    lines: tuple[PublisherLine, ...] = ()  # one a publisher, those to look at first
    looks: LooksSummary = _NO_LOOKS  # at articles judged in earlier runs
    phases: tuple[Phase, ...] = ()  # none of a run that kept none
    next_steps: tuple[NextStep, ...] = field(default=())


def night_summary(
    run: RunSummary,
    new_findings: Iterable[StoredFinding],
    *,
    drafts_folder: Path,
    names: Mapping[str, str] | None = None,
) -> NightSummary:
    """The summary of `run`; `new_findings` are those first seen in it, in any order. `names`: publishers by domain."""
    counts = run.counts
    askable = [finding for finding in new_findings if finding.verdict in ASKABLE]
    asked = sorted((finding for finding in askable if finding.level in _ASKED), key=_best_first)
    alone = Counter(_why_left_alone(finding) for finding in askable if finding.level not in _ASKED)
    summary = NightSummary(
        state=run.state,
        seconds=(run.ended_at - run.started_at).total_seconds() if run.ended_at else 0.0,
        publishers=len(run.publishers),
        sources=counts.get("sources/read", 0) + counts.get("sources/unchanged", 0),
        fetched=counts.get("pages/fetched", 0),
        unnamed=counts.get("pages/early", 0) + counts.get("pages/unnamed", 0),
        known=counts.get("pages/known", 0),
        failed=counts.get("pages/failed", 0),
        verdicts={v: n for v in Verdict if (n := counts.get(f"verdicts/{v.value}", 0))},
        best=tuple(asked[:TOP]),
        worth_asking=len(asked),
        left_alone=tuple(alone.most_common()),
        drafts_written=counts.get("drafts/written", 0),
        drafts_failed=counts.get("drafts/failed", 0),
        drafts_folder=drafts_folder,
        skipped=skipped_in_words(counts),
        warnings=run.warnings,
        lines=publisher_lines(run, names or {}),
        looks=looks_summary(counts),
        phases=run.phases,
    )
    return _with_next_steps(summary)


def publisher_lines(run: RunSummary, names: Mapping[str, str]) -> tuple[PublisherLine, ...]:
    """One line a publisher: those that failed, then those that are unusual, then those with most finds."""
    lines = [_publisher_line(names.get(domain, domain), counts) for domain, counts in run.publishers.items()]
    order = {_FAILED: 0, _UNUSUAL: 1}
    return tuple(sorted(lines, key=lambda line: (order.get(line.remark, 2), -line.askable, -line.read, line.name)))


_FAILED: Final = "failed"
_UNUSUAL: Final = "unusual"


def _publisher_line(name: str, counts: Mapping[str, int]) -> PublisherLine:
    remark = _FAILED if counts.get("publishers/failed") else _UNUSUAL if counts.get("publishers/unusual") else ""
    if not remark and counts.get("pages/beyond_budget"):
        remark = "more waits"
    return PublisherLine(
        name=name,
        new=counts.get("pages/new", 0),
        read=counts.get("pages/fetched", 0),
        named=counts.get("pages/judged", 0),
        askable=sum(counts.get(f"verdicts/{verdict.value}", 0) for verdict in ASKABLE),
        failed=counts.get("pages/failed", 0),
        remark=remark,
    )


def skipped_in_words(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """("behind a paywall", 12) … from the counts of a run, commonest first."""
    named = {key.removeprefix("skipped/"): number for key, number in counts.items() if key.startswith("skipped/")}
    words = [(SKIPPED_WORDS.get(name, name.replace("_", " ")), number) for name, number in named.items() if number]
    return tuple(sorted(words, key=lambda entry: (-entry[1], entry[0])))


def _why_left_alone(finding: StoredFinding) -> str:
    return next(iter((*finding.level_reasons, *finding.reasons)), "no reason was kept")


def _best_first(finding: StoredFinding) -> tuple[int, str, str, str]:
    return (-(finding.priority or 0), finding.publisher, finding.page_url, finding.target)


def _with_next_steps(summary: NightSummary) -> NightSummary:
    steps = []
    if summary.drafts_written or summary.worth_asking or summary.looks.happened:
        steps.append(NextStep("mentions review --open", "work through it all in your browser"))
    if summary.drafts_written:
        steps.append(NextStep("mentions drafts", "read the drafts here, and who could get them"))
    if summary.best:
        # The address is a stranger's text on its way into a shell.
        best = shlex.quote(summary.best[0].page_url)
        steps.append(NextStep(f"mentions check {best}", "judge the best find again, with evidence"))
    if summary.worth_asking > len(summary.best) or not summary.best:
        steps.append(NextStep("mentions list", "everything found so far"))
    if summary.worth_asking:
        steps.append(NextStep("mentions export --format xlsx", "the list for a spreadsheet"))
    if summary.state is RunState.UNREACHABLE or summary.failed:
        steps.append(NextStep("mentions doctor", "what is missing, in plain words"))
    return replace(summary, next_steps=tuple(steps))
