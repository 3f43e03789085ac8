"""An approval waits for a look when the last one is old: the article may link to us by now. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from mentions.outreach.approval import LAST_LOOK

# Approved in the evening, looked at by the nightly run, carried out in the morning: that is what people expect. What
# waited over a weekend they have forgotten, and read once more.
HOLDS: Final = timedelta(hours=12)


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
    LATE = "late"  # nobody looked while it held, or the look is old itself by now


def is_old(judged_at: datetime, now: datetime) -> bool:
    """Is the last look that could judge too old to send an email by it?"""
    return now - judged_at > LAST_LOOK


def outcome(asked: AskedApproval, seen: Seen, now: datetime) -> Outcome:
    """What becomes of it, by what was seen since it was asked for.

    Nothing settles approvals while the desk is closed, so both the asking and the look may be long ago: it is approved
    when somebody looked within HOLDS of the asking, and that look is still fresh enough to send an email by.
    """
    if seen.rev != asked.rev:
        return Outcome.OVERTAKEN
    if seen.judged_at >= asked.at:
        in_time = seen.judged_at - asked.at <= HOLDS and not is_old(seen.judged_at, now)
        return Outcome.APPROVE if in_time else Outcome.LATE
    if seen.looked_at is not None and seen.looked_at >= asked.at:
        return Outcome.UNSEEN
    return Outcome.LATE if now - asked.at > HOLDS else Outcome.WAIT
