"""The team's mailbox over IMAP: log in, find a folder, look, put a draft there. There is no method that sends.

Every error is a MailboxError that names the mailbox and holds no secret. Standards: RFC 3501 (IMAP), 6154 (special
use), 4315 (APPENDUID), 7628 and Google's XOAUTH2.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import TracebackType
from typing import Any, Final

from mentions.exceptions import MailboxError, MailboxGone
from mentions.mailboxes import Imap, is_loopback
from mentions.outreach.handoff.folders import Folder, Use, folder_for, quoted, read_list
from mentions.outreach.handoff.records import Place
from mentions.outreach.handoff.secrets import Secret, SecretKind

LARGEST_LOOK: Final = 262_144  # bytes of an email that are read; our drafts have 2,000
MOST_LOOKS: Final = 50  # emails to one person since an approval; more are not looked at, the newest first

_APPEND_UID: Final = re.compile(rb"\[APPENDUID (\d+) (\d+)\]", re.IGNORECASE)
_INTERNAL_DATE: Final = re.compile(
    rb'INTERNALDATE "([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DRAFT_FLAGS: Final = r"(\Draft \Seen)"


@dataclass(frozen=True, slots=True)
class Found:
    """An email in a folder: its number there, when the server got it (None: not told), its first bytes."""

    uid: int
    at: datetime | None
    content: bytes


class Mailbox:
    """A logged-in mailbox; a context manager, because the connection must end."""

    def __init__(self, settings: Imap, secret: Secret, *, tls: ssl.SSLContext | None = None) -> None:
        """Connects and logs in. `tls`: which certificates to trust; default those of the system."""
        self.name = settings.name
        self._settings = settings
        self._folders: tuple[Folder, ...] | None = None
        self._capabilities: frozenset[str] = frozenset()
        self.uid_validity: int | None = None  # of the open folder
        with self._plain("cannot be reached"):
            self._imap = _connected(settings, tls or trusted(settings))
        try:
            self._log_in(secret)
        except MailboxError:
            self.close()
            raise

    def __enter__(self) -> "Mailbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Logs out, as far as the server still listens."""
        with suppress(imaplib.IMAP4.error, OSError):
            self._imap.logout()
        with suppress(OSError):  # logout leaves the socket open when the server does not answer
            self._imap.shutdown()

    # Folders.

    def folder(self, use: Use) -> Folder | None:
        """The folder for drafts, or for what was sent; None where there is none."""
        settings = self._settings
        wanted = settings.drafts_folder if use is Use.DRAFTS else settings.sent_folder
        return folder_for(use, self.folders(), wanted)

    def folders(self) -> tuple[Folder, ...]:
        """Every folder, asked for once."""
        if self._folders is None:
            with self._plain("does not list its folders"):
                found = read_list(_answered(self._imap.list('""', "*")))
                unmarked = not any(use in folder.flags for folder in found for use in Use)
                if unmarked and "SPECIAL-USE" in self._capabilities:
                    # RFC 6154 section 3: a server need not mark folders unless it is asked to.
                    _answered(self._imap.xatom("LIST", '""', "*", "RETURN", "(SPECIAL-USE)"))
                    found = read_list(self._imap.response("LIST")[1]) or found
            self._folders = found
        return self._folders

    def enter(self, folder: Folder, *, to_write: bool = False) -> None:
        """Opens a folder for the methods below; read-only unless `to_write`."""
        with self._plain(f"does not open the folder “{folder.name}”"):
            _answered(self._imap.select(_name(folder), readonly=not to_write))
            told = self._imap.response("UIDVALIDITY")[1]
            self.uid_validity = int(told[0]) if told and told[0] else None

    # What lies in the open folder.

    def with_message_id(self, message_id: str) -> list[Found]:
        """The emails with exactly this Message-ID."""
        uids = self._search("HEADER", "Message-ID", text=message_id)
        needle = message_id.encode("ascii")
        return [found for found in self.look(uids) if needle in found.content]

    def to_person(self, address: str, *, since: date) -> list[Found]:
        """The newest emails to this address that came into the folder on that day or later."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        return self.look(self._search("SINCE", day, "TO", text=address))

    def has(self, uid: int) -> bool:
        """Is there still an email of this number?"""
        return bool(self._search("UID", str(uid)))

    def look(self, uids: list[int]) -> list[Found]:
        """These emails, the newest MOST_LOOKS of them; looking does not mark them as read."""
        newest = sorted(uids)[-MOST_LOOKS:]
        if not newest:
            return []
        with self._plain("does not show an email"):
            what = f"(UID INTERNALDATE BODY.PEEK[]<0.{LARGEST_LOOK}>)"
            return _fetched(_answered(self._imap.uid("FETCH", ",".join(map(str, newest)), what)))

    # The one thing that is written.

    def put_draft(self, folder: Folder, content: bytes) -> Place:
        """Puts an email into the Drafts folder, marked as a draft and as read. Returns where it lies."""
        with self._plain(f"did not take a draft into “{folder.name}”"):
            answer = _answered(self._imap.append(_as_text(_name(folder)), _DRAFT_FLAGS, None, content))
        told = _APPEND_UID.search(b" ".join(part for part in answer if isinstance(part, bytes)))
        validity, uid = (int(told[1]), int(told[2])) if told else (None, None)
        return Place(self.name, folder.name, validity, uid)

    def _search(self, *criteria: str, text: str | None = None) -> list[int]:
        """The numbers of the emails that meet the criteria, the last of which ends in this text."""
        with self._plain("does not search"):
            words = [] if text is None else [_quoted_text(text)]
            answer = _answered(self._imap.uid("SEARCH", *criteria, *words))
        return [int(number) for part in answer if isinstance(part, bytes) for number in part.split()]

    def _log_in(self, secret: Secret) -> None:
        user, value = self._settings.user, secret.value
        try:
            if secret.kind is SecretKind.TOKEN:
                # After a refusal the server explains it in a second challenge, which an empty answer ends.
                answers = iter([f"user={user}\1auth=Bearer {value}\1\1".encode()])
                self._imap.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))
            elif "AUTH=PLAIN" in self._imap.capabilities:
                self._imap.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{value}".encode())
            else:
                self._imap.login(_as_text(quoted(user.encode("ascii"))), value)
            self._capabilities = _words(self._imap.capability()[1])
        except imaplib.IMAP4.abort as error:
            raise MailboxGone(f"the mailbox {self.name} went away during the login: {_said(error)}") from None
        except imaplib.IMAP4.error:
            # The server's words are not repeated: some repeat what they were given.
            raise MailboxError(
                f"the mailbox {self.name} refused the {secret.kind}; nothing was handed off. "
                + ("Is the token new enough?" if secret.kind is SecretKind.TOKEN else "Does it need an app password?")
            ) from None
        except UnicodeEncodeError:
            raise MailboxError(f"the mailbox {self.name} takes only ASCII letters in user and password") from None
        except OSError as error:
            raise MailboxGone(f"the mailbox {self.name} went away during the login: {_said(error)}") from None

    @contextmanager
    def _plain(self, problem: str) -> Iterator[None]:
        """Turns what imaplib, TLS and sockets raise into one sentence about this mailbox."""
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            raise MailboxGone(
                f"the mailbox {self.name} {problem}: its certificate is not to be trusted ({error.verify_message})"
            ) from None
        except (imaplib.IMAP4.abort, OSError) as error:
            raise MailboxGone(f"the mailbox {self.name} {problem}: {_said(error)}") from None
        except (imaplib.IMAP4.error, ValueError) as error:
            raise MailboxError(f"the mailbox {self.name} {problem}: {_said(error)}") from None


def trusted(settings: Imap) -> ssl.SSLContext:
    """Certificates verified, host name checked, TLS 1.2 at least. Raises MailboxError for an unusable ca_file."""
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise MailboxError(f"the certificates {settings.ca_file}, named in imap.ca_file, cannot be used") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _connected(settings: Imap, tls: ssl.SSLContext) -> imaplib.IMAP4:
    host, port, timeout = settings.host, settings.port_used, settings.timeout_s
    if settings.security == "tls":
        return imaplib.IMAP4_SSL(host, port, ssl_context=tls, timeout=timeout)
    if settings.security == "none" and not is_loopback(host):
        raise ValueError("without TLS only a server on this machine is asked")  # the configuration refuses it as well
    plain = imaplib.IMAP4(host, port, timeout=timeout)
    if settings.security == "starttls":
        if "STARTTLS" not in plain.capabilities:
            plain.shutdown()
            raise ValueError("it offers no encryption (STARTTLS), so it was told nothing")
        try:
            plain.starttls(tls)
        except BaseException:
            plain.shutdown()
            raise
    return plain


def _answered(response: tuple[str, list[Any]]) -> list[Any]:
    """What an answer holds. Raises imaplib's error unless it is OK."""
    state, data = response
    if state != "OK":
        words = b" ".join(part for part in data if isinstance(part, bytes)).decode("utf-8", "replace")
        raise imaplib.IMAP4.error(words or state)
    return data


def _fetched(answers: list[Any]) -> list[Found]:
    found = []
    for answer in answers:
        if not isinstance(answer, tuple):
            continue
        head, content = answer
        uid = re.search(rb"UID (\d+)", head)
        if uid:
            found.append(Found(int(uid[1]), _internal_date(head), content))
    return found


def _internal_date(text: bytes) -> datetime | None:
    told = _INTERNAL_DATE.search(text)
    if not told:
        return None
    day, month, year, hour, minute, second, sign, east, minutes = (part.decode("ascii") for part in told.groups())
    if month.capitalize() not in _MONTHS:
        return None
    away = timedelta(hours=int(east), minutes=int(minutes))
    zone = timezone(away if sign == "+" else -away)
    number = _MONTHS.index(month.capitalize()) + 1
    return datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=zone).astimezone(UTC)


def _name(folder: Folder) -> Any:
    """imaplib passes bytes through as they are; its annotations know only str."""
    return quoted(folder.wire)


def _quoted_text(text: str) -> str:
    return quoted(text.encode("ascii")).decode("ascii")


def _as_text(name: Any) -> Any:
    return name.decode("ascii") if isinstance(name, bytes) and name.isascii() else name


def _words(answers: list[Any]) -> frozenset[str]:
    return frozenset(b" ".join(part for part in answers if isinstance(part, bytes)).decode("ascii", "replace").split())


def _said(error: BaseException) -> str:
    text = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
