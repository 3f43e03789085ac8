"""Pages that a search or a list names, on many sites at once: sorted to their publishers, and written down together.

Together, because a list may name 20,000 sites: asked about one by one they held up the other spiders for two minutes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from mentions.crawling.frontier import MAX_NEW_PER_SOURCE, Found, found_page
from mentions.crawling.job import Job
from mentions.publishers import Publisher, SourceKind
from mentions.sources import Announced, Source
from mentions.sources.anchors import is_page
from mentions.urls import canonical_url

_GIVEN = frozenset({SourceKind.LIST, SourceKind.ARCHIVE})  # by a person, who knows how old they are


def by_publisher(job: Job, pages: Sequence[Announced]) -> dict[str, list[Announced]]:
    """The pages by the domain of the publisher on whose site they stand; what stands on no site is left out."""
    groups: dict[str, list[Announced]] = {}
    for page in pages:
        if domain := job.publisher_of(page.url, asked=""):
            groups.setdefault(domain, []).append(page)
    return groups


def write_down(job: Job, source: Source, groups: Mapping[str, Sequence[Announced]], now: datetime) -> dict[str, Found]:
    """Writes down what a source announces on these publishers' sites, newest first for each; what became of it."""
    fresh: dict[str, tuple[str, Announced]] = {}
    counts: dict[str, Counter[str]] = {domain: Counter() for domain in groups}
    for domain, pages in groups.items():
        publisher = job.publisher(domain)
        job.frontier.admit(publisher)
        readable = [page for page in pages if is_page(page.url)]
        young = [page for page in readable if source.kind in _GIVEN or _young_enough(page, publisher, now)]
        young.sort(key=lambda page: page.dated or now, reverse=True)
        counts[domain]["no_page"] = len(pages) - len(readable)
        counts[domain]["too_old"] = len(readable) - len(young)
        counts[domain]["over"] = max(0, len(young) - MAX_NEW_PER_SOURCE)
        for page in young[:MAX_NEW_PER_SOURCE]:
            fresh.setdefault(canonical_url(page.url), (domain, page))
    known = job.store.known(list(fresh))
    for key, (domain, _) in fresh.items():
        counts[domain]["known" if key in known else "new"] += 1
    job.frontier.write_down(
        [found_page(key, domain, page, source, now) for key, (domain, page) in fresh.items() if key not in known]
    )
    return {domain: Found(**counted) for domain, counted in counts.items()}


def _young_enough(page: Announced, publisher: Publisher, now: datetime) -> bool:
    return page.dated is None or page.dated >= now - publisher.max_age
