"""What a person may decide about one find: which buttons stand there, who may press them, and what they are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from mentions.looking_first import AskedApproval, is_old
from mentions.outreach.approval import may_approve
from mentions.review.desk import Desk
from mentions.review.visitors import Visitor
from mentions.roles import Role
from mentions.store.changes import RecentChange
from mentions.store.dossiers import Dossier, EarlierEmail
from mentions.store.records import StoredDraft, StoredFinding
from mentions.undoing import told
from mentions.workflow import Decision, Move, OpportunityState, Refusal, Standing, after


class Word(StrEnum):
    """A decision as it stands in an address: POST /opportunities/12/skip."""

    APPROVE = "approve"
    ANYWAY = "approve-anyway"  # although nobody could look at the article
    UNAPPROVE = "unapprove"
    SKIP = "skip"
    SNOOZE = "snooze"
    WAKE = "wake"
    NOT_US = "not-us"
    LINKED = "already-linked"
    NEGATIVE = "negative"
    WRONG_PERSON = "wrong-person"
    BLOCK = "block-publisher"
    NO_CONTACT = "do-not-contact"
    ASSIGN = "assign"
    SENT = "sent"
    REPLIED = "replied"
    DECLINED = "declined"
    NO_REPLY = "no-reply"
    REOPEN = "reopen"


MOVES: Final[Mapping[Word, Move]] = {
    Word.APPROVE: Move.APPROVE,
    Word.ANYWAY: Move.APPROVE,
    Word.UNAPPROVE: Move.UNAPPROVE,
    Word.SKIP: Move.IGNORE,
    Word.SNOOZE: Move.SNOOZE,
    Word.WAKE: Move.WAKE,
    Word.NOT_US: Move.IGNORE,
    Word.LINKED: Move.IGNORE,
    Word.NEGATIVE: Move.IGNORE,
    Word.BLOCK: Move.SUPPRESS,
    Word.NO_CONTACT: Move.SUPPRESS,
    Word.ASSIGN: Move.ASSIGN,
    Word.SENT: Move.SENT,
    Word.REPLIED: Move.REPLIED,
    Word.DECLINED: Move.DECLINED,
    Word.NO_REPLY: Move.NO_REPLY,
    Word.REOPEN: Move.REOPEN,
}
_APPROVERS: Final = frozenset({Word.APPROVE, Word.ANYWAY, Word.BLOCK, Word.NO_CONTACT})
# After these nothing is left to do at this find for now, so that the next one of the queue is shown.
FINISHING: Final = frozenset(Word) - {Word.WAKE, Word.UNAPPROVE, Word.REOPEN, Word.WRONG_PERSON, Word.ASSIGN}
# What may be decided about many at once. Never an approval: each email is read by somebody before it goes out.
IN_BULK: Final = frozenset(
    {Word.SKIP, Word.SNOOZE, Word.WAKE, Word.NOT_US, Word.LINKED, Word.NEGATIVE, Word.ASSIGN, Word.NO_REPLY}
)
_UNDER_WAY: Final = frozenset({OpportunityState.APPROVED, OpportunityState.HANDED_OFF, OpportunityState.SENT})
_READDRESSED: Final = frozenset({OpportunityState.NEW, OpportunityState.DRAFTED})


def role_for(word: Word) -> Role:
    """Who may decide that."""
    return Role.APPROVER if word in _APPROVERS else Role.REVIEWER


@dataclass(frozen=True, slots=True)
class DecisionForms:
    """What parts/decisions.html shows."""

    number: int
    standing: Standing
    finding: StoredFinding
    draft: StoredDraft | None
    words: frozenset[str]  # what may be decided now, and by this visitor
    for_approvers: bool  # something may be decided that needs an approver, and the visitor is none
    refusals: tuple[str, ...]  # why the email may not be approved as it is
    warnings: tuple[str, ...]
    looks_first: bool  # an approval waits for a look, because the last one is old
    asked: AskedApproval | None  # an approval that waits, or was dropped with a reason
    recent: tuple[RecentChange, ...]  # what was decided last and can be taken back
    colleagues: tuple[str, ...]  # to whom it may be given

    def may(self, word: str) -> bool:
        """Does this button stand there? Raises ValueError for a word that is no decision, which a test then finds."""
        return Word(word) in self.words

    def told(self, kind: str) -> str:
        """What was done, in words: "Skipped"."""
        return told(kind)


def decisions_for(desk: Desk, visitor: Visitor, number: int, dossier: Dossier | None = None) -> DecisionForms | None:
    """The forms of a find; None where there is no opportunity of that number.

    `dossier`: what the page shows of it, where that is read already; the forms then decide about what is shown.
    """
    store, now = desk.store, desk.now
    dossier = dossier or store.dossier(number)
    if dossier is None:
        return None
    finding, standing = dossier.finding, dossier.standing
    draft = dossier.revisions[0] if dossier.revisions else None
    words = possible(standing, draft, now)
    asked = store.asked_approval(number)
    if asked is not None and asked.problem is None:
        words -= {Word.APPROVE}
    if asked is None or asked.problem is None:
        words -= {Word.ANYWAY}
    refusals, warnings = _of_draft(desk, draft) if Word.APPROVE in words else ((), ())
    if Word.APPROVE in words:
        warnings = (*warnings, *_same_person(dossier.to_person))
    allowed = frozenset(word for word in words if visitor.may(role_for(word)))
    recent = store.recent_changes(now=now, opportunity_id=number, limit=3)
    return DecisionForms(
        number=number,
        standing=standing,
        finding=finding,
        draft=draft,
        words=allowed,
        for_approvers=bool((words - allowed) & _APPROVERS) and visitor.may(Role.REVIEWER),
        refusals=refusals,
        warnings=warnings,
        looks_first=is_old(finding.last_checked_at, now),
        asked=asked,
        recent=tuple(each for each in recent if each.undoable),
        colleagues=tuple(user.name for user in store.users() if user.disabled_at is None),
    )


def possible(standing: Standing, draft: StoredDraft | None, now: datetime) -> frozenset[Word]:
    """What may be decided, whoever asks: every word whose move mentions.workflow lets through."""
    found = {word for word in MOVES if not isinstance(_tried(word, standing, now), Refusal)}
    if standing.state in _READDRESSED:
        found.add(Word.WRONG_PERSON)
    if draft is None or draft.draft.to_address is None:
        found.discard(Word.NO_CONTACT)
    return frozenset(found)


def _tried(word: Word, standing: Standing, now: datetime) -> Standing | Refusal:
    anybody = "somebody" if standing.assigned_to != "somebody" else "somebody else"
    decision = Decision(MOVES[word], reason="a reason", until=now + timedelta(days=1), to=anybody)
    return after(standing, decision, by=anybody, now=now)


def _same_person(emails: Sequence[EarlierEmail]) -> Iterator[str]:
    """Said before a second email to somebody is approved, not only after it."""
    under_way = [each for each in emails if each.state in _UNDER_WAY]
    if under_way:
        first = under_way[0]
        state, title = first.state.value.replace("_", " "), first.page_title or first.page_url
        more = f", and {len(under_way) - 1} more" if len(under_way) > 1 else ""
        yield f"the same person gets another email already: about “{title}” ({state}){more}; better put this one off"


def _of_draft(desk: Desk, draft: StoredDraft | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why it may not be approved as it is, and what to know although it may."""
    if draft is None:
        return (), ()
    forbidden = desk.store.suppressed(draft.draft.to_address, draft.finding.publisher)
    answer = may_approve(draft, suppressed=forbidden, now=desk.now, strict=desk.config.drafts.strict)
    return answer.refusals, answer.warnings
