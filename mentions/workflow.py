"""What may become of an opportunity: its state × a decision → its new standing, or a refusal in plain words. Pure.

    new → drafted → approved → handed_off → sent → replied → reclaimed | declined | no_reply
    any open state → ignored (with a reason) | declined | suppressed
    reclaimed → new, when the link went away again

People decide; this program may only do the moves in PROGRAM_MOVES, and none of them leaves `ignored`, `declined` or
`suppressed` (acceptance G-10). A follow-up is approved from `sent`, goes through `approved` and ends in `sent` again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LONGEST_SNOOZE: Final = timedelta(days=366)


class OpportunityState(StrEnum):
    """Where a person and we stand with an opportunity. Human-owned after `new`."""

    NEW = "new"
    DRAFTED = "drafted"
    APPROVED = "approved"
    HANDED_OFF = "handed_off"
    SENT = "sent"
    REPLIED = "replied"
    RECLAIMED = "reclaimed"
    DECLINED = "declined"
    NO_REPLY = "no_reply"
    IGNORED = "ignored"
    SUPPRESSED = "suppressed"


State = OpportunityState


class Move(StrEnum):
    """What can be decided about an opportunity."""

    DRAFT = "draft"  # an email was written, or written anew
    FOLLOW_UP = "follow_up"  # a follow-up was written, after the first email was sent
    APPROVE = "approve"  # the email may go into a mail program
    UNAPPROVE = "unapprove"  # back to the draft
    EDIT = "edit"  # a person wrote a new text; an approval of the old one is gone
    HAND_OFF = "hand_off"  # the email lies in the team's mail program
    SENT = "sent"  # a person sent it
    REPLIED = "replied"  # the editor answered
    NO_REPLY = "no_reply"  # nothing came, and nobody will ask again
    DECLINED = "declined"  # the editor does not want to
    IGNORE = "ignore"  # we do not want to
    SNOOZE = "snooze"  # not now
    WAKE = "wake"  # now after all
    REOPEN = "reopen"  # takes back ignored, declined or no_reply
    ASSIGN = "assign"  # somebody takes care of it, or nobody does any more; it stays theirs until it is given away
    RECLAIM = "reclaim"  # a link of ours stands in the article
    LOSE = "lose"  # that link went away, and the article still names us: it may be asked for again
    SUPPRESS = "suppress"  # the publisher or the person must never be written to


PROGRAM_MOVES: Final = frozenset({Move.DRAFT, Move.FOLLOW_UP, Move.RECLAIM, Move.LOSE, Move.SUPPRESS})
# Nobody writes to the publisher about these any more.
CLOSED: Final = frozenset({State.RECLAIMED, State.DECLINED, State.IGNORED, State.SUPPRESSED})
_OPEN: Final = frozenset(State) - CLOSED
_NEEDS_REASON: Final = frozenset({Move.IGNORE, Move.SUPPRESS})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an opportunity stands: its human-owned values. `rev` grows with every decision of a person."""

    state: State
    state_at: datetime
    state_by: str | None = None  # None: this program
    rev: int = 0
    assigned_to: str | None = None  # None: nobody takes care of it
    has_draft: bool = False
    follow_up_waits: bool = False  # the newest draft is a follow-up that nobody has sent yet
    asks_again: bool = False  # the newest draft is a new email after one that was sent, because its link went away
    approved_by: str | None = None
    approved_at: datetime | None = None
    handed_off_via: str | None = None
    handed_off_at: datetime | None = None
    sent_at: datetime | None = None  # of the last email that was sent
    snoozed_until: datetime | None = None
    reason: str | None = None  # why ignored, declined or suppressed
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A move and what belongs to it."""

    move: Move
    reason: str | None = None  # of IGNORE, DECLINED and SUPPRESS
    until: datetime | None = None  # of SNOOZE
    via: str | None = None  # of HAND_OFF: how it got into the mail program
    at: datetime | None = None  # of SENT: when it was sent, if not now
    to: str | None = None  # of ASSIGN: who takes care of it; None: nobody any more
    note: str | None = None  # kept with the opportunity; None leaves the old one


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision cannot be, in plain words, with what to do instead."""

    why: str


def after(standing: Standing, decision: Decision, *, by: str | None, now: datetime) -> Standing | Refusal:
    """The standing after a decision. `by` None: this program decides, which it may for PROGRAM_MOVES only."""
    if by is None and decision.move not in PROGRAM_MOVES:
        return Refusal("only a person decides that")
    if decision.move in _NEEDS_REASON and not (decision.reason or "").strip():
        return Refusal("say why: the reason is kept, so that nobody asks again")
    outcome = _RULES[decision.move](standing, decision, now)
    if isinstance(outcome, Refusal):
        return outcome
    moved = outcome.state is not standing.state
    if decision.move is Move.APPROVE:
        outcome = replace(outcome, approved_by=by)
    return replace(
        outcome,
        state_at=now if moved else standing.state_at,
        state_by=by if moved else standing.state_by,
        rev=standing.rev + (by is not None),
        note=standing.note if decision.note is None else decision.note,
    )


Rule = Callable[[Standing, Decision, datetime], Standing | Refusal]


def _draft(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state not in {State.NEW, State.DRAFTED}:
        return Refusal(f"it is {_words(standing.state)}: the program writes no other text any more")
    return replace(standing, state=State.DRAFTED, has_draft=True)


def _follow_up(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is not State.SENT:
        return Refusal(f"a follow-up is written only after the first email was sent; it is {_words(standing.state)}")
    if standing.follow_up_waits:
        return Refusal("a follow-up waits already")
    return replace(standing, follow_up_waits=True)


def _approve(standing: Standing, _decision: Decision, now: datetime) -> Standing | Refusal:
    waits = standing.state is State.SENT and standing.follow_up_waits
    if standing.state is State.APPROVED:
        return Refusal("it is approved already")
    if standing.state is State.NEW:
        return Refusal("there is no draft to approve yet; a run writes it")
    if standing.state is not State.DRAFTED and not waits:
        return Refusal(f"it is {_words(standing.state)}; only a draft that waits can be approved")
    return replace(standing, state=State.APPROVED, approved_at=now, snoozed_until=None)


def _unapprove(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state not in {State.APPROVED, State.HANDED_OFF}:
        return Refusal(f"it is {_words(standing.state)}, not approved")
    return _as_draft(standing)


def _edit(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is State.DRAFTED or (standing.state is State.SENT and standing.follow_up_waits):
        return standing
    if standing.state is State.APPROVED:
        return _as_draft(standing)
    if standing.state is State.NEW:
        return Refusal("there is no draft to edit yet; a run writes it")
    if standing.state is State.HANDED_OFF:
        return Refusal("it lies in your mail program: edit it there, or take the approval back first")
    return Refusal(f"it is {_words(standing.state)}; there is nothing left to edit")


def _hand_off(standing: Standing, decision: Decision, now: datetime) -> Standing | Refusal:
    if standing.state is not State.APPROVED:
        return Refusal(f"it is {_words(standing.state)}; only an approved draft is handed off")
    return replace(standing, state=State.HANDED_OFF, handed_off_at=now, handed_off_via=decision.via)


def _sent(standing: Standing, decision: Decision, now: datetime) -> Standing | Refusal:
    waits = standing.state is State.SENT and standing.follow_up_waits
    if standing.state is State.SENT and not waits:
        return Refusal("it is marked as sent already")
    if standing.state not in {State.DRAFTED, State.APPROVED, State.HANDED_OFF} and not waits:
        return Refusal(f"it is {_words(standing.state)}; only a draft can have been sent")
    at = decision.at or now
    if at > now:
        return Refusal("it cannot have been sent in the future")
    if standing.sent_at is not None and at < standing.sent_at:
        return Refusal("a follow-up cannot have been sent before the first email")
    return replace(standing, state=State.SENT, sent_at=at, follow_up_waits=False, snoozed_until=None)


def _replied(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is State.REPLIED:
        return Refusal("it is marked as answered already")
    if standing.state not in _OPEN or (standing.sent_at is None and standing.state is not State.HANDED_OFF):
        return Refusal(f"it is {_words(standing.state)}: nobody can have answered; mark it as sent first")
    return replace(standing, state=State.REPLIED, snoozed_until=None)


def _no_reply(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is not State.SENT:
        return Refusal(f"it is {_words(standing.state)}; only an email that was sent can stay without answer")
    return replace(standing, state=State.NO_REPLY, snoozed_until=None)


def _declined(standing: Standing, decision: Decision, _now: datetime) -> Standing | Refusal:
    return _closed(standing, State.DECLINED, decision)


def _ignore(standing: Standing, decision: Decision, _now: datetime) -> Standing | Refusal:
    return _closed(standing, State.IGNORED, decision)


def _suppress(standing: Standing, decision: Decision, _now: datetime) -> Standing | Refusal:
    return _closed(standing, State.SUPPRESSED, decision)


def _closed(standing: Standing, state: State, decision: Decision) -> Standing | Refusal:
    if standing.state not in _OPEN:
        return Refusal(f"it is {_words(standing.state)} already")
    reason = (decision.reason or "").strip() or None
    return replace(standing, state=state, reason=reason, snoozed_until=None)


def _snooze(standing: Standing, decision: Decision, now: datetime) -> Standing | Refusal:
    if standing.state not in _OPEN:
        return Refusal(f"it is {_words(standing.state)}; there is nothing to put off")
    if decision.until is None or decision.until <= now:
        return Refusal("put it off to a day that is still to come")
    if decision.until > now + LONGEST_SNOOZE:
        return Refusal("put it off for a year at most, or skip it with a reason")
    return replace(standing, snoozed_until=decision.until)


def _wake(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.snoozed_until is None:
        return Refusal("it is not put off")
    return replace(standing, snoozed_until=None)


def _reopen(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is State.SUPPRESSED:
        return Refusal("it is suppressed: take the address or domain off the suppression list first")
    if standing.state not in {State.IGNORED, State.DECLINED, State.NO_REPLY}:
        return Refusal(f"it is {_words(standing.state)}; only what was skipped, declined or unanswered is reopened")
    return replace(_as_draft(standing), reason=None)


def _assign(standing: Standing, decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state not in _OPEN:
        return Refusal(f"it is {_words(standing.state)}; there is nothing left to take care of")
    to = (decision.to or "").strip() or None
    if to == standing.assigned_to:
        return Refusal(f"it is {to}'s already" if to else "it is nobody's already")
    return replace(standing, assigned_to=to)


def _reclaim(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    asked_before = standing.sent_at is not None or standing.handed_off_at is not None
    if standing.state in CLOSED or (standing.state in {State.NEW, State.DRAFTED} and not asked_before):
        return Refusal(f"it is {_words(standing.state)}: a link found there is not one we asked for")
    return replace(standing, state=State.RECLAIMED)


def _lose(standing: Standing, _decision: Decision, _now: datetime) -> Standing | Refusal:
    if standing.state is not State.RECLAIMED:
        return Refusal(f"it is {_words(standing.state)}: only a link that was reclaimed can be lost")
    return replace(standing, state=State.NEW)


def _as_draft(standing: Standing) -> Standing:
    """Back to where nothing is decided about the newest text: a draft, or an email that was sent."""
    was_sent = standing.sent_at is not None and not standing.asks_again
    state = State.SENT if was_sent else State.DRAFTED if standing.has_draft else State.NEW
    return replace(standing, state=state, approved_by=None, approved_at=None, handed_off_at=None, handed_off_via=None)


_RULES: Final[Mapping[Move, Rule]] = {
    Move.DRAFT: _draft,
    Move.FOLLOW_UP: _follow_up,
    Move.APPROVE: _approve,
    Move.UNAPPROVE: _unapprove,
    Move.EDIT: _edit,
    Move.HAND_OFF: _hand_off,
    Move.SENT: _sent,
    Move.REPLIED: _replied,
    Move.NO_REPLY: _no_reply,
    Move.DECLINED: _declined,
    Move.IGNORE: _ignore,
    Move.SNOOZE: _snooze,
    Move.WAKE: _wake,
    Move.REOPEN: _reopen,
    Move.ASSIGN: _assign,
    Move.RECLAIM: _reclaim,
    Move.LOSE: _lose,
    Move.SUPPRESS: _suppress,
}


def _words(state: State) -> str:
    """The state as a sentence uses it: "handed off", "without an answer"."""
    return {State.NO_REPLY: "without an answer", State.REPLIED: "answered"}.get(state, state.value.replace("_", " "))
