"""Drafts for everything worth asking about that has none: rendered, stored, written as .eml."""

from datetime import datetime

from mentions.config import Config
from mentions.crawling.ledger import Ledger
from mentions.exceptions import DraftError, TemplateError
from mentions.outreach.drafts import render_draft
from mentions.outreach.eml import write_eml
from mentions.store import Store
from mentions.store.records import NewDraft, StoredDraft, StoredFinding

_BATCH = 50  # drafts a transaction


def write_drafts(
    store: Store, config: Config, ledger: Ledger, *, now: datetime, resumes_since: datetime | None = None
) -> None:
    """Renders, stores and writes; counts "drafts/written" and "drafts/failed". One that fails never stops the others.

    `resumes_since`: the run before died, and may have stored drafts since then without writing their files.
    """
    if config.sender is None:
        ledger.warn("no drafts were written: mentions.toml has no [sender]")
        return
    if resumes_since is not None:
        for stored in store.drafts():
            if stored.draft.rendered_at >= resumes_since:
                _write(stored, config, ledger, again=True)
    findings = store.to_draft(min_priority=config.drafts.min_priority)
    for start in range(0, len(findings), _BATCH):
        rendered = [
            draft
            for finding in findings[start : start + _BATCH]
            if (draft := _render(finding, config, ledger, now=now)) is not None
        ]
        for stored in store.save_drafts(rendered):
            _write(stored, config, ledger)


def _render(finding: StoredFinding, config: Config, ledger: Ledger, *, now: datetime) -> NewDraft | None:
    if config.sender is None:
        return None
    try:
        target = config.target(finding.target)
    except KeyError:
        return None  # a target that was taken out of mentions.toml: nobody asks for it any more
    try:
        return render_draft(finding, target, config.sender, config.publisher(finding.publisher), now=now)
    except (DraftError, TemplateError) as error:
        ledger.count("drafts/failed", finding.publisher)
        ledger.warn(f"no draft for {finding.page_url}: {error}")
        return None


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
