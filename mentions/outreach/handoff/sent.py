"""Was a draft sent? What lies in the folders Drafts and Sent, read as evidence. Pure.

Mail programs send with a new Message-ID and drop our headers. What stays is the recipient and the article's address.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from enum import StrEnum
from typing import Final

from mentions.outreach.handoff.records import HandedOff
from mentions.store.records import StoredDraft

CLOCKS_DIFFER: Final = timedelta(minutes=15)  # between the mail server and this machine


class Answer(StrEnum):
    """What the two folders say about a draft that was handed off."""

    SENT = "sent"  # gone from Drafts, and an email to the contact with the article's address is in Sent
    WAITING = "waiting"  # still in Drafts
    UNCLEAR = "unclear"  # only the person knows


@dataclass(frozen=True, slots=True)
class Email:
    """What of an email matters here."""

    message_id: str | None
    recipients: frozenset[str]  # lower case
    text: str  # without any white space: mail programs wrap lines where they like
    at: datetime | None  # when the server got it


@dataclass(frozen=True, slots=True)
class Report:
    """The answer about one draft. `at` and `message_id` are those of the email that was sent."""

    handed_off: HandedOff
    answer: Answer
    says: str
    at: datetime | None = None
    message_id: str | None = None


def read_email(content: bytes, at: datetime | None) -> Email:
    """The email in these bytes, as far as it can be read; never raises for what a mail program wrote.

    Read with Python's older parser: the newer one stumbles over some broken headers.
    """
    message = BytesParser(policy=compat32).parsebytes(content)
    headers = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
    recipients = frozenset(address.lower() for _, address in getaddresses(headers) if address)
    message_id = message.get("Message-ID")
    text = "".join("".join(_texts(message)).split())
    return Email(str(message_id).strip() if message_id else None, recipients, text, at)


def is_this(email: Email, draft: StoredDraft, *, since: datetime) -> bool:
    """Is this our draft, sent? The same Message-ID says so; else recipient, time and the article's address do."""
    if email.message_id == draft.message_id:
        return True
    to = (draft.draft.to_address or "").lower()
    in_time = email.at is None or email.at >= since - CLOCKS_DIFFER
    return in_time and to in email.recipients and _names(email, draft.finding.page_url)


def report(
    handed_off: HandedOff, *, in_drafts: bool | None, sent: Sequence[Email], others: Iterable[HandedOff]
) -> Report:
    """What to say of one draft. `in_drafts` None: it never lay in this mailbox's folder.

    `others` are the other drafts handed off: an email that may be one of them as well is told apart by the page of
    ours that it asks for.
    """
    mine = [email for email in sent if is_this(email, handed_off.draft, since=handed_off.approved_at)]
    mine = [email for email in mine if not _may_be_another(email, handed_off, others)]
    if mine and in_drafts:
        return Report(
            handed_off,
            Answer.UNCLEAR,
            "an email to this person about this article was sent, but the draft is still there",
        )
    if mine:
        first = min(mine, key=lambda email: (email.at is None, email.at))
        return Report(handed_off, Answer.SENT, "found in Sent", first.at, first.message_id)
    if in_drafts:
        return Report(handed_off, Answer.WAITING, "still in Drafts")
    gone = "gone from Drafts and" if in_drafts is not None else "handed off as a file or link, and"
    return Report(handed_off, Answer.UNCLEAR, f"{gone} not found in Sent")


def _may_be_another(email: Email, handed_off: HandedOff, others: Iterable[HandedOff]) -> bool:
    if email.message_id == handed_off.draft.message_id:
        return False
    rivals = [
        other
        for other in others
        if other.number != handed_off.number and is_this(email, other.draft, since=other.approved_at)
    ]
    if not rivals:
        return False
    asked_for = handed_off.draft.draft.suggested_url
    return not _names(email, asked_for) or any(
        _names(email, rival.draft.draft.suggested_url) or rival.draft.message_id == email.message_id for rival in rivals
    )


def _names(email: Email, address: str) -> bool:
    return "".join(address.split()) in email.text


def _texts(message: Message) -> Iterable[str]:
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        raw = part.get_payload(decode=True)
        if not isinstance(raw, bytes):
            continue
        try:
            text = raw.decode(part.get_content_charset() or "utf-8", "replace")
        except LookupError:  # a charset that nobody knows
            text = raw.decode("utf-8", "replace")
        yield html.unescape(text) if part.get_content_subtype() == "html" else text
