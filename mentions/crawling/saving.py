"""Copies of pages that name us, kept as evidence while the crawl runs, and cleared when their time is over."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from mentions.config import Config
from mentions.crawling.ledger import Ledger
from mentions.extraction.charset import decode
from mentions.pages import Page
from mentions.snapshots import Snapshots
from mentions.store import Store
from mentions.store.records import PageOutcome

logger = logging.getLogger(__name__)


class Saving:
    """Keeps the copies of one run. A disk that is full costs the copies, never the run: it is said once."""

    def __init__(self, config: Config, store: Store, ledger: Ledger) -> None:
        self._days, self._mb = config.retention.pages_days, config.retention.pages_mb
        self._snapshots, self._store, self._ledger = Snapshots(config.pages_folder), store, ledger
        self._broken = False

    def keep(self, page: Page, outcomes: Iterable[PageOutcome]) -> None:
        """Keeps the page where one of these outcomes of it is evidence: where its text is kept."""
        if self._broken or not self._days:
            return
        for outcome in outcomes:
            if outcome.text is not None and outcome.content_hash is not None:
                self._keep(page, outcome, outcome.content_hash)

    def _keep(self, page: Page, outcome: PageOutcome, digest: str) -> None:
        if self._store.names_suppressed(outcome, decode(page.body, page.headers.get("content-type"))):
            self._ledger.count("copies/not_kept", outcome.publisher)
            return
        try:
            self._ledger.count(
                "copies/kept",
                outcome.publisher,
                times=int(self._snapshots.keep(digest, page.body, outcome.looked_at)),
            )
        except OSError as error:
            self._broken = True
            folder, why = self._snapshots.folder, error.strerror or error
            logger.warning("copies of pages cannot be kept in %s: %s", folder, why)
            self._ledger.warn(f"copies of pages cannot be kept in {folder}: {why}")

    def clear(self, now: datetime) -> None:
        """Deletes copies whose time is over, and those there is no room for."""
        before = now - timedelta(days=self._days)
        cleared = self._snapshots.clear(seen_before=before, most_bytes=self._mb * 1_000_000)
        self._ledger.count("copies/cleared", times=cleared.files)
