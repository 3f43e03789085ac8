"""Which further pages of a site are worth a look for contacts: few, the most telling first, and none twice."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from mentions.outreach.contacts.model import FoundContact, Lead, LeadKind, Role
from mentions.outreach.contacts.ranking import Subject, rank_of

LOOKS_A_MONTH: Final = 5  # at one site
MONTH: Final = timedelta(days=30)

# Whoever of these is known with an address can be written to about any article of the site.
_EDITORS: Final = frozenset({Role.SECTION_EDITOR, Role.NEWSROOM, Role.CORRECTIONS})
_ORDER: Final = list(LeadKind)


def next_lead(leads: Iterable[Lead], known: Iterable[FoundContact], subject: Subject) -> Lead | None:
    """The page to look at next for this article; None where who is known is good enough, or nothing is left.

    The author's own page, unless the author's address is known; then the others, until an editors' address is known.
    """
    known = [contact for contact in known if contact.address]
    if any(rank_of(contact, subject) == 0 for contact in known):
        return None
    has_editors = any(contact.role in _EDITORS for contact in known)
    wanted = [lead for lead in leads if _serves(lead, subject) and not (has_editors and _is_general(lead))]
    return min(wanted, key=lambda lead: (_ORDER.index(lead.kind), lead.url), default=None)


def _serves(lead: Lead, subject: Subject) -> bool:
    return _is_general(lead) or (subject.author is not None and lead.name == subject.author)


def _is_general(lead: Lead) -> bool:
    return lead.kind is not LeadKind.AUTHOR_PAGE
