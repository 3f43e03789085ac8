"""What people do in the year, through the store as the review desk does it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from mentions.store import Store
from mentions.workflow import Decision, Move
from tests.crawling.year.plot import Told

KIM: Final = "kim"

Deed = Callable[[Store, Told, int, datetime], None]  # of the opportunity of that number


def _decide(move: Move, **more: str) -> Deed:
    def deed(store: Store, _: Told, number: int, now: datetime) -> None:
        store.decide(number, Decision(move, **more), by=KIM, now=now)  # type: ignore[arg-type]  # reasons, all of them

    return deed


def _approve(store: Store, told: Told, number: int, now: datetime) -> None:
    """Each article has an editor of its own, whose address somebody looked up."""
    store.edit_draft(
        number,
        subject=f"A link in {told.path}?",
        body="Dear editor, would you link our name?",
        to_address=f"editor{told.number}@{told.host}",
        to_name=None,
        by=KIM,
        now=now,
    )
    store.decide(number, Decision(Move.APPROVE), by=KIM, now=now, strict=False)


def _send(store: Store, told: Told, number: int, now: datetime) -> None:
    _approve(store, told, number, now)
    store.decide(number, Decision(Move.SENT), by=KIM, now=now)


def _follow_up(store: Store, _: Told, number: int, now: datetime) -> None:
    """The program wrote one, because nobody answered; it goes out as it is."""
    draft = store.draft_of(number)
    assert draft is not None
    assert draft.draft.follow_up == 1, "a night wrote the follow-up"
    store.decide(number, Decision(Move.APPROVE), by=KIM, now=now, strict=False)
    store.decide(number, Decision(Move.SENT), by=KIM, now=now)


def _suppress(store: Store, _: Told, number: int, now: datetime) -> None:
    store.block_publisher(number, reason="they asked for it", by=KIM, now=now)


def _undo(store: Store, _: Told, number: int, now: datetime) -> None:
    store.undo_last(number, by=KIM, now=now)


def _look(store: Store, _: Told, number: int, now: datetime) -> None:
    store.ask_for_look(number, by=KIM, now=now)


DEEDS: Final[Mapping[str, Deed]] = {
    "approve": _approve,
    "send": _send,
    "follow up": _follow_up,
    "hand off": _decide(Move.HAND_OFF, via="eml"),
    "reply": _decide(Move.REPLIED),
    "no reply": _decide(Move.NO_REPLY),
    "decline": _decide(Move.DECLINED, reason="no links in old articles"),
    "ignore": _decide(Move.IGNORE, reason="not worth it"),
    "suppress": _suppress,
    "undo": _undo,
    "look": _look,
}
