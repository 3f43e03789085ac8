"""What one page gives: the contacts it publishes, and leads to more. Nothing is guessed, looked up or decoded."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mentions.extraction.article import Article
from mentions.outreach.addresses import Refused, contactable
from mentions.outreach.contacts.leads import leads_of
from mentions.outreach.contacts.model import Confidence, FoundContact, Lead, LeadKind, PageContacts, Role
from mentions.outreach.contacts.offices import (
    carries,
    is_for_other_purposes,
    name_in,
    plain_letters,
    role_of,
    section_in,
)
from mentions.outreach.contacts.ranking import Subject, ranked
from mentions.outreach.contacts.sightings import Sighting, hidden_sightings, sightings
from mentions.outreach.contacts.wires import is_wires, wire_of
from mentions.outreach.names import person_name
from mentions.publishers import Publisher
from mentions.urls import host_of, registrable_domain

_FORM_PAGES: Final = frozenset({LeadKind.CONTACT_PAGE, LeadKind.CORRECTIONS, LeadKind.IMPRINT, LeadKind.ABOUT})
_SHORTEST_SECTION: Final = 4  # letters of an address that may name a section: tech, sport


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is known while a page is read."""

    article: Article
    author: str | None  # the one certain author of the article, or whom the author page is about
    wire: str | None  # the agency that the article credits
    sites: frozenset[str]  # registrable domains of the publisher
    ours: frozenset[str]  # registrable domains that are ours
    lead: Lead | None  # why the page was looked at; None: it is the article itself


def contacts_on(
    article: Article,
    *,
    ours: Collection[str],
    publisher: Publisher | None = None,
    lead: Lead | None = None,
    has_form: bool = False,
) -> PageContacts:
    """The contacts on an article's page, or on a page that `lead` led to, the best for this article first.

    `ours`: hosts that are ours, whose addresses nobody asks. `has_form`: the page has a form to write to somebody.
    An address counts when a reader sees it outside the comments, it belongs to the publisher's domain (or carries the
    author's name), and `contactable` lets it pass.
    """
    reader = _reader(article, ours, publisher, lead)
    found = [*_addresses(reader), *_hidden(reader), *_forms(reader, has_form=has_form)]
    leads = () if lead else tuple(leads_of(article, None if reader.wire else reader.author))
    found += [_linked_form(each) for each in leads if each.kind is LeadKind.CONTACT_PAGE]
    return PageContacts(ranked(_each_once(found), _subject(reader), all_of_them=lead is not None), leads)


def best_address_on(
    article: Article, *, ours: Collection[str], publisher: Publisher | None = None
) -> FoundContact | None:
    """The best of the contacts with an address on an article's page, as `contacts_on` finds them; None: there is none.

    At half the price: what has no address, and where else to look, is not read.
    """
    reader = _reader(article, ours, publisher, None)
    return next(iter(ranked(_each_once([*_addresses(reader)]), _subject(reader))), None)


def author_of(article: Article, publisher: Publisher | None) -> str | None:
    """The article's author, where it is certainly one person.

    All are asked as one line: extraction takes "Jane Doe, Senior Reporter" for two, `person_name` does not.
    """
    authors = article.metadata.authors
    sites = tuple(name for name in (article.metadata.site_name, publisher.name if publisher else None) if name)
    return person_name(", ".join(authors), site_names=sites)


def _reader(article: Article, ours: Collection[str], publisher: Publisher | None, lead: Lead | None) -> _Reader:
    sites = {registrable_domain(host_of(article.url))}
    if publisher:
        sites.add(registrable_domain(publisher.domain))
    return _Reader(
        article,
        author=lead.name if lead else author_of(article, publisher),
        wire=None if lead else wire_of(article, publisher),
        sites=frozenset(sites),
        ours=frozenset(registrable_domain(host.partition("/")[0]) for host in ours),
        lead=lead,
    )


def _subject(reader: _Reader) -> Subject:
    section = reader.article.metadata.section or ""
    return Subject(reader.article.url, reader.author, (section,) if reader.lead is None else ())


def _addresses(reader: _Reader) -> Iterator[FoundContact]:
    """Whoever has an address on the page."""
    yield from (contact for sighting in sightings(reader.article) if (contact := _contact(sighting, reader)))
    yield from _structured(reader)


def _contact(sighting: Sighting, reader: _Reader) -> FoundContact | None:
    """Whose address it is, and what that is worth; None where it is not for us."""
    address = sighting.address or ""
    local, _, host = address.rpartition("@")
    domain = registrable_domain(host)
    if domain in reader.ours:
        return None
    url, ours = reader.article.url, domain in reader.sites
    if reader.author and carries(local, reader.author):
        return _authors(address, domain, reader)
    if not ours:
        return _of_a_wire(address, domain, reader)
    if reader.lead is not None:
        return _on_a_page_about_people(sighting, local, reader)
    section = reader.article.metadata.section
    if section and _names_section(local, section):
        why = "as the section's address on the article's page"
        return FoundContact(Role.SECTION_EDITOR, Confidence.MEDIUM, url, why, address, section=section)
    role = role_of(local)
    if role is None and is_for_other_purposes(sighting.line):
        return None
    if role is None and sighting.zone.is_article:
        return FoundContact(Role.STAFF, Confidence.MEDIUM, url, "in the article", address)
    if role in {Role.NEWSROOM, Role.CORRECTIONS}:
        office = "newsroom's" if role is Role.NEWSROOM else "corrections"
        why = f"as the {office} address on the article's page"
        return FoundContact(role, Confidence.MEDIUM, url, why, address)
    return None  # info@ in a footer is nobody's in particular; on a contact page it is


def _authors(address: str, domain: str, reader: _Reader) -> FoundContact | None:
    """An address with the author's name in it, on the article's page or the author's own."""
    url, name = reader.article.url, reader.author
    if reader.wire or is_wires(domain):
        if domain in reader.sites:  # a colleague of the publisher's who bears the name: we cannot know
            return None
        why = f"beside the author's name; the text came from an agency ({reader.wire or domain})"
        return FoundContact(Role.WIRE_AUTHOR, Confidence.LOW, url, why, address)
    where = "beside the author's name" if reader.lead is None else "on the author's own page"
    if domain in reader.sites:
        return FoundContact(Role.AUTHOR, Confidence.HIGH, url, where, address, name)
    if reader.lead is not None and reader.lead.kind is not LeadKind.AUTHOR_PAGE:
        return None
    return FoundContact(Role.AUTHOR, Confidence.MEDIUM, url, f"{where}, at a domain of their own", address, name)


def _of_a_wire(address: str, domain: str, reader: _Reader) -> FoundContact | None:
    if reader.wire and is_wires(domain):
        why = f"in the article; the text came from an agency ({reader.wire})"
        return FoundContact(Role.WIRE_AUTHOR, Confidence.LOW, reader.article.url, why, address)
    return None


def _on_a_page_about_people(sighting: Sighting, local: str, reader: _Reader) -> FoundContact | None:
    """An address of the publisher on its masthead, contact page, imprint or an author's page."""
    address, line, url = sighting.address or "", sighting.line, reader.article.url
    role, name, section = role_of(local), name_in(line, address), section_in(line, address)
    if role not in {Role.NEWSROOM, Role.CORRECTIONS} and is_for_other_purposes(line):
        return None
    if reader.lead is not None and reader.lead.kind is LeadKind.AUTHOR_PAGE and role is None:
        return None  # a person's address there that does not carry the author's name is somebody else's
    if name is not None and not carries(local, name):
        name = None  # an assistant's, or the office's: greeting the editor there is not certain
    where = f'on the page "{_where(reader)}"'
    if section is not None:
        why = f"{where}, for {section}"
        return FoundContact(Role.SECTION_EDITOR, Confidence.HIGH, url, why, address, name, section)
    if role is Role.GENERAL:
        return FoundContact(role, Confidence.LOW, url, f"{where}, as the address for everything", address)
    if role is not None:
        what = "for corrections" if role is Role.CORRECTIONS else "as the address of the editors"
        return FoundContact(role, Confidence.HIGH, url, f"{where}, {what}", address)
    if name is not None:
        return FoundContact(Role.STAFF, Confidence.MEDIUM, url, f"{where}, beside the name", address, name)
    return None


def _where(reader: _Reader) -> str:
    title = " ".join((reader.article.metadata.title or "").split())
    return title[:60] or reader.article.url


def _structured(reader: _Reader) -> Iterator[FoundContact]:
    """The author's address in JSON-LD: published, though readers do not see it; so only one that carries the name."""
    if reader.author is None or reader.lead is not None or reader.wire:
        return
    for person in reader.article.metadata.people:
        if person.email and person.name.casefold() == reader.author.casefold():
            try:
                address = contactable(person.email).lower()
            except Refused:
                continue
            local, _, host = address.rpartition("@")
            domain = registrable_domain(host)
            if domain in reader.sites - reader.ours and carries(local, reader.author):
                why = "in the article's structured data, as its author's"
                yield FoundContact(Role.AUTHOR, Confidence.MEDIUM, reader.article.url, why, address, reader.author)


def _hidden(reader: _Reader) -> Iterator[FoundContact]:
    """At most one line a page: a person may look at it and decide (B-02)."""
    for sighting in hidden_sightings(reader.article):
        if is_for_other_purposes(sighting.line):
            continue
        on_their_page = reader.lead is not None and reader.lead.kind is LeadKind.AUTHOR_PAGE
        beside = bool(reader.author and reader.author.casefold() in sighting.line.casefold())
        theirs = (beside or on_their_page) and not reader.wire
        role, name = (Role.AUTHOR, reader.author) if theirs else (Role.NEWSROOM, None)
        why = "the page shows an address that it hides from programs; a person may look at it"
        yield FoundContact(role, Confidence.LOW, reader.article.url, why, name=name, obfuscated=True)
        return


def _forms(reader: _Reader, *, has_form: bool) -> Iterator[FoundContact]:
    if reader.lead is not None and has_form and reader.lead.kind in _FORM_PAGES:
        url = reader.article.url
        yield FoundContact(Role.FORM, Confidence.LOW, url, "a form to write to the publisher", form_url=url)


def _linked_form(lead: Lead) -> FoundContact:
    why = "the article's page links to it as the contact page"
    return FoundContact(Role.FORM, Confidence.LOW, lead.found_on, why, form_url=lead.url)


def _names_section(local: str, section: str) -> bool:
    plain, wanted = plain_letters(local), plain_letters(section)
    return len(plain) >= _SHORTEST_SECTION and wanted.startswith(plain)


def _each_once(found: list[FoundContact]) -> list[FoundContact]:
    """One of each address, the surest; what another sighting adds (a name, a section) is kept where they agree."""
    best: dict[str, FoundContact] = {}
    order = list(Confidence)
    for contact in found:
        key = contact.address or contact.form_url or "hidden"
        known = best.get(key)
        if known is None or (order.index(contact.confidence), list(Role).index(contact.role)) < (
            order.index(known.confidence),
            list(Role).index(known.role),
        ):
            best[key] = contact
    names = {contact.address: contact.name for contact in found if contact.name}
    return [
        replace(contact, name=names.get(contact.address))
        if contact.role in {Role.AUTHOR, Role.SECTION_EDITOR, Role.STAFF} and contact.name is None and contact.address
        else contact
        for contact in best.values()
    ]
