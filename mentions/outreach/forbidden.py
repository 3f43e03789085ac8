"""Drafts to people on the suppression list, and their files: an .eml in the drafts folder is one click from leaving."""

from collections.abc import Iterable
from pathlib import Path

from mentions.outreach.eml import file_name
from mentions.outreach.suppression import SuppressionList, blocking
from mentions.store.records import StoredDraft


def forbidden(drafts: Iterable[StoredDraft], listed: SuppressionList) -> dict[int, str]:
    """By the number of the opportunity, why nobody may send this draft; those that may be sent are left out."""
    found = {}
    for draft in drafts:
        reason = blocking(draft.draft.to_address, draft.finding.publisher, listed)
        if reason is not None:
            found[draft.draft.opportunity_id] = reason
    return found


def delete_files(drafts: Iterable[StoredDraft], listed: SuppressionList, folder: Path) -> list[Path]:
    """Deletes the .eml files of drafts that nobody may send, and returns them. The drafts themselves stay."""
    drafts = list(drafts)
    numbers = forbidden(drafts, listed)
    files = [folder / file_name(draft) for draft in drafts if draft.draft.opportunity_id in numbers]
    there = [path for path in files if path.is_file()]
    for path in there:
        path.unlink()
    return there
