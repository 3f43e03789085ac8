"""Pages of a publisher, and what they give: short to write in tests."""

from mentions.outreach.contacts import FoundContact, Lead, LeadKind, PageContacts
from mentions.outreach.contacts.reading import read_contacts
from mentions.pages import Page
from mentions.publishers import Publisher

COURIER = Publisher(name="The Daily Courier", domain="courier.example", feeds=("https://courier.example/rss",))
ARTICLE = "https://courier.example/technology/parcels-by-night"
OURS = ("quillon.example",)

_PARAGRAPH = (
    "Quillon builds machines that sort the parcels of a whole town while it sleeps, and in its first winter nobody "
    "missed a single one, which the postmaster says has not happened since the railway came."
)


def article_page(
    byline: str = "Jane Doering",
    *,
    head: str = "",
    beside: str = "",
    body: str = "",
    footer: str = "",
    lang: str = "en",
) -> bytes:
    """An article by `byline`; HTML may be put into its head, beside the byline, into the text and into the footer."""
    author = f'<meta name="author" content="{byline}">' if byline else ""
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Parcels by night</title>
{author}{head}</head><body><nav><a href="/">Home</a></nav>
<article><h1>Parcels by night</h1><p class="byline">By {byline} {beside}</p>
<p>{_PARAGRAPH}</p><p>{_PARAGRAPH}</p>{body}</article>
<footer>{footer}</footer></body></html>""".encode()


def read(body: bytes, *, url: str = ARTICLE, lead: Lead | None = None) -> PageContacts:
    """What a page gives."""
    page = Page(url, body, headers={"content-type": "text/html; charset=utf-8"})
    return read_contacts(page, ours=OURS, publisher=COURIER, lead=lead)[0]


def people_page(body: str, kind: LeadKind = LeadKind.MASTHEAD, *, name: str | None = None) -> PageContacts:
    """What a masthead, contact page or author page with this content gives."""
    url = "https://courier.example/people"
    html = f"<!doctype html><html><head><title>Who we are</title></head><body><h1>Who we are</h1>{body}</body></html>"
    return read(html.encode(), url=url, lead=Lead(kind, url, ARTICLE, name))


def addresses(found: PageContacts) -> list[str]:
    """The addresses, the best first."""
    return [contact.address for contact in found.contacts if contact.address]


def contact_at(found: PageContacts, address: str) -> FoundContact:
    """The contact with this address."""
    return next(contact for contact in found.contacts if contact.address == address)
