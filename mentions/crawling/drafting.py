"""Drafts for everything worth asking about that has none, and follow-ups: rendered, stored, written as .eml."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from mentions.config import Config
from mentions.crawling.ledger import Ledger
from mentions.exceptions import DraftError, TemplateError
from mentions.outreach.eml import write_eml
from mentions.outreach.rendering import Rendering
from mentions.store import Store
from mentions.store.records import NewDraft, StoredDraft, StoredFinding

_BATCH = 50  # drafts a transaction

Asked = TypeVar("Asked", StoredFinding, StoredDraft)


def write_drafts(
    store: Store, config: Config, ledger: Ledger, *, now: datetime, resumes_since: datetime | None = None
) -> None:
    """Renders, stores and writes; counts "drafts/written" and "drafts/failed". One that fails never stops the others.

    `resumes_since`: the run before died, and may have stored drafts since then without writing their files.
    """
    if config.sender is None:
        ledger.warn("no drafts were written: mentions.toml has no [sender]")
        return
    try:
        rendering = Rendering(config, store)
    except TemplateError as error:
        ledger.warn(f"no drafts were written: {error}")
        return
    firsts = []
    for finding in store.to_draft(min_priority=config.drafts.min_priority):
        if rendering.suppressed(finding):
            ledger.count("drafts/suppressed", finding.publisher)
        else:
            firsts.append(finding)
    with _files(config, ledger) as files:
        if resumes_since is not None:
            for stored in store.drafts():
                if stored.draft.rendered_at >= resumes_since:
                    files.write(stored, again=True)
        _write_each(firsts, rendering.first, store, files, now=now)
        _write_each(list(rendering.due_follow_ups(now=now)), rendering.follow_up, store, files, now=now)


def _write_each(
    wanted: list[Asked], render: Callable[..., NewDraft | None], store: Store, files: "_Files", *, now: datetime
) -> None:
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        for stored in store.save_drafts(list(_rendered(part, render, files.ledger, now=now))):
            files.write(stored)


def _rendered(
    wanted: Iterable[Asked], render: Callable[..., NewDraft | None], ledger: Ledger, *, now: datetime
) -> Iterable[NewDraft]:
    for each in wanted:
        finding = each if isinstance(each, StoredFinding) else each.finding
        try:
            draft = render(each, now=now)
        except (DraftError, TemplateError) as error:
            ledger.count("drafts/failed", finding.publisher)
            ledger.warn(f"no draft for {finding.page_url}: {error}")
            continue
        if draft is not None:  # None: a target that was taken out of mentions.toml: nobody asks for it any more
            yield draft


class _Files:
    """The .eml files of a night. A folder that takes none of them is one warning, not one for each."""

    def __init__(self, config: Config, ledger: Ledger) -> None:
        self._config, self.ledger = config, ledger
        self.failed: list[tuple[StoredDraft, Exception]] = []

    def write(self, stored: StoredDraft, *, again: bool = False) -> None:
        """One of them; counted."""
        if self._config.sender is None:
            return
        try:
            write_eml(stored, self._config.sender, self._config.drafts_folder)
        except (DraftError, OSError) as error:
            self.ledger.count("drafts/failed", stored.finding.publisher)
            self.failed.append((stored, error))
        else:
            self.ledger.count("drafts/rewritten" if again else "drafts/written", stored.finding.publisher)


@contextmanager
def _files(config: Config, ledger: Ledger) -> Iterator[_Files]:
    """The files of a night; at its end it is said which could not be written, all of them at once."""
    files = _Files(config, ledger)
    try:
        yield files
    finally:
        if files.failed:
            (first, error), *others = files.failed
            url = first.finding.page_url
            ledger.warn(f"the draft for {url} is stored but could not be written as a file: {error}")
            if others:
                ledger.warn(f"{len(others):,} more drafts are stored but could not be written as files")
