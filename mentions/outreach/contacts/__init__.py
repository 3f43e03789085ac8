"""Whom to write to: only an address that the article's own page shows its readers, and only one of its publisher.

Nothing is guessed, nothing is looked up, nothing obfuscated is decoded.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from mentions.assessments import Contact
from mentions.extraction.article import Article, Link, Zone
from mentions.links import LinkKind
from mentions.outreach.addresses import Refused, mailto_address
from mentions.outreach.names import person_name
from mentions.publishers import Publisher
from mentions.targets import Target
from mentions.urls import host_of, registrable_domain

# Role addresses that exist for questions about articles.
_NEWSROOM: Final = re.compile(
    r"(?:news(?:room|desk)?|editor(?:s|ial)?|redaktion|online-?redaktion|redaction|redaccion|corrections?|readers?"
    r"|leserbriefe|korrekturen?|letters|desk)(?:[-_.]\w+)?",
    re.IGNORECASE,
)

_SPELT_OUT: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ø"): "o", ord("ł"): "l"}


def published_contact(article: Article, target: Target, publisher: Publisher | None = None) -> Contact | None:
    """The best address on the article's page: its author's, else one in the article, else the newsroom's; or None.

    An address counts when it is a visible `mailto:` link outside the readers' comments, belongs to the publisher's
    domain (or carries the author's name) and not to us, and passes `checked_address`.
    """
    found = sorted(_ranked(article, target, publisher), key=lambda item: item[0])
    return found[0][1] if found else None


def _ranked(article: Article, target: Target, publisher: Publisher | None) -> Iterator[tuple[int, Contact]]:
    """Every address that may be used, with its rank, 0 the best."""
    sites = {registrable_domain(host_of(article.url))} | (
        {registrable_domain(publisher.domain)} if publisher else set()
    )
    ours = {registrable_domain(domain.partition("/")[0]) for domain in target.domains}
    author = _author(article, publisher)
    for link in article.links:
        address = _address(link)
        if address is None or link.zone is Zone.COMMENTS or link.hidden:
            continue
        local, _, host = address.rpartition("@")
        domain = registrable_domain(host)
        if domain in ours:
            continue
        if author and _is_theirs(local, author):
            yield 0, Contact(address, author, article.url, "beside the author's name")
        elif domain not in sites:
            continue
        elif link.zone.is_article and not _NEWSROOM.fullmatch(local):
            yield 1, Contact(address, None, article.url, "in the article")
        elif _NEWSROOM.fullmatch(local):
            yield 2, Contact(address, None, article.url, "as the newsroom's address on the article's page")


def _address(link: Link) -> str | None:
    if link.kind is not LinkKind.MAIL:
        return None
    try:
        return mailto_address(link.href)
    except Refused:
        return None


def _author(article: Article, publisher: Publisher | None) -> str | None:
    authors = article.metadata.authors
    sites = tuple(name for name in (article.metadata.site_name, publisher.name if publisher else None) if name)
    return person_name(authors[0], site_names=sites) if len(authors) == 1 else None


def _is_theirs(local: str, name: str) -> bool:
    """Does the part before the @ carry the surname: jane.doe, jdoe or doe for Jane Doe?"""
    plain = _ascii(name.split()[-1])
    parts = [part for part in re.split(r"[^a-z]+", _ascii(local)) if part]
    initial = _ascii(name)[0]
    return len(plain) > 2 and (
        plain in parts
        or "".join(parts) in {initial + plain, plain + initial}
        or ("".join(parts) == "".join(_ascii(word) for word in name.split()))
    )


def _ascii(text: str) -> str:
    """Lower-case letters without accents; ä, ö, ü and ß as German addresses write them."""
    text = text.casefold().translate(_SPELT_OUT)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isascii())
