"""Which of the drafts that were handed off were sent: asked of the mailbox, answered by what lies in it."""

from collections.abc import Sequence
from datetime import timedelta

from mentions.mailboxes import Imap
from mentions.outreach.handoff.folders import Use
from mentions.outreach.handoff.mailbox import Mailbox
from mentions.outreach.handoff.push import drafts_folder
from mentions.outreach.handoff.records import HandedOff
from mentions.outreach.handoff.secrets import secret_of
from mentions.outreach.handoff.sent import Answer, Email, Report, read_email, report


def look_over(settings: Imap) -> str:
    """Logs in and says which folders would be used; changes nothing. Raises MailboxError."""
    with Mailbox(settings, secret_of(settings)) as mailbox:
        drafts, sent = drafts_folder(mailbox), mailbox.folder(Use.SENT)
    found = f"{settings.name}: drafts go into “{drafts.name}”"
    if sent is None:
        return f"{found}; no folder for what was sent, so you will be asked (imap.sent_folder names one)"
    return f"{found}, what was sent is looked for in “{sent.name}”"


def check_sent(mailbox: Mailbox, handed_off: Sequence[HandedOff]) -> list[Report]:
    """A report on each draft; changes nothing, in the mailbox or elsewhere. Raises MailboxError, MailboxGone."""
    if not handed_off:
        return []
    there = _in_drafts(mailbox, handed_off)
    sent = _in_sent(mailbox, handed_off)
    if sent is None:
        says = f"the mailbox {mailbox.name} has no folder for what was sent; name it in imap.sent_folder"
        return [Report(each, Answer.UNCLEAR, says) for each in handed_off]
    return [
        report(each, in_drafts=there.get(each.number), sent=sent[each.number], others=handed_off) for each in handed_off
    ]


def _in_drafts(mailbox: Mailbox, handed_off: Sequence[HandedOff]) -> dict[int, bool]:
    """Number → does the draft still lie there? Without those that never lay in this mailbox."""
    put_there = [each for each in handed_off if each.place is not None and each.place.mailbox == mailbox.name]
    if not put_there:
        return {}
    mailbox.enter(drafts_folder(mailbox))
    found = {}
    for each in put_there:
        assert each.place is not None, "filtered above"
        # A number means something only as long as the folder is numbered as it was then.
        same_numbers = each.place.uid is not None and each.place.uid_validity == mailbox.uid_validity
        found[each.number] = bool(
            (same_numbers and each.place.uid is not None and mailbox.has(each.place.uid))
            or mailbox.with_message_id(each.draft.message_id)
        )
    return found


def _in_sent(mailbox: Mailbox, handed_off: Sequence[HandedOff]) -> dict[int, list[Email]] | None:
    """Number → the emails that went to its recipient since it was approved; None: there is no such folder."""
    folder = mailbox.folder(Use.SENT)
    if folder is None:
        return None
    mailbox.enter(folder)
    emails = {}
    for each in handed_off:
        to = each.draft.draft.to_address
        since = (each.approved_at - timedelta(days=1)).date()
        found = mailbox.to_person(to, since=since) if to else []
        emails[each.number] = [read_email(one.content, one.at) for one in found]
    return emails
