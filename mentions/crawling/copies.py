"""Pages that say they are a copy of another page of their site: the finding belongs to that one.

A copy that names us is held until its original has been looked at, in the same run where the budget allows. What is
held is in memory alone and its row still waits, so a run that dies or ends before costs one more look, never a second
finding.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from mentions.analysis import Analysis
from mentions.copies_of_pages import original_of
from mentions.crawling.items import PageItem
from mentions.crawling.job import Job
from mentions.exceptions import StoreError
from mentions.findings import Verdict
from mentions.pages import PageState
from mentions.store.frontier import MAX_ATTEMPTS
from mentions.store.keys import page_key
from mentions.store.records import KnownPage
from mentions.urls import canonical_url

# Verdicts that lead to no question to anybody; a page with no other one needs no original.
_NOTHING_TO_ASK: Final = frozenset({Verdict.NOT_MENTIONED, Verdict.UNKNOWN, Verdict.OWN_PAGE})

_NOT_THERE: Final = frozenset({404, 410})  # no night will bring it


class Fate(Enum):
    """What becomes of a page that was judged."""

    OWN = auto()  # the findings are its own
    COPY = auto()  # they are those of its original, which has them
    HELD = auto()  # its original is looked at first
    LATER = auto()  # its original failed and is tried again another night: so is the copy


@dataclass(frozen=True, slots=True)
class Held:
    """A judged page that waits for its original."""

    item: PageItem
    analysis: Analysis


class Copies:
    """Those of one spider."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._waiting: dict[str, list[Held]] = {}  # by the key of the original
        self._originals: dict[str, str] = {}  # key of a page that is held → key of its original

    def fate(self, item: PageItem, analysis: Analysis) -> tuple[Fate, str | None]:
        """What becomes of the page, and the address of its original; HELD: it is kept here from now on."""
        named = {finding.target for finding, _ in analysis.findings if finding.verdict not in _NOTHING_TO_ASK}
        said = analysis.article.metadata.canonical if analysis.article else None
        original = original_of(analysis.page.url, said) if named else None
        asked = item.publisher.domain
        if original is None or self._job.publisher_of(original, asked=asked) != asked:
            return Fate.OWN, None
        own = page_key(canonical_url(analysis.page.url))
        known = self._known(original)
        if known and known.state is PageState.REDIRECTED and known.final_url:
            original = known.final_url
            known = self._known(original)
        key = page_key(canonical_url(original))
        if key in {own, item.asked.key}:
            return Fate.OWN, None  # each says that it is the other
        if known is None or not known.looked_at:
            return (Fate.HELD, original) if self._hold(own, key, original, Held(item, analysis)) else (Fate.OWN, None)
        if known.state is PageState.LIVE:
            return (Fate.COPY, original) if named <= known.targets else (Fate.OWN, None)
        if known.state is PageState.ERROR and known.http_status not in _NOT_THERE and known.attempts < MAX_ATTEMPTS:
            return Fate.LATER, original
        return Fate.OWN, None

    def released(self, key: str) -> Iterator[Held]:
        """The pages that waited for the page of that key, which was looked at."""
        for held in self._waiting.pop(key, ()):
            self._originals.pop(page_key(canonical_url(held.analysis.page.url)), None)
            yield held

    def _hold(self, own: str, key: str, original: str, held: Held) -> bool:
        """False where the original waits for this very page."""
        at: str | None = key
        while at is not None:
            at = self._originals.get(at)
            if at in {own, held.item.asked.key}:
                return False
        self._originals[own] = key
        self._waiting.setdefault(key, []).append(held)
        self._job.frontier.look_first(held.item.asked, original, now=self._job.clock())
        return True

    def _known(self, url: str) -> KnownPage | None:
        with suppress(StoreError):  # the ledger remembers it, and the spiders ask for nothing more
            self._job.ledger.flush()  # what was found a moment ago counts
            return self._job.store.known_page(canonical_url(url))
        return None
