"""The finding: one page × one target, with mentions, links, verdict and evidence; and its JSON form."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mentions.extraction.article import Link, Zone
from mentions.matching.mention import Mention


class Verdict(StrEnum):
    """What a page's links do for one target's mentions. Where several hold, the first of this order wins."""

    OWN_PAGE = "own_page"  # the page is ours
    UNKNOWN = "unknown"  # we could not look: blocked, timeout, robots, paywall, script shell, unparsable
    NOT_MENTIONED = "not_mentioned"  # the article does not name us
    LINKED = "linked"  # a followed link in the article goes to one of our domains
    QUALIFIED = "qualified"  # every such link is nofollow, sponsored or ugc
    MISDIRECTED = "misdirected"  # links to us, but not where the mention points: profile, dead page, home for a report
    BARE_URL = "bare_url"  # our address stands as text, not as a link
    OUTSIDE = "outside"  # our only link stands outside the article
    UNLINKED = "unlinked"  # nothing on the page links to us


class LinkDistance(StrEnum):
    """How far a mention stands from the nearest link of ours in the article."""

    INSIDE = "inside"  # the name is (part of) the anchor
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class JudgedMention:
    """A mention with its distance to a link of ours."""

    mention: Mention
    distance: LinkDistance


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link that leads to us, or seems to.

    `ours`: it goes to one of the target's domains. False: our profile, an opaque redirector beside the name.
    `rel` holds the effective tokens: the link's own and the page-wide robots rules, the most restrictive.
    """

    link: Link
    ours: bool
    rel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one page does for one target. `mentions` in page order; `reasons` in words, the deciding one first."""

    url: str
    target: str
    verdict: Verdict
    mentions: tuple[JudgedMention, ...] = ()
    links: tuple[JudgedLink, ...] = ()
    reasons: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    priority: int | None = None  # 0 … 100; None where nobody would ask (own page, linked, unknown …)
    canonical: str | None = None

    @property
    def lead(self) -> Mention | None:
        """The mention a person should be shown first: the first one in the article's body, else the first."""
        mentions = [judged.mention for judged in self.mentions]
        in_body = (m for m in mentions if m.zone.is_article and m.zone is not Zone.HEADLINE)
        in_article = (m for m in mentions if m.zone.is_article)
        return next(in_body, None) or next(in_article, None) or (mentions[0] if mentions else None)


def as_json(finding: Finding) -> dict[str, Any]:
    """The offline form of a finding: stable keys, as docs/reference/findings.md lists them; dates ISO 8601 UTC."""
    lead = finding.lead
    return {
        "url": finding.url,
        "target": finding.target,
        "verdict": finding.verdict.value,
        "zone": lead.zone.value if lead else None,
        "matched": lead.matched if lead else None,
        "similarity": round(lead.similarity, 3) if lead else None,
        "sentence": lead.sentence if lead else None,
        "mentions": [
            {
                "matched": judged.mention.matched,
                "alias": judged.mention.alias,
                "zone": judged.mention.zone.value,
                "similarity": round(judged.mention.similarity, 3),
                "method": judged.mention.method.value,
                "sentence": judged.mention.sentence,
                "sense": judged.mention.sense.decision.value,
                "sense_score": round(judged.mention.sense.score, 3),
                "distance": judged.distance.value,
            }
            for judged in finding.mentions
        ],
        "links": [
            {
                "url": judged.link.url or judged.link.href,
                "effective_url": judged.link.effective_url,
                "rel": list(judged.rel),
                "zone": judged.link.zone.value,
                "anchor": judged.link.anchor,
                "ours": judged.ours,
            }
            for judged in finding.links
        ],
        "title": finding.title,
        "author": finding.author,
        "published": finding.published.isoformat() if finding.published else None,
        "language": finding.language,
        "priority": finding.priority,
        "reasons": list(finding.reasons),
    }
