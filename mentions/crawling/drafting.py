"""Drafts for everything worth asking about that has none, and follow-ups: rendered, stored, written as .eml."""

from collections.abc import Callable, Iterable
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
    if resumes_since is not None:
        for stored in store.drafts():
            if stored.draft.rendered_at >= resumes_since:
                _write(stored, config, ledger, again=True)
    firsts = []
    for finding in store.to_draft(min_priority=config.drafts.min_priority):
        if rendering.suppressed(finding):
            ledger.count("drafts/suppressed", finding.publisher)
        else:
            firsts.append(finding)
    _write_each(firsts, rendering.first, store, config, ledger, now=now)
    _write_each(list(rendering.due_follow_ups(now=now)), rendering.follow_up, store, config, ledger, now=now)


def _write_each(
    wanted: list[Asked],
    render: Callable[..., NewDraft | None],
    store: Store,
    config: Config,
    ledger: Ledger,
    *,
    now: datetime,
) -> None:
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        for stored in store.save_drafts(list(_rendered(part, render, ledger, now=now))):
            _write(stored, config, ledger)


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


def _write(stored: StoredDraft, config: Config, ledger: Ledger, *, again: bool = False) -> None:
    if config.sender is None:
        return
    try:
        write_eml(stored, config.sender, config.drafts_folder)
    except (DraftError, OSError) as error:
        ledger.count("drafts/failed", stored.finding.publisher)
        ledger.warn(f"the draft for {stored.finding.page_url} is stored but could not be written as a file: {error}")
    else:
        ledger.count("drafts/rewritten" if again else "drafts/written", stored.finding.publisher)
