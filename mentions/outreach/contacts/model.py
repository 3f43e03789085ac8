"""The words of contacts: who may be written to, how sure that is, and where more may be published. Plain data."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who answers at a contact, in the order in which they are asked about an article."""

    AUTHOR = "author"  # wrote the article, for this publisher
    SECTION_EDITOR = "section_editor"  # answers for the part of the site in which the article stands
    STAFF = "staff"  # a person of the publisher whom the article's page gives as its contact
    NEWSROOM = "newsroom"  # the editors' common address
    CORRECTIONS = "corrections"  # where readers send what should be put right in an article
    GENERAL = "general"  # the publisher's address for everything
    WIRE_AUTHOR = "wire_author"  # wrote the article for a news agency; cannot change it here
    FORM = "form"  # no address: a form or contact page


class Confidence(StrEnum):
    """How sure we are that the contact is who we take it for, and can change the article."""

    HIGH = "high"  # the page says so: an address beside its owner's name or office
    MEDIUM = "medium"  # the address itself says so, nothing else
    LOW = "low"  # somebody there may pass it on


@dataclass(frozen=True, slots=True)
class FoundContact:
    """One contact that a page publishes. Either `address` or `form_url` is there, or a person has to look.

    `obfuscated`: the page shows an address that it hides from programs. It is not decoded and not stored; a person may
    look at `source_url`.
    """

    role: Role
    confidence: Confidence
    source_url: str  # the page that publishes it
    why: str  # where on that page, in plain words
    address: str | None = None  # lower case, its domain in ASCII
    name: str | None = None  # whose address it is; None: an office's, or not certain
    section: str | None = None  # what a section editor answers for, as published
    form_url: str | None = None  # a page with a form
    obfuscated: bool = False


class LeadKind(StrEnum):
    """What kind of page may publish contacts, the most telling first."""

    AUTHOR_PAGE = "author_page"  # about one author
    MASTHEAD = "masthead"  # names the editors
    CORRECTIONS = "corrections"  # says where corrections go
    CONTACT_PAGE = "contact_page"  # how to reach the publisher
    IMPRINT = "imprint"  # who is answerable, by law
    ABOUT = "about"  # about the publisher


@dataclass(frozen=True, slots=True)
class Lead:
    """A page of the same publisher that may publish contacts: linked from a page that was read, never guessed."""

    kind: LeadKind
    url: str
    found_on: str  # the page that links to it
    name: str | None = None  # the author whom an author page is about


@dataclass(frozen=True, slots=True)
class PageContacts:
    """What one page gives: contacts, the best first, and leads to more."""

    contacts: tuple[FoundContact, ...] = ()
    leads: tuple[Lead, ...] = ()
