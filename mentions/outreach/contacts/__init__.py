"""Whom to write to: only who a page shows its readers, and only somebody of its publisher.

Nothing is guessed, nothing is looked up, nothing obfuscated is decoded.
"""

from mentions.assessments import Contact
from mentions.extraction.article import Article
from mentions.outreach.contacts.model import Confidence, FoundContact, Lead, LeadKind, PageContacts, Role
from mentions.outreach.contacts.published import best_address_on, contacts_on
from mentions.outreach.contacts.ranking import Subject, ranked
from mentions.publishers import Publisher
from mentions.targets import Target

__all__ = [
    "Confidence",
    "FoundContact",
    "Lead",
    "LeadKind",
    "PageContacts",
    "Role",
    "Subject",
    "contacts_on",
    "published_contact",
    "ranked",
]


def published_contact(article: Article, target: Target, publisher: Publisher | None = None) -> Contact | None:
    """The best address on the article's page: its author's, else one in the article, else the newsroom's; or None."""
    best = best_address_on(article, ours=target.domains, publisher=publisher)
    if best is None or best.address is None:
        return None
    return Contact(best.address, best.name, best.source_url, best.why)
