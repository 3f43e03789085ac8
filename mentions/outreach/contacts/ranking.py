"""Who is asked about an article: its author, else who edits its section, else the newsroom, … else a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mentions.outreach.contacts.model import Confidence, FoundContact, Role
from mentions.outreach.contacts.offices import plain_letters
from mentions.urls import canonical_url, path_segments

_SURENESS: Final = list(Confidence)
_SHORTEST_SECTION: Final = 4  # letters that two spellings of a section must share: tech, technology


@dataclass(frozen=True, slots=True)
class Subject:
    """The article that somebody is to be asked about. `author`: its one certain author, else None."""

    url: str
    author: str | None
    sections: tuple[str, ...] = ()  # as the page names them; the path of `url` counts besides


def ranked(
    contacts: Iterable[FoundContact], subject: Subject, *, all_of_them: bool = False
) -> tuple[FoundContact, ...]:
    """Those who may be asked about the article, the best first. The same contacts give the same order.

    `all_of_them`: also those who answer for other articles, last; for what a page about people publishes.
    """
    order = [(rank_of(contact, subject), contact) for contact in contacts]
    kept = [(rank, contact) for rank, contact in order if all_of_them or rank is not None]
    return tuple(contact for _, contact in sorted(kept, key=lambda item: _key(*item)))


def rank_of(contact: FoundContact, subject: Subject) -> int | None:
    """The place of a contact, 0 the best; None for a person who has nothing to do with the article."""
    here = canonical_url(contact.source_url) == canonical_url(subject.url)
    if contact.obfuscated:
        return 9
    if _is_author(contact, subject):
        return 0
    match contact.role:
        case Role.SECTION_EDITOR:
            return 1 if _is_section(contact.section or "", subject) else 5
        case Role.STAFF:
            return 2 if here else None
        case Role.NEWSROOM:
            return 3
        case Role.CORRECTIONS:
            return 4
        case Role.GENERAL:
            return 6
        case Role.WIRE_AUTHOR:
            return 7 if here else None
        case Role.FORM:
            return 8
    return 0 if here else None  # an author whose name is not certain


def _is_author(contact: FoundContact, subject: Subject) -> bool:
    return (
        contact.name is not None
        and subject.author is not None
        and contact.name.casefold() == subject.author.casefold()
        and contact.role in {Role.AUTHOR, Role.STAFF, Role.SECTION_EDITOR}
    )


def _is_section(section: str, subject: Subject) -> bool:
    wanted = plain_letters(section)
    named = [plain_letters(text) for text in (*subject.sections, *path_segments(urlsplit(subject.url).path)[:-1])]
    return any(
        min(len(wanted), len(name)) >= _SHORTEST_SECTION and (name.startswith(wanted) or wanted.startswith(name))
        for name in named
    )


def _key(rank: int | None, contact: FoundContact) -> tuple[int, int, str]:
    place = len(Role) + 2 if rank is None else rank
    return place, _SURENESS.index(contact.confidence), contact.address or contact.form_url or ""
