"""How a run ended, and what a person should know about it: from counts alone. Pure."""

from collections.abc import Iterable, Mapping

from mentions.crawling.expectations import Past, unusual_news
from mentions.publishers import Publisher
from mentions.store.records import RunState

Counts = Mapping[str, int]

_SEVERAL = 3


def conclude(
    counts: Counts,
    by_publisher: Mapping[str, Counts],
    visited: Iterable[Publisher],
    *,
    stopped: bool,
    past: Past,
) -> tuple[RunState, tuple[str, ...]]:
    """The state of a finished run and its warnings in plain words, worst first.

    Nothing answered at all: unreachable. A publisher of which nothing could be read: partial. A robots.txt that asks
    us to stay away is an answer, and no failure of ours or theirs. `past`: what earlier runs tell of publishers.
    """
    visited = list(visited)
    failed = [publisher for publisher in visited if has_failed(by_publisher.get(publisher.domain, {}))]
    warnings = [f"{publisher.name} ({publisher.domain}): nothing of it could be read" for publisher in failed]
    if not stopped:
        for publisher in visited:
            if publisher not in failed:
                warnings.extend(_unusual(publisher, by_publisher.get(publisher.domain, {}), past))
    if stopped:
        return RunState.STOPPED, tuple(warnings)
    if counts.get("requests/failed", 0) and not counts.get("requests/answered", 0):
        return RunState.UNREACHABLE, ("nothing could be reached: is this machine online?", *warnings)
    return (RunState.PARTIAL if failed else RunState.FINISHED), tuple(warnings)


def tally(publisher: Publisher, counts: Counts, past: Past) -> str:
    """The key under which the run counts a publisher it visited, for itself and for the run as a whole."""
    if has_failed(counts):
        return "publishers/failed"
    return "publishers/unusual" if unusual_news(publisher, counts, past) else "publishers/well"


def has_failed(counts: Counts) -> bool:
    """Could nothing of a publisher be read: none of its sources, or none of several pages asked for the first time?

    Pages that failed in earlier runs too say nothing new, and one or two missing pages say nothing of a publisher.
    """
    sources_read = counts.get("sources/read", 0) + counts.get("sources/unchanged", 0) + counts.get("sources/denied", 0)
    if counts.get("sources/failed", 0) and not sources_read:
        return True
    pages_read = counts.get("pages/fetched", 0) + counts.get("skipped/robots", 0)
    failed = counts.get("pages/failed", 0) - counts.get("pages/failed_again", 0)
    return failed >= _SEVERAL and not pages_read


def _unusual(publisher: Publisher, counts: Counts, past: Past) -> list[str]:
    """What differs tonight from what the declaration, or the past, says to expect."""
    warnings = []
    if unusual := unusual_news(publisher, counts, past):
        warnings.append(unusual)
    if beyond := counts.get("pages/beyond_budget", 0):
        warnings.append(
            f"{publisher.name} ({publisher.domain}): {beyond:,} pages wait for another night; "
            f"its politeness allows max_pages {publisher.politeness.max_pages:,}, "
            f"max_mb {publisher.politeness.max_mb:,} and max_minutes {publisher.politeness.max_minutes:,} a night"
        )
    return warnings
