"""Approved drafts into the Drafts folder, each exactly once, whatever dies in between.

Before a draft is put there, the folder is asked for its Message-ID, which is fixed since the draft was first stored. So
a push that was killed after the server took the draft, and before we wrote that down, finds it and writes it down. Two
pushes at once are kept apart by a lock (mentions.store.lock), because between asking and putting is a gap.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.parser import BytesParser
from email.policy import compat32

from mentions.config import Sender
from mentions.exceptions import DraftError, MailboxError, MailboxGone
from mentions.outreach.eml import as_eml
from mentions.outreach.handoff.folders import Folder, Use
from mentions.outreach.handoff.mailbox import Found, Mailbox
from mentions.outreach.handoff.records import Approved, Done, Left, Place
from mentions.outreach.handoff.sent import is_this, read_email


def drafts_folder(mailbox: Mailbox) -> Folder:
    """The folder for drafts. Raises MailboxError with the folders there are, when none is for drafts."""
    found = mailbox.folder(Use.DRAFTS)
    if found is None:
        names = ", ".join(f"“{folder.name}”" for folder in mailbox.folders()[:12] if folder.usable)
        raise MailboxError(
            f"the mailbox {mailbox.name} has no folder for drafts; nothing was handed off. "
            f"Name one in imap.drafts_folder: {names or 'it has no folder at all'}"
        )
    return found


def push(mailbox: Mailbox, approved: Sequence[Approved], sender: Sender) -> Iterator[Done | Left]:
    """Puts each draft into the Drafts folder, unless it lies there or was sent already; gives what came of it at once.

    One that cannot be put there is left with its reason. When the mailbox goes away, the rest is left, still approved.
    """
    folder = drafts_folder(mailbox)
    sent = _sent_already(mailbox, approved)
    mailbox.enter(folder, to_write=True)
    for place, each in enumerate(approved):
        if each.number in sent:
            yield Left(each, f"an email to this person about this article was sent already; if it was this one: "
                       f"mentions drafts sent {each.number}")  # fmt: skip
            continue
        try:
            yield _put(mailbox, folder, each, sender)
        except MailboxGone as error:
            yield from (Left(other, str(error)) for other in approved[place:])
            return
        except (MailboxError, DraftError) as error:
            yield Left(each, str(error))


def _sent_already(mailbox: Mailbox, approved: Sequence[Approved]) -> frozenset[int]:
    """Drafts that somebody sent since they were approved: a push was killed, and the draft it left was sent."""
    folder = mailbox.folder(Use.SENT)
    if folder is None:
        return frozenset()
    mailbox.enter(folder)
    found = set()
    for each in approved:
        to = each.draft.draft.to_address
        if to is None:
            continue
        emails = mailbox.to_person(to, since=(each.approved_at - timedelta(days=1)).date())
        if any(is_this(read_email(e.content, e.at), each.draft, since=each.approved_at) for e in emails):
            found.add(each.number)
    return frozenset(found)


def _put(mailbox: Mailbox, folder: Folder, each: Approved, sender: Sender) -> Done | Left:
    content = as_eml(each.draft, sender, in_mailbox=True)
    there = mailbox.with_message_id(each.draft.message_id)
    if there:
        return _found(mailbox, folder, each, there, content)
    place = mailbox.put_draft(folder, content)
    if place.uid is None:  # a server without UIDPLUS does not tell; the folder knows
        there = mailbox.with_message_id(each.draft.message_id)
        place = Place(mailbox.name, folder.name, mailbox.uid_validity, there[-1].uid if there else None)
    return Done(each, f"“{folder.name}” of {mailbox.name}", place)


def _found(mailbox: Mailbox, folder: Folder, each: Approved, there: list[Found], content: bytes) -> Done | Left:
    """A draft that lies there already counts as handed off, if it is this revision of it."""
    same = next((found for found in there if _says(found.content) == _says(content)), None)
    if same is None:
        return Left(
            each,
            f"an older version of it lies in “{folder.name}” of {mailbox.name}: delete it there, then hand off again",
        )
    place = Place(mailbox.name, folder.name, mailbox.uid_validity, same.uid)
    return Done(each, f"“{folder.name}” of {mailbox.name} (it lay there already)", place)


def _says(content: bytes) -> tuple[frozenset[str], str, str]:
    """Recipients, subject and text, however the server folds lines."""
    email = read_email(content, None)
    subject = BytesParser(policy=compat32).parsebytes(content, headersonly=True)["Subject"]
    return email.recipients, " ".join(str(subject).split()), email.text
