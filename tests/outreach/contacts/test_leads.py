"""Further pages: recognised by a link's words or path, in several languages, on the same site, and never guessed."""

import pytest

from mentions.outreach.contacts import LeadKind
from mentions.outreach.contacts.leads import kind_of
from tests.outreach.contacts.building import article_page, read

SITE = "https://courier.example"


@pytest.mark.parametrize(
    ("words", "path", "kind"),
    [
        ("Contact the newsroom", "/c", LeadKind.CONTACT_PAGE),
        ("Editorial contact", "/contact.htm", LeadKind.CONTACT_PAGE),
        ("Masthead", "/m", LeadKind.MASTHEAD),
        ("Corrections and clarifications", "/x", LeadKind.CORRECTIONS),
        ("About the Courier", "/a", LeadKind.ABOUT),
        ("Kontakt zur Redaktion", "/kontakt", LeadKind.CONTACT_PAGE),
        ("Impressum", "/impressum", LeadKind.IMPRINT),
        ("Unsere Redaktion", "/r", LeadKind.MASTHEAD),
        ("Fehler melden", "/f", LeadKind.CORRECTIONS),
        ("Über uns", "/u", LeadKind.ABOUT),
        ("L’équipe", "/equipe/", LeadKind.MASTHEAD),
        ("Mentions légales", "/m", LeadKind.IMPRINT),
        ("Nous contacter", "/n", LeadKind.CONTACT_PAGE),
        ("Signaler une erreur", "/s", LeadKind.CORRECTIONS),
        ("Contáctenos", "/c", LeadKind.CONTACT_PAGE),
        ("Quiénes somos", "/q", LeadKind.ABOUT),
        ("Aviso legal", "/a", LeadKind.IMPRINT),
        ("La Redazione", "/r", LeadKind.MASTHEAD),
        ("Contattaci", "/c", LeadKind.CONTACT_PAGE),
        ("Fale conosco", "/f", LeadKind.CONTACT_PAGE),
        ("Expediente", "/e", LeadKind.MASTHEAD),
        ("", "/about-us", LeadKind.ABOUT),
    ],
)
def test_pages_about_people_are_recognised(words: str, path: str, kind: LeadKind) -> None:
    assert kind_of(words, SITE + path) is kind


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Contact with the space probe was lost again on Sunday night", "/science/contact-lost"),
        ("Home", "/"),
        ("Privacy", "/privacy"),
        ("Advertise", "/advertise"),
        ("Contact", "/a/b/c/d/contact"),
        ("Redaktionsschluss verpasst", "/lokales/redaktionsschluss"),
        ("Aboutir", "/aboutir"),
    ],
)
def test_other_links_are_not(words: str, path: str) -> None:
    assert kind_of(words, SITE + path) is None


def test_leads_are_visible_links_of_the_same_site_each_kind_once() -> None:
    footer = """<a href="/contact">Contact</a> <a href="/kontakt">Kontakt</a> <a href="https://other.example/about">About</a>
    <a href="/masthead" rel="nofollow">Masthead</a> <span hidden><a href="/imprint">Imprint</a></span>
    <a href="mailto:x@courier.example">Corrections</a>"""
    found = read(article_page(footer=footer))
    assert [(lead.kind, lead.url) for lead in found.leads] == [(LeadKind.CONTACT_PAGE, f"{SITE}/contact")]


def test_a_link_in_the_article_itself_is_no_lead() -> None:
    assert (
        read(article_page(body='<p>They wrote it <a href="/contact">in contact</a> with us all week.</p>')).leads == ()
    )


def test_the_authors_page_is_a_lead_by_rel_by_path_and_by_structured_data() -> None:
    by_rel = article_page(beside='<a rel="author" href="/j">Jane Doering</a>')
    by_path = article_page(beside='<a href="/authors/jane">Jane Doering</a>')
    data = (
        '{"@type":"NewsArticle","author":{"name":"Jane Doering","url":"/people/jane","sameAs":["https://x.example/j"]}}'
    )
    by_data = article_page(head=f'<script type="application/ld+json">{data}</script>')
    leads = [read(page).leads[0] for page in (by_rel, by_path, by_data)]
    assert [lead.url for lead in leads] == [f"{SITE}/j", f"{SITE}/authors/jane", f"{SITE}/people/jane"]
    assert {(lead.kind, lead.name) for lead in leads} == {(LeadKind.AUTHOR_PAGE, "Jane Doering")}


def test_the_masthead_and_corrections_of_the_structured_data_are_leads() -> None:
    data = (
        '{"@graph":[{"@type":"NewsArticle"},{"@type":"NewsMediaOrganization","masthead":"/who",'
        '"correctionsPolicy":"https://courier.example/wrong","ethicsPolicy":"/e"}]}'
    )
    found = read(article_page(head=f'<script type="application/ld+json">{data}</script>'))
    assert {(lead.kind, lead.url) for lead in found.leads} == {
        (LeadKind.MASTHEAD, f"{SITE}/who"),
        (LeadKind.CORRECTIONS, f"{SITE}/wrong"),
    }


def test_an_agencys_author_has_no_page_here_and_two_authors_have_none() -> None:
    link = '<a rel="author" href="/authors/jane">Jane Doering</a>'
    assert read(article_page("Jane Doering, Reuters", beside=link)).leads == ()
    assert read(article_page("Jane Doering and Bob Roe", beside=link)).leads == ()


def test_a_page_that_asks_robots_to_follow_nothing_gives_no_leads() -> None:
    page = article_page(head='<meta name="robots" content="nofollow">', footer='<a href="/contact">Contact</a>')
    assert read(page).leads == ()
