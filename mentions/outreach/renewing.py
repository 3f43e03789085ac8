"""Drafts written anew when a person asks for it, or chose another recipient, page or anchor."""

from dataclasses import dataclass
from datetime import datetime

from mentions.exceptions import DraftError
from mentions.outreach.rendering import Rendering
from mentions.store import Store
from mentions.store.records import StoredDraft


@dataclass(frozen=True, slots=True)
class Followed:
    """The draft after a choice (None: there is none yet), and what a person must know or do about it."""

    draft: StoredDraft | None
    note: str | None = None


def write_again(
    rendering: Rendering, store: Store, number: int, *, by: str, now: datetime, rev: int | None = None
) -> StoredDraft:
    """Writes draft `number` anew from its template and stores it; an opportunity without a draft gets its first one.

    A text that a person wrote is followed by the template's; it stays as an earlier revision. Raises DraftError,
    TemplateError, DecisionRefused, StaleRevision, StoreError.
    """
    draft = store.draft_of(number)
    if draft is not None:
        return store.redraft(rendering.again(draft, now=now), by=by, now=now, rev=rev)
    finding = store.finding_of(number)
    if finding is None:
        raise DraftError(f"there is no opportunity {number}")
    forbidden = rendering.suppressed(finding)
    if forbidden:
        raise DraftError(f"nobody may write about this article: {forbidden}")
    new = rendering.first(finding, now=now)
    stored = store.save_drafts([new]) if new is not None else []
    if not stored:
        raise DraftError(f"{finding.target} is no target of the configuration any more")
    return stored[0]


def follow_contact(rendering: Rendering, store: Store, number: int, choice: int, *, by: str, now: datetime) -> Followed:
    """The draft after a person chose its recipient: ours is written anew, theirs keeps its text and goes to another.

    `choice`: the number of the change, which the new text becomes a part of: one undo takes back both.
    """
    draft = store.draft_of(number)
    if draft is None or draft.written_by is None:
        return _ours(draft, rendering, store, choice, by=by, now=now)
    contact = draft.finding.contact
    to = (contact.address, contact.name, contact.source_url) if contact else (None, None, None)
    new = rendering.edited(draft, to=to).draft
    stored = store.edit_draft(
        number,
        subject=new.subject,
        body=new.body,
        to_address=new.to_address,
        to_name=new.to_name,
        contact_source_url=new.contact_source_url,
        problems=new.problems,
        by=by,
        now=now,
    )
    store.join_change(choice)
    return Followed(stored, "The text is a person's and stays as it is: does its greeting still fit?")


def follow_link(rendering: Rendering, store: Store, number: int, choice: int, *, by: str, now: datetime) -> Followed:
    """The draft after a person chose the page or the words of the link; `choice` as in `follow_contact`."""
    draft = store.draft_of(number)
    if draft is None or draft.written_by is None:
        return _ours(draft, rendering, store, choice, by=by, now=now)
    return Followed(draft, "The text is a person's and stays as it is: change the link in it, or write it anew.")


def _ours(
    draft: StoredDraft | None, rendering: Rendering, store: Store, choice: int, *, by: str, now: datetime
) -> Followed:
    if draft is None:
        return Followed(None)
    written = store.redraft(rendering.again(draft, now=now), by=by, now=now)
    store.join_change(choice)
    return Followed(written)
