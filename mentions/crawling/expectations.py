"""What a publisher and its sources usually bring, from earlier runs, so that silence is noticed. Pure."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from mentions.publishers import Publisher
from mentions.store.records import RunState, RunSummary, SourceNews

PAST_RUNS: Final = 14  # looked back at: two weeks of nights, so that weekends do not decide alone
_LEAST_RUNS: Final = 4  # of a publisher; fewer say nothing of what is usual
_LEAST_USUAL: Final = 8.0  # new pages a run; below that a quiet night is chance
_FAR_BELOW: Final = 0.25  # of what is usual
_LATELY: Final = timedelta(hours=12)  # before a run: what an earlier one found since then is no news any more

NEWS_WITHIN: Final = timedelta(days=30)  # how far back a source's news is counted
_LEAST_DAYS: Final = 6  # on which a source brought something; fewer, and it has no habit
_SILENT_FOR: Final = timedelta(days=4)  # longer than a weekend with a holiday
_LONGEST_USUAL_GAPS: Final = 3  # times the mean gap between two days with news

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs tell of publishers, by domain."""

    usual: Mapping[str, float] = field(default_factory=dict)  # new pages a run; publishers that are known well enough
    visited: Set[str] = frozenset()  # read by one of them: all others bring weeks of news at their first visit
    lately: Set[str] = frozenset()  # read less than half a day ago: a second run in a night finds little

    @classmethod
    def of(cls, runs: Sequence[RunSummary], *, now: datetime) -> "Past":
        """Of these runs, seen from one that starts `now`."""
        read = [(run.started_at, domain) for run in runs for domain, counts in run.publishers.items() if _read(counts)]
        return cls(
            usual_pages(runs),
            frozenset(domain for _, domain in read),
            frozenset(domain for at, domain in read if now - at < _LATELY),
        )


def _read(counts: Counts) -> bool:
    return bool(counts.get("sources/read", 0) + counts.get("sources/unchanged", 0))


def usual_pages(past: Iterable[RunSummary]) -> dict[str, float]:
    """The median number of new pages a run, by publisher, of those that enough good runs visited.

    A first visit fills up on weeks of news and does not count, nor does a night on which the publisher failed.
    """
    news: dict[str, list[int]] = {}
    first_seen: set[str] = set()
    for run in sorted(past, key=lambda run: run.started_at):
        if run.state not in {RunState.FINISHED, RunState.PARTIAL}:
            continue
        for domain, counts in run.publishers.items():
            if domain in first_seen and _read(counts):
                news.setdefault(domain, []).append(counts.get("pages/new", 0))
            first_seen.add(domain)
    return {domain: float(median(numbers)) for domain, numbers in news.items() if len(numbers) >= _LEAST_RUNS}


def unusual_news(publisher: Publisher, counts: Counts, past: Past) -> str | None:
    """A warning where a publisher brought fewer or more new pages than it should; None where nothing is unusual.

    A first visit may bring any number, and a second one in the same night as few as it likes.
    """
    new = counts.get("pages/new", 0)
    named = f"{publisher.name} ({publisher.domain})"
    usual, lately = past.usual.get(publisher.domain), publisher.domain in past.lately
    if publisher.pages_per_night:
        least, most = publisher.pages_per_night
        if (new < least and not lately) or (new > most and publisher.domain in past.visited):
            return f"{named}: {new:,} new pages, not {least:,} to {most:,} new pages a night as declared"
        return None
    if usual is not None and usual >= _LEAST_USUAL and new < usual * _FAR_BELOW and not lately:
        return f"{named}: {new:,} new pages; in the runs before it was {usual:,.0f} in the middle"
    return None


def silent(sources: Sequence[SourceNews], *, now: datetime) -> list[str]:
    """A warning for each source that used to bring news on many days and has brought none for long."""
    return [
        f"{source.url}: no new page since {source.last_news_at:%-d %B}; "
        f"before that it had some on {source.days_with_news} days of {source.days}"
        for source in sources
        if _has_gone_silent(source, now)
    ]


def _has_gone_silent(source: SourceNews, now: datetime) -> bool:
    quiet = now - source.last_news_at
    if source.days_with_news < _LEAST_DAYS or quiet < _SILENT_FOR:
        return False
    usual_gap = timedelta(days=source.days / source.days_with_news)
    return quiet > usual_gap * _LONGEST_USUAL_GAPS
