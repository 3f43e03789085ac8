"""What is handed off, where it went, and what was left and why. Plain data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the store itself uses these records, so at run time they must not ask for the store
    from mentions.store.records import StoredDraft


class Way(StrEnum):
    """How an approved draft gets into the team's mail program."""

    EML = "eml"  # one .eml file an email, to open with a double click
    ZIP = "zip"  # the same files in one archive, with a list
    IMAP = "imap"  # into the Drafts folder of the mailbox
    MAILTO = "mailto"  # a link that opens the mail program with everything filled in


@dataclass(frozen=True, slots=True)
class Approved:
    """A draft that a person approved and nobody handed off yet."""

    draft: "StoredDraft"
    rev: int  # of its opportunity, as it was read
    approved_at: datetime
    suppressed: str | None = None  # why the recipient must not be written to; None: nothing says so
    snoozed_until: datetime | None = None  # put off by a person after it was approved; None: not put off

    @property
    def number(self) -> int:
        """The number by which people name the draft."""
        return self.draft.draft.opportunity_id


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a mailbox a draft lies."""

    mailbox: str  # "user at host"
    folder: str  # as the server spells it
    uid_validity: int | None  # the server may number anew; then this number changes, and `uid` means nothing
    uid: int | None  # None: the server did not tell


@dataclass(frozen=True, slots=True)
class HandedOff:
    """A draft that was handed off and, as far as we know, not sent yet."""

    draft: "StoredDraft"
    rev: int
    approved_at: datetime
    handed_off_at: datetime
    via: str
    place: Place | None = None  # None: not over IMAP

    @property
    def number(self) -> int:
        """The number by which people name the draft."""
        return self.draft.draft.opportunity_id


@dataclass(frozen=True, slots=True)
class Done:
    """A draft that got into the mail program."""

    approved: Approved
    where: str  # file, folder or link, to show
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A draft that was not handed off, and why, in plain words. It stays approved unless `reclaimed`."""

    approved: Approved
    why: str
    reclaimed: bool = False  # a link of ours stands in the article: there is nothing left to ask for
