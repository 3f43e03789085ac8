"""Who is asked first, and which further pages are worth a look."""

from dataclasses import replace

from mentions.outreach.contacts import Confidence, FoundContact, Lead, LeadKind, Role, Subject, ranked
from mentions.outreach.contacts.looking import next_lead

URL = "https://courier.example/technology/parcels"
JANE = Subject(URL, "Jane Doering")


def contact(
    role: Role, local: str, *, name: str | None = None, section: str | None = None, at: str = URL
) -> FoundContact:
    return FoundContact(role, Confidence.HIGH, at, "there", f"{local}@courier.example", name, section)


AUTHOR = contact(Role.AUTHOR, "jane", name="Jane Doering", at="https://courier.example/authors/jane")
OTHER_AUTHOR = contact(Role.AUTHOR, "bob", name="Bob Roe", at="https://courier.example/other")
TECH = contact(Role.SECTION_EDITOR, "tech", section="Technology")
SPORT = contact(Role.SECTION_EDITOR, "sport", section="Sport")
DESK = contact(Role.NEWSROOM, "desk")
CORRECTIONS = contact(Role.CORRECTIONS, "corrections")
INFO = contact(Role.GENERAL, "info")
WIRE = contact(Role.WIRE_AUTHOR, "wire")
FORM = FoundContact(Role.FORM, Confidence.LOW, URL, "there", form_url="https://courier.example/contact")
HIDDEN = FoundContact(Role.NEWSROOM, Confidence.LOW, URL, "there", obfuscated=True)
EVERYBODY = (HIDDEN, FORM, WIRE, INFO, SPORT, CORRECTIONS, DESK, TECH, OTHER_AUTHOR, AUTHOR)


def test_author_section_newsroom_corrections_others_and_the_wire_author_last_b06() -> None:
    assert ranked(EVERYBODY, JANE) == (AUTHOR, TECH, DESK, CORRECTIONS, SPORT, INFO, WIRE, FORM, HIDDEN)


def test_the_author_of_another_article_is_nobody_for_this_one() -> None:
    assert OTHER_AUTHOR not in ranked(EVERYBODY, JANE)
    assert ranked(EVERYBODY, replace(JANE, author="Bob Roe"))[0] == OTHER_AUTHOR


def test_a_section_is_known_by_the_page_or_by_its_address() -> None:
    elsewhere = Subject("https://courier.example/2026/parcels", None)
    assert ranked((DESK, TECH), elsewhere) == (DESK, TECH)
    assert ranked((DESK, TECH), replace(elsewhere, sections=("Technology & Science",))) == (TECH, DESK)


def test_the_same_contacts_give_the_same_order() -> None:
    assert ranked(EVERYBODY, JANE) == ranked(reversed(EVERYBODY), JANE)


def lead(kind: LeadKind, name: str | None = None) -> Lead:
    return Lead(kind, f"https://courier.example/{kind.value}", URL, name)


LEADS = (lead(LeadKind.ABOUT), lead(LeadKind.MASTHEAD), lead(LeadKind.AUTHOR_PAGE, "Jane Doering"))


def test_the_authors_page_is_looked_at_first_then_the_masthead() -> None:
    assert next_lead(LEADS, (), JANE) == LEADS[2]
    assert next_lead(LEADS[:2], (FORM, HIDDEN), JANE) == LEADS[1]


def test_once_the_author_is_known_nothing_more_is_looked_at() -> None:
    assert next_lead(LEADS, (AUTHOR,), JANE) is None


def test_once_the_editors_are_known_only_the_authors_page_is_worth_a_look() -> None:
    assert next_lead(LEADS, (DESK,), JANE) == LEADS[2]
    assert next_lead(LEADS[:2], (DESK,), JANE) is None
    assert next_lead(LEADS, (DESK,), replace(JANE, author="Bob Roe")) is None
