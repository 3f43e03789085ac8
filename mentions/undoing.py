"""Taking a decision back: for ten minutes, and only while nothing else happened since. Pure.

Undo is a decision of its own: it leads to a new version that stands as the opportunity stood before, and the history
keeps both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from mentions.workflow import OpportunityState, Refusal, Standing

UNDO_WITHIN: Final = timedelta(minutes=10)  # the time in which a slip of the hand is noticed; later, decide anew

NOT_US: Final = "not us"
WRONG_PERSON: Final = "wrong person"
BLOCKED: Final = "publisher blocked"
NO_CONTACT: Final = "do not contact"
CONTACT_CHOSEN: Final = "contact chosen"
CONTACT_CHOICE_BACK: Final = "contact choice taken back"
LINK_CHOSEN: Final = "link chosen"
LINK_CHOICE_BACK: Final = "link choice taken back"

# What was decided → how the screen says that it was done.
_TOLD: Final[Mapping[str, str]] = {
    "approve": "Approved",
    "unapprove": "Approval taken back",
    "edit": "Edited",
    "hand off": "Handed off",
    "sent": "Marked as sent",
    "replied": "Marked as answered",
    "no reply": "Marked as unanswered",
    "declined": "Marked as declined",
    "ignore": "Skipped",
    "snooze": "Put off",
    "wake": "Taken up again",
    "reopen": "Reopened",
    "assign": "Assigned",
    "suppress": "Suppressed",
    NOT_US: "Marked as not us",
    WRONG_PERSON: "Given to another person",
    BLOCKED: "Publisher blocked",
    NO_CONTACT: "Person not to be contacted",
    CONTACT_CHOSEN: "Somebody else chosen to be asked",
    CONTACT_CHOICE_BACK: "Choice of whom to ask taken back",
    LINK_CHOSEN: "Another link chosen",
    LINK_CHOICE_BACK: "Choice of the link taken back",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One decision of a person about an opportunity, with where it stood before."""

    id: int
    opportunity_id: int
    kind: str  # an event's kind, or one of the words above
    by: str
    at: datetime
    rev: int  # the opportunity's version that it led to
    state: OpportunityState  # the state that it led to
    before: Standing
    undone_at: datetime | None = None  # None: it holds

    @property
    def until(self) -> datetime:
        """The last moment at which it can be taken back."""
        return self.at + UNDO_WITHIN


def told(kind: str) -> str:
    """What was done, as the first words of a line: "Skipped", "Marked as sent"."""
    return _TOLD.get(kind, kind.capitalize())


def undone(change: Change, standing: Standing, *, now: datetime) -> Standing | Refusal:
    """Where the opportunity stands once the change is taken back, or why that cannot be.

    `standing` is where it stands now. Whether there is a draft is nobody's decision, so that stays as it is.
    """
    if change.undone_at is not None:
        return Refusal("it is taken back already")
    if standing.rev != change.rev:
        return Refusal(f"somebody decided again since, so it cannot be taken back{_instead(standing)}")
    if standing.state is not change.state:
        return Refusal(f"it is {_words(standing.state)} by now, so it cannot be taken back{_instead(standing)}")
    if now > change.until:
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        return Refusal(f"it was decided more than {minutes} minutes ago{_instead(standing)}")
    return replace(
        change.before,
        rev=standing.rev + 1,
        has_draft=standing.has_draft,
        follow_up_waits=standing.follow_up_waits,
    )


def _instead(standing: Standing) -> str:
    """What can still be done."""
    return {
        OpportunityState.APPROVED: ": take the approval back instead",
        OpportunityState.HANDED_OFF: ": take the approval back instead",
        OpportunityState.IGNORED: ": reopen it instead",
        OpportunityState.DECLINED: ": reopen it instead",
        OpportunityState.NO_REPLY: ": reopen it instead",
        OpportunityState.SUPPRESSED: ": take the address or domain off the suppression list instead",
    }.get(standing.state, ": look at it and decide anew")


def _words(state: OpportunityState) -> str:
    return state.value.replace("_", " ")
