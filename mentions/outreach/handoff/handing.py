"""The whole of a hand-off, for the command line and the review desk: ask, hand over, write down. Nothing is sent."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mentions.config import Sender
from mentions.exceptions import DecisionRefused, DraftError
from mentions.outreach.eml import as_eml, write_eml
from mentions.outreach.handoff.archive import write_archive
from mentions.outreach.handoff.gate import left
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.mailto import mail_link
from mentions.outreach.handoff.push import push
from mentions.outreach.handoff.records import Approved, Done, Left, Place, Way
from mentions.workflow import Decision, Move

if TYPE_CHECKING:
    from mentions.store.workflow import OpportunityChange


class HandOffStore(Protocol):
    """What a hand-off asks of the store."""

    def to_hand_off(self, numbers: Sequence[int] | None = None) -> list[Approved]:
        """Approved drafts."""

    def mark_handed_off(
        self, approved: Approved, *, via: str, place: Place | None, by: str | None, now: datetime
    ) -> "OpportunityChange":
        """Writes down where a draft is."""

    def decide(
        self, opportunity_id: int, decision: Decision, *, by: str | None, now: datetime, rev: int | None = None
    ) -> "OpportunityChange":
        """Makes a decision."""


Handing = Callable[[Sequence[Approved]], Iterator[Done | Left]]


@dataclass(frozen=True, slots=True)
class Ready:
    """What would be handed off, and what not and why."""

    approved: tuple[Approved, ...]
    left: tuple[Left, ...]


def ready(store: HandOffStore, *, now: datetime, numbers: Sequence[int] | None = None) -> Ready:
    """The approved drafts (of these numbers), parted by whether they may go out; changes nothing."""
    approved, refused = [], []
    for each in store.to_hand_off(numbers):
        why_not = left(each, now=now)
        if why_not is None:
            approved.append(each)
        else:
            refused.append(why_not)
    return Ready(tuple(approved), tuple(refused))


def hand_off(
    store: HandOffStore, what: Ready, way: Way, handing: Handing, *, by: str | None, now: datetime
) -> Iterator[Done | Left]:
    """Hands over each draft and writes it down at once; gives what came of it, the refused ones first.

    To be called within mentions.store.lock.hand_off_lock. Raises MailboxError where the mailbox cannot be used at all.
    """
    for refused in what.left:
        if refused.reclaimed:
            with suppress(DecisionRefused):  # somebody decided in between: their word stands
                store.decide(refused.approved.number, Decision(Move.RECLAIM), by=None, now=now)
        yield refused
    for result in handing(what.approved):
        yield _written_down(store, result, way, by=by, now=now) if isinstance(result, Done) else result


def _written_down(store: HandOffStore, done: Done, way: Way, *, by: str | None, now: datetime) -> Done | Left:
    try:
        store.mark_handed_off(done.approved, via=way.value, place=done.place, by=by, now=now)
    except DecisionRefused as error:
        return Left(done.approved, f"{error}. Do not send what lies in {done.where}")
    return done


def as_files(folder: Path, sender: Sender) -> Handing:
    """One .eml file an email."""

    def handing(approved: Sequence[Approved]) -> Iterator[Done | Left]:
        for each in approved:
            try:
                yield Done(each, str(write_eml(each.draft, sender, folder)))
            except DraftError as error:
                yield Left(each, str(error))

    return handing


def as_archive(path: Path, sender: Sender) -> Handing:
    """One archive with all of them, put at the path whole or not at all. Raises DraftError where it cannot be."""

    def handing(approved: Sequence[Approved]) -> Iterator[Done | Left]:
        if not approved:
            return
        refused = _write_archive(path, approved, sender)
        for each in approved:
            why = refused.get(each.draft.id)
            yield Done(each, str(path)) if why is None else Left(each, why)

    return handing


def as_downloads(sender: Sender) -> Handing:
    """Nothing is written: whoever hands them off takes the files from where they are shown."""

    def handing(approved: Sequence[Approved]) -> Iterator[Done | Left]:
        for each in approved:
            try:
                as_eml(each.draft, sender)
            except DraftError as error:
                yield Left(each, str(error))
            else:
                yield Done(each, "the files you download")

    return handing


def as_links(approved: Sequence[Approved]) -> Iterator[Done | Left]:
    """A mail link each; one that is too long for a link is left."""
    for each in approved:
        try:
            yield Done(each, mail_link(each.draft.draft))
        except DraftError as error:
            yield Left(each, str(error))


def into_mailbox(mailbox: Mailbox, sender: Sender) -> Handing:
    """Into the Drafts folder of a mailbox; see push."""
    return lambda approved: push(mailbox, approved, sender)


def _write_archive(path: Path, approved: Sequence[Approved], sender: Sender) -> dict[int, str]:
    """Returns draft id → why it is not in the archive."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                archived = write_archive([each.draft for each in approved], sender, file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DraftError(f"{path} cannot be written: {error.strerror or error}") from error
    return {draft.id: why for draft, why in archived.refused}
