"""News agencies: whoever writes for one cannot change the article at the publishers that print it (B-06)."""

import re
from typing import Final

from mentions.extraction.article import Article
from mentions.outreach.cleaning import words
from mentions.publishers import Publisher
from mentions.releases import agency_credit
from mentions.urls import host_of, registrable_domain

_AGENCIES: Final = re.compile(
    r"(?<!\w)(?:reuters|thomson reuters|associated press|ap|afp|agence france-presse|dpa(?:-\w+)?"
    r"|deutsche presse-agentur|bloomberg(?: news)?|ansa|efe|europa press|apa|austria presse agentur|sda|keystone-sda"
    r"|ats|upi|pa media"
    r"|press association|pti|ians|kyodo|jiji|xinhua|tass|belga|anp|ntb|tt|ritzau|lusa|adnkronos|agi|sid|epd|kna"
    r"|cnn wire|bangshowbiz|the conversation|stacker)(?!\w)",
    re.IGNORECASE,
)
_CASED: Final = re.compile(r"(?<!\w)(?:AP|TT|AGI|SID|APA|ATS|PTI)(?!\w)")  # short ones count in capitals only
_SHORT: Final = words("ap tt agi sid apa ats pti")
_DOMAINS: Final = words(
    """
    reuters.com thomsonreuters.com ap.org apnews.com afp.com dpa.com dpa-info.com bloomberg.net bloomberg.com ansa.it
    efe.com europapress.es apa.at keystone-sda.ch upi.com pamediagroup.com pti.in kyodonews.jp belga.be anp.nl ntb.no
    tt.se ritzau.dk lusa.pt adnkronos.com agi.it sid.de epd.de kna.de theconversation.com
    """
)


def wire_of(article: Article, publisher: Publisher | None) -> str | None:
    """The agency that an article credits in its byline or dateline, on somebody else's site; else None."""
    if is_wires(host_of(article.url)):
        return None
    named = [agency_in(author) for author in article.metadata.authors]
    credit = agency_credit(article)
    own = {name.casefold() for name in (article.metadata.site_name, publisher.name if publisher else None) if name}
    return next((agency for agency in (*named, credit) if agency and agency.casefold() not in own), None)


def agency_in(text: str) -> str | None:
    """The agency that a byline names: "Reuters" of "Jane Doe, Reuters"."""
    for found in _AGENCIES.finditer(text[:200]):
        if found[0].casefold() not in _SHORT or _CASED.fullmatch(found[0]):
            return found[0]
    return None


def is_wires(domain: str) -> bool:
    """Does a domain belong to a news agency?"""
    return registrable_domain(domain) in _DOMAINS
