"""An approval waits for a look when the last one is old: the article may link to us by now. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentions.outreach.approval import LAST_LOOK


@dataclass(frozen=True, slots=True)
class AskedApproval:
    """An approval that a person gave, and that holds once somebody has looked."""

    opportunity_id: int
    by: str
    at: datetime
    rev: int  # the opportunity's version that the person saw
    problem: str | None = None  # why it was not approved after all; None: the look is under way


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an opportunity's article."""

    rev: int
    looked_at: datetime | None  # the last look, good or not; None: there was none
    judged_at: datetime  # the last look that could judge
    problem: str | None  # why the last look was not good; None: it was, or there was none


class Outcome(StrEnum):
    """What becomes of an approval that waits."""

    WAIT = "wait"  # nobody has looked since
    APPROVE = "approve"  # the look is done; Store.decide says whether it still may go out
    UNSEEN = "unseen"  # somebody tried to look, and could not
    OVERTAKEN = "overtaken"  # somebody decided about it meanwhile


def is_old(judged_at: datetime, now: datetime) -> bool:
    """Is the last look that could judge too old to send an email by it?"""
    return now - judged_at > LAST_LOOK


def outcome(asked: AskedApproval, seen: Seen) -> Outcome:
    """What becomes of it, by what was seen since it was asked for."""
    if seen.rev != asked.rev:
        return Outcome.OVERTAKEN
    if seen.judged_at >= asked.at:
        return Outcome.APPROVE
    if seen.looked_at is not None and seen.looked_at >= asked.at:
        return Outcome.UNSEEN
    return Outcome.WAIT
