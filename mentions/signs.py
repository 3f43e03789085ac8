"""What an article tells besides its mentions: how it links out, and by what its story is recognised elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mentions.copies import first_published, sketch
from mentions.evidence import QUALIFYING
from mentions.extraction.article import Article
from mentions.findings import Finding, Verdict
from mentions.links import LinkKind
from mentions.releases import agency_credit
from mentions.urls import host_of, registrable_domain

# Verdicts of articles that do not name us: nobody compares their texts.
_UNNAMED: Final = frozenset({Verdict.NOT_MENTIONED, Verdict.UNKNOWN, Verdict.OWN_PAGE})
_PAGE_WIDE: Final = frozenset({"nofollow", "none"})  # robots rules that qualify every link of a page


@dataclass(frozen=True, slots=True)
class Signs:
    """Counted and cut out of one article. `links_out`: links to other sites; `links_followed`: those without a rel."""

    links_out: int
    links_followed: int
    credit: str | None = None  # whom the text names as its source: "Reuters", "The Daily Courier"
    sketch: bytes | None = None  # see mentions.copies; None: too short, or the article does not name us


def signs_of(article: Article, findings: Iterable[Finding]) -> Signs:
    """The signs of an article that was read whole."""
    here = registrable_domain(host_of(article.url))
    out = [link for link in article.links if link.zone.is_article and link.kind is LinkKind.WEB and not link.hidden]
    out = [link for link in out if _leaves(link.effective_url, here)]
    page_wide = bool(article.metadata.robots & _PAGE_WIDE)
    followed = 0 if page_wide else sum(not set(link.rel) & set(QUALIFYING) for link in out)
    if all(finding.verdict in _UNNAMED for finding in findings):
        return Signs(len(out), followed)
    credit = first_published(article) or agency_credit(article)
    return Signs(len(out), followed, credit, sketch(article))


def _leaves(url: str | None, here: str) -> bool:
    there = registrable_domain(host_of(url)) if url else ""
    return bool(there) and there != here
