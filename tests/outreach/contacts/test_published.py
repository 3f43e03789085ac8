"""What pages publish: exactly the visible, real addresses of the publisher, each with its provenance (B-01 … B-06)."""

import json

import pytest

from mentions.outreach.contacts import Confidence, LeadKind, Role
from tests.outreach.contacts.building import ARTICLE, addresses, article_page, contact_at, people_page, read

NASTY_HEAD = """<meta property="article:section" content="Technology">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"X",
"author":[{"@type":"Person","name":"Jane Doering","url":"/authors/jane","email":"mailto:secret.desk@courier.example"}]},
{"@type":"NewsMediaOrganization","name":"Courier","email":"hidden-org@courier.example","masthead":"/masthead"}]}</script>
<script type="application/ld+json">{"@type": "NewsArticle", broken</script>
<style>a[href="mailto:style@courier.example"]{color:red}</style>"""
NASTY_BESIDE = (
    """<a href="mailto:%4A.Doering@Courier.Example?subject=Tip%0ABcc:x@y.example&cc=z@courier.example">write</a>"""
)
NASTY_BODY = """<p>The office reads parcels&#64;courier&#46;example, and <img src="icon@2x.png" alt="icon@2x.png"> shows
it; pictures lie at logo@3x.webp, the error 1234abcd@o1.ingest.sentry.io was logged, a form says you@domain.com and
example@example.com, the machine user@localhost, the package pkg@1.2.3 and the account @courier.</p>
<p>Ask editor [at] courier [dot] example, sales(at)courier.example or
<span class="__cf_email__" data-cfemail="2e4d415c5c4b4d5a">[email protected]</span>
<a href="/cdn-cgi/l/email-protection#543e3b31143a3123277a">[email&#160;protected]</a>.</p>
<p>Also <a href="mailto:organiser@fair.example">the fair</a>, <a href="mailto:press@quillon.example">Quillon</a>,
<a href="mailto:a@courier.example,b@courier.example">two</a>, <a href="mailto:?subject=share">share</a>.
<!-- comment@courier.example --></p>
<p style="display:none"><a href="mailto:trap@courier.example">trap</a> trap2@courier.example</p>
<div hidden><a href="mailto:doering@courier.example">trap</a></div>
<template><a href="mailto:template@courier.example">trap</a></template>
<script>var e = "js" + "@courier.example"; var x = "inline@courier.example"</script>"""
NASTY_AFTER = """<section class="comments" id="comments"><h2>Comments</h2><div class="comment"><p>Write to me,
reader@courier.example or <a href="mailto:jane.doering@reader.example">here</a>, says the reader of the comment.</p>
</div></section>"""
NASTY_FOOTER = """<a href="mailto:noreply@courier.example">no</a> <a href="mailto:privacy@courier.example">privacy</a>
<a href="mailto:jobs@courier.example">jobs</a> <a href="mailto:ads@courier.example">ads</a>
<a href="mailto:NewsDesk@COURIER.example">newsdesk</a> <a href="mailto:technology@courier.example">technology</a>
<a href="mailto:corrections@courier.example">corrections</a> <a href="/contact">Contact</a>"""
NASTY = article_page(head=NASTY_HEAD, beside=NASTY_BESIDE, body=NASTY_BODY, footer=NASTY_FOOTER).replace(
    b"<footer>", NASTY_AFTER.encode() + b"<footer>"
)


def test_a_nasty_publisher_page_yields_exactly_the_right_contacts() -> None:
    """All B cases at once: author, section, what the text shows, newsroom, corrections, and the contact page."""
    found = read(NASTY)
    assert [(c.role, c.address, c.name) for c in found.contacts if c.address] == [
        (Role.AUTHOR, "j.doering@courier.example", "Jane Doering"),
        (Role.SECTION_EDITOR, "technology@courier.example", None),
        (Role.STAFF, "parcels@courier.example", None),
        (Role.NEWSROOM, "newsdesk@courier.example", None),
        (Role.CORRECTIONS, "corrections@courier.example", None),
    ]
    rest = [c for c in found.contacts if c.address is None]
    assert [(c.role, c.form_url, c.obfuscated) for c in rest] == [
        (Role.FORM, "https://courier.example/contact", False),
        (Role.NEWSROOM, None, True),
    ]
    assert {c.source_url for c in found.contacts} == {ARTICLE}
    assert all(c.why for c in found.contacts)


def test_only_visible_and_real_addresses_count_b01() -> None:
    assert addresses(read(article_page(body=NASTY_BODY))) == ["parcels@courier.example"]


def test_an_address_in_another_spelling_is_the_same_address_b01() -> None:
    mixed = '<a href="mailto:Jane.DOERING@Courier.EXAMPLE">a</a> <a href="mailto:jane.doering@courier.example">b</a>'
    assert addresses(read(article_page(beside=mixed))) == ["jane.doering@courier.example"]


@pytest.mark.parametrize(
    "shown",
    [
        "editor [at] courier [dot] example",
        "editor(at)courier.example",
        "editor {at} courier {dot} example",
        "editor AT courier DOT example",
        "redaktion [ät] courier [punkt] example",
        '<span class="__cf_email__" data-cfemail="2e4d415c5c4b4d5a">[email protected]</span>',
        '<a href="/cdn-cgi/l/email-protection#543e3b31143a">[email&#160;protected]</a>',
    ],
)
def test_an_obfuscated_address_is_noted_and_neither_decoded_nor_stored_b02(shown: str) -> None:
    found = read(article_page(body=f"<p>Corrections and praise reach us under {shown} at any hour of the day.</p>"))
    (hidden,) = found.contacts
    assert hidden.obfuscated
    assert (hidden.address, hidden.form_url) == (None, None)
    assert hidden.source_url == ARTICLE
    assert "courier" not in hidden.why


@pytest.mark.parametrize("byline", ["News Staff", "Jane Doering and Bob Roe", "毛泽东", "", "Courier"])
def test_no_name_is_given_where_the_author_is_not_certainly_one_person_b03(byline: str) -> None:
    found = read(article_page(byline, beside='<a href="mailto:doering@courier.example">write</a>'))
    assert [contact.name for contact in found.contacts] == [None] * len(found.contacts)


@pytest.mark.parametrize("byline", ["Jane Doering", "Jane Doering, Senior Reporter"])
def test_the_name_is_the_persons_without_title_or_byline_b03(byline: str) -> None:
    (found,) = read(article_page(byline, beside='<a href="mailto:doering@courier.example">x</a>')).contacts
    assert found.name == "Jane Doering"


def deep(levels: int) -> str:
    return '{"author":' * levels + '{"@type":"Person","name":"Jane Doering"}' + "}" * levels


@pytest.mark.parametrize(
    "script",
    [
        "[" + ",".join('{"@type":"Person","name":"A B","email":"a.b@courier.example"}' for _ in range(8_000)) + "]",
        deep(10_000),
        json.dumps({"@graph": [{"@id": "#a", "@type": "NewsArticle", "author": {"@id": "#a"}}, {"@id": "#a"}]}),
        '{"@type":"NewsArticle","author":',
        json.dumps({"@type": "NewsArticle", "author": {"@type": "Person", "name": 7, "email": ["x"], "url": {}}}),
        json.dumps({"@type": "NewsArticle", "author": {"name": "Jane Doering", "url": "http://[broken"}}),
    ],
    ids=["many nodes", "deep", "cyclic", "invalid", "wrong types", "broken address"],
)
def test_hostile_structured_data_costs_nothing_but_itself_b04(script: str) -> None:
    """The page is read all the same. (Bounds: extraction.jsonld; the whole page's time: tests of the guard.)"""
    head = f'<script type="application/ld+json">{script}</script>'
    found = read(article_page(head=head, beside='<a href="mailto:doering@courier.example">x</a>'))
    assert addresses(found) == ["doering@courier.example"]


def test_an_address_in_structured_data_counts_only_with_the_authors_name_b01() -> None:
    def page(email: str) -> bytes:
        data = {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jane Doering", "email": email}}
        return article_page(head=f'<script type="application/ld+json">{json.dumps(data)}</script>')

    (found,) = read(page("mailto:jane.doering@courier.example")).contacts
    assert (found.address, found.confidence) == ("jane.doering@courier.example", Confidence.MEDIUM)
    assert "structured data" in found.why
    for other in ("bob@courier.example", "jane.doering@quillon.example", "jane.doering@elsewhere.example", "nobody"):
        assert read(page(other)).contacts == ()


def test_only_addresses_for_other_purposes_give_no_contact_but_the_contact_page_is_kept_b05() -> None:
    footer = """<a href="mailto:noreply@courier.example">a</a> <a href="mailto:privacy@courier.example">b</a>
    <a href="mailto:jobs@courier.example">c</a> <a href="/contact-us">Contact us</a>"""
    (form,) = read(article_page(footer=footer)).contacts
    assert (form.role, form.address, form.form_url) == (Role.FORM, None, "https://courier.example/contact-us")


def test_a_form_to_write_to_the_publisher_is_kept_and_a_newsletter_form_is_not_b05() -> None:
    writing = '<form action="/send"><textarea name="text"></textarea></form><p>noreply@courier.example</p>'
    (form,) = people_page(writing, LeadKind.CONTACT_PAGE).contacts
    assert (form.role, form.form_url) == (Role.FORM, "https://courier.example/people")
    for other in (
        '<form action="/newsletter"><input type="email"></form>',
        '<form id="commentform"><textarea></textarea></form>',
        '<form role="search"><textarea></textarea></form>',
    ):
        assert people_page(other, LeadKind.CONTACT_PAGE).contacts == ()


WIRE_BODY = "<p>BERLIN (Reuters) - Quillon said on Monday that its machines sort the parcels of a whole town.</p>"


@pytest.mark.parametrize(
    ("byline", "body"), [("Jane Doering, Reuters", ""), ("Jane Doering", WIRE_BODY)], ids=["byline", "dateline"]
)
def test_a_wire_author_stands_below_the_publishers_editors_b06(byline: str, body: str) -> None:
    page = article_page(
        byline,
        beside='<a href="mailto:jane.doering@thomsonreuters.com">write</a>',
        body=body,
        footer='<a href="mailto:newsdesk@courier.example">newsdesk</a>',
    )
    found = read(page).contacts
    assert [(c.role, c.address) for c in found] == [
        (Role.NEWSROOM, "newsdesk@courier.example"),
        (Role.WIRE_AUTHOR, "jane.doering@thomsonreuters.com"),
    ]
    assert found[1].name is None, "a draft never greets somebody who cannot change the page"
    assert found[1].confidence is Confidence.LOW


def test_addresses_of_others_and_of_ours_are_refused() -> None:
    body = "<p>Write to press@quillon.example, to hello@fair.example or to bob@quillon.example about it.</p>"
    assert read(article_page(body=body)).contacts == ()


def test_a_masthead_gives_editors_with_their_sections_and_names() -> None:
    found = people_page(
        """<ul><li>Editor-in-chief: Ada Brook, ada.brook@courier.example</li>
        <li>Technology editor: Cara Dunn, <a href="mailto:cara.dunn@courier.example">cara.dunn@courier.example</a></li>
        <li>Sports desk: sport@courier.example</li>
        <li>Advertising: Rolf Steg, rolf.steg@courier.example</li>
        <li>Jane Doering, reporter: jane.doering@courier.example</li>
        <li>Corrections: corrections@courier.example</li><li>Everything else: info@courier.example</li></ul>"""
    )
    assert "rolf.steg@courier.example" not in addresses(found)
    cara = contact_at(found, "cara.dunn@courier.example")
    assert (cara.role, cara.section, cara.name) == (Role.SECTION_EDITOR, "Technology", "Cara Dunn")
    sport = contact_at(found, "sport@courier.example")
    assert (sport.role, sport.section, sport.name) == (Role.SECTION_EDITOR, "Sports", None)
    assert contact_at(found, "jane.doering@courier.example").name == "Jane Doering"
    assert contact_at(found, "corrections@courier.example").role is Role.CORRECTIONS
    assert contact_at(found, "info@courier.example").confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Ressort Wirtschaft: Hanna Quast, hanna.quast@courier.example", "Wirtschaft"),
        ("Redaktion Technik: technik@courier.example", "Technik"),
        ("Rubrique Économie : eco@courier.example", "Économie"),
        ("Sección Cultura: cultura@courier.example", "Cultura"),
        ("Redazione Sport: sport@courier.example", "Sport"),
    ],
)
def test_section_editors_are_read_in_other_languages(line: str, section: str) -> None:
    (found,) = people_page(f"<p>{line}</p>", LeadKind.IMPRINT).contacts
    assert (found.role, found.section) == (Role.SECTION_EDITOR, section)


def test_on_an_authors_page_only_the_authors_own_address_is_theirs() -> None:
    found = people_page(
        "<p>jane.doering@courier.example</p><p>Her assistant: bob.roe@courier.example</p>",
        LeadKind.AUTHOR_PAGE,
        name="Jane Doering",
    )
    assert [(c.address, c.name, c.confidence) for c in found.contacts] == [
        ("jane.doering@courier.example", "Jane Doering", Confidence.HIGH)
    ]
