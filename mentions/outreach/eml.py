"""A draft as an .eml file that a mail program opens ready to send. Written, never sent.

Header order, X-Unsent and the rest: docs/reference/exports.md. Every header is cleaned first; the finished bytes are
parsed again and compared with what was meant, so that no title or name ever becomes a header of its own (A-01 … A-05).
"""

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from pathlib import Path
from typing import Final

from mentions.config import Sender
from mentions.exceptions import DraftError
from mentions.outreach.addresses import Refused, checked_address
from mentions.outreach.cleaning import display_name, header_text, plain_lines
from mentions.store.records import StoredDraft

_MESSAGE_ID: Final = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_HEADERS: Final = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
)
_UNSAFE_IN_FILE_NAMES: Final = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing several drafts: the files, and for each draft left out its reason."""

    files: tuple[Path, ...]
    refused: tuple[tuple[StoredDraft, str], ...]


def write_all(drafts: Iterable[StoredDraft], sender: Sender, folder: Path) -> Written:
    """Writes each draft; one that cannot be exported is listed with its reason and stops no other (A-07)."""
    files: list[Path] = []
    refused: list[tuple[StoredDraft, str]] = []
    for draft in drafts:
        try:
            files.append(write_eml(draft, sender, folder))
        except DraftError as error:
            refused.append((draft, str(error)))
    return Written(tuple(files), tuple(refused))


def write_eml(draft: StoredDraft, sender: Sender, folder: Path) -> Path:
    """Writes one draft into the folder and returns its file, replaced whole or not at all.

    The name and the bytes are the same whenever the same draft is written. Raises DraftError.
    """
    content = as_eml(draft, sender)
    path = folder / file_name(draft)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise DraftError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def file_name(draft: StoredDraft) -> str:
    """ "0001-<publisher>.eml", "0001-<publisher>-follow-up-1.eml": nothing in it that a page could choose."""
    host = _UNSAFE_IN_FILE_NAMES.sub("-", draft.finding.publisher.lower()).strip("-.")[:80]
    follow_up = f"-follow-up-{draft.draft.follow_up}" if draft.draft.follow_up else ""
    return f"{draft.draft.opportunity_id:04d}-{host or 'publisher'}{follow_up}.eml"


@dataclass(frozen=True, slots=True)
class _Meant:
    """What an email is to say: every header but the fixed ones, and the text."""

    sender: Sender
    to: Address | None
    subject: str
    message_id: str
    answers_to: str | None
    rendered_at: datetime
    body: str
    in_mailbox: bool

    @property
    def headers(self) -> list[str]:
        """The names of its headers, in their order."""
        there = {
            "To": self.to,
            "In-Reply-To": self.answers_to,
            "References": self.answers_to,
            "X-Unsent": not self.in_mailbox,
        }
        return [name for name in _HEADERS if there.get(name, True)]


def as_eml(draft: StoredDraft, sender: Sender, *, in_mailbox: bool = False) -> bytes:
    """The bytes of the file: CRLF, UTF-8 in quoted-printable. Raises DraftError with what cannot be written.

    `in_mailbox`: for a Drafts folder, where the flag says that it is a draft, not the header X-Unsent of files.
    A follow-up answers the email before it, where that is known, so that mail programs show both together.
    """
    if not _MESSAGE_ID.fullmatch(draft.message_id):
        raise DraftError("cannot be exported: its Message-ID is not one identifier in angle brackets")
    answers_to = draft.draft.in_reply_to
    meant = _Meant(
        sender=sender,
        to=_recipient(draft),
        subject=header_text(draft.draft.subject),
        message_id=draft.message_id,
        # What a mail program wrote; one that is not exactly an identifier is left out.
        answers_to=answers_to if answers_to and _MESSAGE_ID.fullmatch(answers_to) else None,
        rendered_at=draft.draft.rendered_at,
        body=plain_lines(draft.draft.body).rstrip("\n") + "\n",
        in_mailbox=in_mailbox,
    )
    try:
        content = _message(meant).as_bytes()
    except (MessageError, ValueError, LookupError) as error:
        raise DraftError(f"cannot be exported: {error}") from error
    _compare(content, meant)
    return content


def _message(meant: _Meant) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name(meant.sender.name), addr_spec=meant.sender.email)
    if meant.to:
        message["To"] = meant.to
    message["Subject"] = meant.subject
    message["Date"] = meant.rendered_at
    message["Message-ID"] = meant.message_id
    if meant.answers_to:
        message["In-Reply-To"] = meant.answers_to
        message["References"] = meant.answers_to
    if not meant.in_mailbox:
        message["X-Unsent"] = "1"
    message["MIME-Version"] = "1.0"
    message.set_content(meant.body, charset="utf-8", cte="quoted-printable")
    return message


def _recipient(draft: StoredDraft) -> Address | None:
    if draft.draft.to_address is None:
        return None
    try:
        address = checked_address(draft.draft.to_address)
    except Refused as error:
        raise DraftError(f"cannot be exported: the recipient's address is refused, {error}") from error
    return Address(display_name(draft.draft.to_name or ""), addr_spec=address)


def _compare(content: bytes, meant: _Meant) -> None:
    """Reads the bytes as a mail program does, and refuses them when they say anything but what was meant."""
    parsed = BytesParser(policy=default).parsebytes(content)
    if not isinstance(parsed, EmailMessage) or list(parsed.keys()) != meant.headers:
        raise DraftError(f"cannot be exported: it would have the headers {', '.join(parsed.keys())}")
    people = {"From": [meant.sender.email], "To": [meant.to.addr_spec] if meant.to else []}
    for name, addresses in people.items():
        found = [address.addr_spec for address in parsed[name].addresses] if parsed[name] else []
        if found != addresses:
            raise DraftError(f"cannot be exported: {name} would name {', '.join(found) or 'nobody'}")
    if str(parsed["Subject"]) != meant.subject:
        raise DraftError("cannot be exported: its subject would be read as another text")
    if parsed["Message-ID"] != meant.message_id:
        raise DraftError("cannot be exported: its Message-ID would be read as another text")
    if parsed.get_content().replace("\r\n", "\n") != meant.body:
        raise DraftError("cannot be exported: its text would be read as another text")


def _replace(path: Path, content: bytes) -> None:
    """Puts the content at the path in one step; a file that holds it already is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
