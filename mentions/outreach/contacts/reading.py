"""Page → contacts: the one way in for the crawl, the command line and the tests."""

import re
from collections.abc import Collection
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mentions.extraction import read_article
from mentions.extraction.article import Article
from mentions.extraction.charset import to_utf8
from mentions.outreach.contacts.model import Lead, PageContacts
from mentions.outreach.contacts.published import author_of, contacts_on
from mentions.outreach.contacts.ranking import Subject
from mentions.pages import Page
from mentions.publishers import Publisher

_NOT_TO_EDITORS: Final = re.compile(r"search|comment|newsletter|login|signin|subscribe|respond", re.IGNORECASE)
_MOST_FORMS: Final = 20


def read_contacts(
    page: Page, *, ours: Collection[str], publisher: Publisher | None = None, lead: Lead | None = None
) -> tuple[PageContacts, Subject]:
    """What a page publishes (see contacts_on), and the article it is about. Raises UnparsablePage."""
    form = lead is not None and has_contact_form(page)
    return contacts_of(read_article(page), ours=ours, publisher=publisher, lead=lead, has_form=form)


def contacts_of(
    article: Article,
    *,
    ours: Collection[str],
    publisher: Publisher | None = None,
    lead: Lead | None = None,
    has_form: bool = False,
) -> tuple[PageContacts, Subject]:
    """The same, of a page that was read already."""
    found = contacts_on(article, ours=ours, publisher=publisher, lead=lead, has_form=has_form)
    section = article.metadata.section
    return found, Subject(article.url, author_of(article, publisher), (section,) if section else ())


def has_contact_form(page: Page) -> bool:
    """Is there a form in which a reader can write some lines: not a search, a comment, a login or a newsletter?"""
    parser = LexborHTMLParser(to_utf8(page.body, page.headers.get("content-type")))
    return any(_is_for_writing(form) for form in parser.css("form")[:_MOST_FORMS])


def _is_for_writing(form: LexborNode) -> bool:
    if form.css_first("textarea") is None:
        return False
    node: LexborNode | None = form
    for _ in range(4):
        if node is None or not node.is_element_node:
            break
        marks = " ".join(str(node.attributes.get(name) or "") for name in ("id", "class", "action", "role"))
        if _NOT_TO_EDITORS.search(marks):
            return False
        node = node.parent
    return True
