"""Addresses: only what the article's page shows, only its publisher's, only well-formed ones."""

import pytest

from mentions.extraction import read_article
from mentions.extraction.article import Article, Zone
from mentions.outreach.addresses import Refused, checked_address, contactable, mailto_address
from mentions.outreach.contacts import published_contact
from mentions.pages import Page
from tests.outreach.building import PAGE, PUBLISHER, TARGET, article, mail_link, with_links


def page(*links: tuple[str, Zone], authors: tuple[str, ...] = ("Jane Doering",)) -> Article:
    return with_links(article("Quillon builds.", authors=authors), *(mail_link(href, zone) for href, zone in links))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a@b.example, evil@x.example", "exactly one"),
        ("a@b.com\nBcc: c", "exactly one"),
        ("a@b.com\r\nBcc: c@d.com", "exactly one"),
        ("=cmd|'@x.com", "exactly one"),
        ("user@localhost", "not a valid"),
        ("icon@2x.png", "file"),
        ("logo@site.svg", "file"),
        ("a..b@courier.example", "not a valid"),
        ("müller@courier.example", "not a valid"),
        ("", "exactly one"),
        ("jane", "exactly one"),
        ("Jane <jane@courier.example>", "exactly one"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason_a06(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        checked_address(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("noreply@courier.example", "nobody reads"),
        ("no-reply@courier.example", "nobody reads"),
        ("nicht-antworten@courier.example", "nobody reads"),
        ("privacy@courier.example", "another purpose"),
        ("jobs@courier.example", "another purpose"),
        ("anzeigen@courier.example", "another purpose"),
        ("tips@courier.example", "another purpose"),
        ("you@courier.example", "placeholder"),
        ("jane@example.com", "placeholder"),
        ("1234abcd@o1.ingest.sentry.io", "error reporter"),
    ],
)
def test_an_address_that_is_not_for_requests_is_refused_b05(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        contactable(text)


def test_an_international_domain_is_written_in_ascii() -> None:
    assert checked_address("jane@exämple.de") == "jane@xn--exmple-cua.de"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("mailto:jane@courier.example?subject=Tip%0ABcc:x@y.example&cc=z@z.example", "jane@courier.example"),
        ("MAILTO:%6a%6fe@courier.example", "joe@courier.example"),
        ("mailto: jane@courier.example ", "jane@courier.example"),
    ],
)
def test_a_mailto_link_gives_its_recipient_and_nothing_else_b01(href: str, address: str) -> None:
    assert mailto_address(href) == address


@pytest.mark.parametrize(
    "href",
    ["mailto:?subject=share", "mailto:a@b.example,c@d.example", "mailto:a@b.example%0D%0ABcc:c@d.example", "tel:1"],
)
def test_a_mailto_link_without_one_recipient_gives_none(href: str) -> None:
    with pytest.raises(Refused):
        mailto_address(href)


def test_the_authors_own_address_comes_first() -> None:
    found = published_contact(
        page(
            ("mailto:newsroom@courier.example", Zone.BOILERPLATE),
            ("mailto:desk.north@courier.example", Zone.BODY),
            ("mailto:j.doering@courier.example", Zone.BOILERPLATE),
        ),
        TARGET,
    )
    assert found is not None
    assert (found.address, found.name, found.source_url) == ("j.doering@courier.example", "Jane Doering", PAGE)


@pytest.mark.parametrize("local", ["jane.doering", "jdoering", "doering", "doering.jane", "j_doering", "janedoering"])
def test_an_address_with_the_surname_is_the_authors(local: str) -> None:
    found = published_contact(page((f"mailto:{local}@courier.example", Zone.BOILERPLATE)), TARGET)
    assert found is not None
    assert found.name == "Jane Doering"


def test_an_authors_address_elsewhere_counts_when_it_carries_the_name() -> None:
    found = published_contact(page(("mailto:jane.doering@mail.example", Zone.BOILERPLATE)), TARGET)
    assert found is not None
    assert found.address == "jane.doering@mail.example"


def test_a_role_address_is_used_without_a_name() -> None:
    found = published_contact(page(("mailto:redaktion@courier.example", Zone.BOILERPLATE)), TARGET)
    assert found is not None
    assert found.name is None


@pytest.mark.parametrize(
    ("href", "zone"),
    [
        ("mailto:jane.doering@courier.example", Zone.COMMENTS),
        ("mailto:info@courier.example", Zone.BOILERPLATE),
        ("mailto:press@quillon.example", Zone.BODY),
        ("mailto:organiser@fair.example", Zone.BODY),
        ("mailto:noreply@courier.example", Zone.BODY),
        ("mailto:privacy@courier.example", Zone.BOILERPLATE),
    ],
)
def test_no_other_address_is_used(href: str, zone: Zone) -> None:
    assert published_contact(page((href, zone)), TARGET, PUBLISHER) is None


def test_a_hidden_address_is_not_used_b01() -> None:
    hidden = with_links(
        article("Quillon builds.", authors=("Jane Doering",)),
        mail_link("mailto:jane.doering@courier.example", hidden=True),
    )
    assert published_contact(hidden, TARGET) is None


def test_with_two_authors_nobody_is_named() -> None:
    two = page(("mailto:jane.doering@courier.example", Zone.BODY), authors=("Jane Doering", "Bob Roe"))
    found = published_contact(two, TARGET)
    assert found is not None
    assert found.name is None


def test_german_letters_are_found_in_their_address() -> None:
    found = published_contact(
        page(("mailto:juergen.mueller@courier.example", Zone.BOILERPLATE), authors=("Jürgen Müller",)), TARGET
    )
    assert found is not None
    assert found.name == "Jürgen Müller"


NASTY = """<!doctype html><html lang="en"><head><title>Parcels by night</title>
<meta name="author" content="Jane Doering">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Parcels by night",
"author":{"@type":"Person","name":"Jane Doering","email":"mailto:hidden.jane@courier.example"}}</script></head><body>
<nav><a href="mailto:info@courier.example">Contact</a></nav>
<article><h1>Parcels by night</h1>
<p>By <a rel="author" href="/authors/jane">Jane Doering</a>
<a href="mailto:%6a.doering@courier.example?subject=Tip%0ABcc:x@y&cc=z@z.example">write</a></p>
<p>Quillon builds machines that sort the parcels of a whole town while it sleeps, and nobody missed one yet.</p>
<p>The chief, who likes <img src="icon@2x.png" alt="icon@2x.png">,
wrote to editor [at] courier [dot] example; see
<span class="__cf_email__" data-cfemail="2e4d415c5c4b4d5a">[email protected]</span> and
you@domain.com, user@localhost.</p>
<p>Ask <a href="mailto:organiser@fair.example">the fair</a> or <a href="mailto:press@quillon.example">Quillon</a>.
<a href="mailto:?subject=share&body=http://x">Share</a> <!-- secret@courier.example --></p>
<p style="display:none"><a href="mailto:jane.doering@trap.example">trap</a></p></article>
<div hidden><a href="mailto:doering@trap2.example">trap</a></div>
<section class="comments" id="comments"><h2>Comments</h2>
<p><a href="mailto:jane.doering@reader.example">me</a></p></section>
<script>var e = "js" + "@courier.example"; var x = "inline@courier.example"</script>
<footer><a href="mailto:noreply@courier.example">no</a> <a href="mailto:privacy@courier.example">privacy</a>
<a href="mailto:newsroom@courier.example">newsroom</a> 1234abcd@o1.ingest.sentry.io</footer></body></html>"""


def test_a_nasty_page_yields_exactly_the_right_contact_b01_b02_b05() -> None:
    """Addresses in scripts, comments, hidden nodes, data attributes, image names and obfuscations are not there."""
    read = read_article(Page(PAGE, NASTY.encode(), headers={"content-type": "text/html; charset=utf-8"}))
    found = published_contact(read, TARGET, PUBLISHER)
    assert found is not None
    assert (found.address, found.name) == ("j.doering@courier.example", "Jane Doering")
    without_byline = NASTY.replace("%6a.doering@courier.example", "tips@courier.example")
    read = read_article(Page(PAGE, without_byline.encode(), headers={"content-type": "text/html; charset=utf-8"}))
    found = published_contact(read, TARGET, PUBLISHER)
    assert found is not None
    assert (found.address, found.name) == ("newsroom@courier.example", None)
