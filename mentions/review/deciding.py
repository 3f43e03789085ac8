"""Making a decision of the desk: the word of a button, what the person gave with it → the store, and what to tell."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mentions.exceptions import ConfigError, DecisionRefused, DraftError, NothingThere, StoreError, TemplateError
from mentions.looking_first import is_old
from mentions.matching.feedback import Answer, answered
from mentions.matching.profiles import profile
from mentions.outreach.readdressing import Readdressed, instead_of, text_to
from mentions.outreach.rendering import Rendering
from mentions.review.desk import Desk
from mentions.review.offers import MOVES, Word
from mentions.review.visitors import Visitor
from mentions.undoing import WRONG_PERSON, told
from mentions.workflow import Decision

# Why a find is skipped by a button of its own; reports count these words.
LINKED: Final = "already linked"
NEGATIVE: Final = "negative story"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave with a decision."""

    rev: int | None = None  # the version they saw; None: whichever it is
    reason: str | None = None
    note: str | None = None
    days: int = 7  # of SNOOZE
    to: str | None = None  # of ASSIGN


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, as the person is told; `change`: the number by which it is undone, None: there is none."""

    text: str
    change: int | None = None
    warnings: tuple[str, ...] = ()


def perform(desk: Desk, visitor: Visitor, number: int, word: Word, given: Given) -> Done:
    """Makes a decision about one find. Raises DecisionRefused, StaleRevision, StoreError; then nothing was changed."""
    match word:
        case Word.APPROVE | Word.ANYWAY:
            return _approve(desk, visitor, number, given, anyway=word is Word.ANYWAY)
        case Word.NOT_US:
            return _not_us(desk, visitor, number, given)
        case Word.WRONG_PERSON:
            return _wrong_person(desk, visitor, number, given)
        case Word.BLOCK | Word.NO_CONTACT:
            return _suppress(desk, visitor, number, word, given)
        case _:
            return _move(desk, visitor, number, word, given)


def _move(desk: Desk, visitor: Visitor, number: int, word: Word, given: Given) -> Done:
    """A decision that is one move of mentions.workflow."""
    reason = {Word.LINKED: LINKED, Word.NEGATIVE: NEGATIVE}.get(word, given.reason)
    until = desk.now + timedelta(days=given.days) if word is Word.SNOOZE else None
    decision = Decision(MOVES[word], reason=reason, until=until, to=given.to, note=given.note)
    change = desk.store.decide(
        number, decision, by=visitor.name, now=desk.now, rev=given.rev, strict=desk.config.drafts.strict
    )
    if word is Word.LINKED:  # a person saw it; the next look writes down where it leads and how it is marked
        desk.store.ask_for_look(number, by=visitor.name, now=desk.now)
    text = {
        Word.SNOOZE: f"Put off until {until:%-d %B}" if until else "",
        Word.LINKED: "Marked as already linked",
        Word.NEGATIVE: "Skipped as a negative story",
        Word.ASSIGN: f"Given to {given.to}" if given.to else "Nobody's now",
    }.get(word) or told(decision.move.value.replace("_", " "))
    return Done(text, change.id, change.warnings)


def _approve(desk: Desk, visitor: Visitor, number: int, given: Given, *, anyway: bool) -> Done:
    """At once where the last look is fresh; else once somebody has looked, or when nobody could and they insist."""
    store, now = desk.store, desk.now
    finding = store.finding_of(number)
    if finding is None:
        raise NothingThere(f"there is no opportunity {number}")
    asked = store.asked_approval(number)
    insists = anyway and asked is not None and asked.problem is not None
    if is_old(finding.last_checked_at, now) and not insists:
        store.ask_approval(number, by=visitor.name, now=now, rev=given.rev, strict=desk.config.drafts.strict)
        store.ask_for_look(number, by=visitor.name, now=now)
        return Done(
            "Looking first: the last look is over a day old. It is approved once the article shows no link to us"
        )
    return _move(desk, visitor, number, Word.APPROVE, given)


def _not_us(desk: Desk, visitor: Visitor, number: int, given: Given) -> Done:
    answer = _answer(desk, visitor, number, given.note)
    change = desk.store.not_us(number, answer, by=visitor.name, now=desk.now, rev=given.rev, note=given.note)
    taught = "pages like it score lower from the next run on" if answer else "its text is no longer kept to learn from"
    return Done(f"Marked as not us; {taught}", change.id)


def _answer(desk: Desk, visitor: Visitor, number: int, note: str | None) -> Answer | None:
    """What is learnt from the decision; None where the text or the target is gone."""
    try:
        case = desk.store.case(number)
        target = desk.config.target(case.target)
    except (StoreError, KeyError):
        return None
    return answered(case, profile(target), is_us=False, said_by=visitor.name, said_at=desk.now, note=note)


def _wrong_person(desk: Desk, visitor: Visitor, number: int, given: Given) -> Done:
    """The next contact of the list, and the draft written to them."""
    store = desk.store
    finding, draft = store.finding_of(number), store.draft_of(number)
    if finding is None:
        raise NothingThere(f"there is no opportunity {number}")
    address = draft.draft.to_address if draft else finding.contact.address if finding.contact else None
    wrong, contact = instead_of(
        address,
        store.contacts_for(number),
        rejected=store.wrong_people(number),
        may_write=lambda to: store.suppressed(to, finding.publisher) is None,
    )
    if contact is None:
        raise DecisionRefused(
            f"draft {number}: nobody else is known at {finding.publisher}. Name somebody in the draft yourself, or "
            "skip it"
        )
    try:
        text = text_to(contact, draft, Rendering(desk.config, store), now=desk.now) if draft else None
    except (ConfigError, DraftError, TemplateError) as error:
        raise DecisionRefused(f"draft {number} cannot be written to somebody else: {error}") from error
    to = Readdressed(contact.id, wrong, text, draft.written_by if draft else None)
    change = store.readdress(number, to, by=visitor.name, now=desk.now, rev=given.rev)
    who = contact.contact.name or contact.contact.address
    return Done(f"{told(WRONG_PERSON)}: {who}", change)


def _suppress(desk: Desk, visitor: Visitor, number: int, word: Word, given: Given) -> Done:
    decide = desk.store.block_publisher if word is Word.BLOCK else desk.store.do_not_contact
    if given.reason is None:
        raise DecisionRefused(f"draft {number}: say why: the reason is kept, so that nobody asks again")
    change = decide(number, reason=given.reason, by=visitor.name, now=desk.now, rev=given.rev)
    who = "this publisher" if word is Word.BLOCK else "this person"
    return Done(f"Nobody writes to {who} any more", change.id)
