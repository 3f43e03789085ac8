"""Handing off from a page: the same steps as `mentions drafts hand-off`, and what the page shows of each draft."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from mentions.config import Config, Sender
from mentions.exceptions import ConfigError, DraftError
from mentions.looking_first import is_old
from mentions.outreach.handoff import handing
from mentions.outreach.handoff.mailto import mail_link
from mentions.outreach.handoff.records import Approved, Done, HandedOff, Left, Way
from mentions.review.desk import Desk
from mentions.review.visitors import Visitor
from mentions.store.lock import hand_off_lock
from mentions.store.records import StoredDraft


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approved draft, as the page shows it."""

    approved: Approved
    old_look: bool  # nobody looked at the article for over a day


@dataclass(frozen=True, slots=True)
class Lying:
    """A draft that was handed off and not marked as sent, as the page shows it."""

    handed: HandedOff
    link: str | None  # that opens a mail program; None: it is too long for a link


def sender_of(config: Config) -> Sender:
    """Who signs. Raises ConfigError where nobody does."""
    if config.sender is None:
        raise ConfigError("is missing: nobody signs the drafts", path=config.path, where="[sender]")
    return config.sender


def waiting(desk: Desk) -> tuple[list[Waiting], list[Left]]:
    """The approved drafts that may go out, and those that may not and why; changes nothing."""
    ready = handing.ready(desk.store, now=desk.now)
    shown = [Waiting(each, is_old(each.draft.finding.last_checked_at, desk.now)) for each in ready.approved]
    return shown, list(ready.left)


def lying(desk: Desk) -> list[Lying]:
    """The drafts that lie in somebody's mail program, the newest first."""
    handed = sorted(desk.store.handed_off(), key=lambda each: each.handed_off_at, reverse=True)
    return [Lying(each, _link(each.draft)) for each in handed]


def _link(draft: StoredDraft) -> str | None:
    try:
        return mail_link(draft.draft)
    except DraftError:
        return None


def hand_off(
    desk: Desk, visitor: Visitor, numbers: Sequence[int], way: Way, revs: Mapping[int, int], *, now: datetime
) -> list[Done | Left]:
    """Hands off the approved drafts of these numbers; what came of each.

    `revs`: the versions that the page showed; a draft that is another one by now, or was not shown, is left. Raises
    AlreadyRunning, ConfigError, MailboxError.
    """
    with hand_off_lock(desk.config.store_url):
        ready = handing.ready(desk.store, now=now, numbers=numbers)
        stale = [each for each in ready.approved if revs.get(each.number) != each.rev]
        good = tuple(each for each in ready.approved if each not in stale)
        what = replace(ready, approved=good)
        with _way(desk.config, way, needed=bool(good)) as hand_over:
            results = list(handing.hand_off(desk.store, what, way, hand_over, by=visitor.name, now=now))
    return [*results, *(Left(each, "it was changed since you saw it: read it again") for each in stale)]


@contextmanager
def _way(config: Config, way: Way, *, needed: bool) -> Iterator[handing.Handing]:
    """How drafts are handed over; a mailbox is opened only when there is something to put into it."""
    sender = sender_of(config)
    if way is Way.MAILTO:
        yield handing.as_links
    elif way is not Way.IMAP or not needed:
        yield handing.as_downloads(sender)
    else:
        from mentions.outreach.handoff.mailbox import Mailbox
        from mentions.outreach.handoff.push import drafts_folder
        from mentions.outreach.handoff.secrets import secret_of

        settings = config.mailbox
        with Mailbox(settings, secret_of(settings)) as mailbox:
            drafts_folder(mailbox)  # where there is none, that is said before anything is done
            yield handing.into_mailbox(mailbox, sender)


def undo_numbers(desk: Desk, visitor: Visitor, at: datetime) -> list[int]:
    """The changes that the hand-off of that moment made, for its undo."""
    recent = desk.store.recent_changes(now=at, by=visitor.name, limit=500)
    return [each.change.id for each in recent if each.change.kind == "hand off" and each.change.at == at]
