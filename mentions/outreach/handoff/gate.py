"""May an approved draft still go out? Things change between approval and hand-off. Pure."""

from datetime import datetime
from typing import Final

from mentions.findings import Verdict
from mentions.outreach.approval import links_already
from mentions.outreach.handoff.records import Approved, Left
from mentions.pages import PageState

_GONE: Final = frozenset({PageState.GONE, PageState.SOFT_404})


def left(approved: Approved, *, now: datetime) -> Left | None:
    """Why a draft is not handed off after all; None: it may be. Asked of the store's last look at the article."""
    finding = approved.draft.finding
    if approved.suppressed:
        return Left(approved, f"the recipient must not be written to: {approved.suppressed}")
    if links_already(approved.draft):
        followed = finding.verdict is Verdict.LINKED
        marked = "" if followed else ", though it is marked nofollow, sponsored or ugc"
        return Left(approved, f"already linked: the article links to us by now{marked}", reclaimed=followed)
    if finding.verdict is Verdict.NOT_MENTIONED:
        return Left(approved, "the article does not name us any more")
    if finding.page_state in _GONE:
        return Left(approved, "the article was gone at our last look")
    if approved.snoozed_until is not None and approved.snoozed_until > now:
        return Left(approved, f"put off until {approved.snoozed_until:%Y-%m-%d}")
    if approved.draft.draft.to_address is None:
        return Left(approved, f"it goes to nobody: mentions drafts edit {approved.number} --to ADDRESS")
    return None
